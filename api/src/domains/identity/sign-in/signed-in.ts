import type { CookieJar, RequestContext } from '../../../platform/graphql/context.js';
import type { Warning } from '../../../platform/graphql/warning.type.js';

/** A sign-in on the storefront; passed to handlers before the response is sent. */
export interface SignedInEvent {
  readonly userId: string;
  /** The guest's cart of this request, to be merged into the customer's. */
  readonly cartToken: string | null;
  /** The address of the caller. */
  readonly ip: string;
  /** For deleting the cart's cookie after the merge. */
  readonly cookies: CookieJar;
}

/** A handler of another module; returns warnings for the customer. */
export type SignedInHandler = (event: SignedInEvent) => Promise<Warning[]>;

/** Returns warnings for the customer. */
export type SignedInHook = (userId: string, context: RequestContext) => Promise<Warning[]>;

/**
 * The hook as the resolver calls it. Sign-ins to the admin are ignored, because the browser's cart cookie belongs to
 * the storefront. A failed merge does not prevent the sign-in; the guest cart is kept.
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
