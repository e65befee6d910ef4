import type { CookieJar, RequestContext } from '../../platform/graphql/context.js';
import type { Warning } from '../../platform/graphql/payload.js';

/** Told when somebody has signed in on the storefront, before the answer goes out. */
export interface SignedInEvent {
  readonly userId: string;
  /** The guest's cart of this request, to be merged into the customer's. */
  readonly cartToken: string | null;
  /** The address of the caller. */
  readonly ip: string;
  /** To take the cart's cookie away once it is merged. */
  readonly cookies: CookieJar;
}

/** What another module does about it, and what the customer should know of that. */
export type SignedInHandler = (event: SignedInEvent) => Promise<Warning[]>;

/** Returns what the customer should know of what followed. */
export type SignedInHook = (userId: string, context: RequestContext) => Promise<Warning[]>;

/**
 * The hook as the resolver calls it. Staff who sign in to the admin are left alone: the cart cookie of that browser
 * is the storefront's. A cart that cannot be merged keeps nobody from signing in; it stays where it is.
 */
export function signedInHook(onSignedIn: SignedInHandler): SignedInHook {
  return async (userId, { client, cartToken, ip, cookies, logger }) => {
    if (client !== 'storefront') return [];
    try {
      return await onSignedIn({ userId, cartToken, ip, cookies });
    } catch (error) {
      logger.error({ err: error, userId }, 'Signing in went well, but what should follow it failed');
      return [];
    }
  };
}
