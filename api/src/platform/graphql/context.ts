import type { ContainerType } from 'type-graphql';
import type { Language } from '../../kernel/languages.js';
import type { Logger } from '../../kernel/logger.js';
import type { Database } from '../database/database.js';
import type { RequestBudget } from './limits/request-budget.js';
import type { Permission, Role } from './roles.js';

/**
 * Which of our clients sends the request; each has its own session cookies, so that both can be signed in on one host.
 */
export type ClientKind = 'storefront' | 'admin';

/** The signed-in caller. Null in the context of an anonymous request. */
export interface Viewer {
  readonly userId: string;
  readonly sessionId: string;
  readonly role: Role;
  readonly permissions: ReadonlySet<Permission>;
}

export interface CookieJar {
  get(name: string): string | undefined;
  /** HTTP-only, SameSite=Lax; in production Secure, and bound to this host: then the path is always `/`. */
  set(name: string, value: string, options: { expires: Date; path?: string }): void;
  clear(name: string): void;
  /** Sets a response header, for clients that store no cookies. */
  header(name: string, value: string): void;
}

/** The cache entry that a request looked up and may fill; part of the request's context. */
export interface CacheSlot {
  readonly key: string;
  readonly generation: number;
  /** How long the response may be cached, in milliseconds: 0 until it is known to be public. */
  lifetime: number;
}

/** Per-request values for resolvers. Services never receive it: resolvers unpack it. */
export interface RequestContext {
  readonly requestId: string;
  readonly ip: string;
  readonly userAgent: string | null;
  readonly client: ClientKind;
  readonly language: Language;
  readonly defaultLanguage: Language;
  /** The time zone of the shop, in which days begin and end. */
  readonly timeZone: () => Promise<string>;
  /** The country of the shop: of telephone numbers that name none. */
  readonly homeCountry: () => Promise<string>;
  /** The prefix of each URL of this server: the public origin, or empty for a client that asked for paths. */
  readonly urlPrefix: string;
  readonly viewer: Viewer | null;
  /**
   * True when a bearer token was sent that is no longer valid: then only signing in, out or refreshing is executed.
   */
  readonly hasRefusedToken?: boolean;
  /** The sessions of the access tokens sent, expired ones included; for signing out only. */
  readonly namedSessions?: () => Promise<string[]>;
  /**
   * True when the access cookie has expired but the refresh cookie is present: the caller is a customer, not a guest.
   */
  readonly isToRenew?: boolean;
  /** The guest cart's token from its cookie or the header x-cart-token, or that of a cart created in this request. */
  cartToken: string | null;
  readonly cookies: CookieJar;
  readonly database: Database;
  readonly logger: Logger;
  /** The resolvers of this shop by their class; type-graphql calls them. */
  readonly resolvers: ContainerType;
  /** The cache entry that this response may fill; set when the request might be a public one. */
  readonly cacheSlot?: CacheSlot | null;
  /** The resource limits of the request, or of one event of a subscription. */
  readonly budget?: RequestBudget;
}

/**
 * One value per request, created on first use: `const catalogLoaders = perRequest((context) => ...)`. This keeps each
 * domain's loaders in its own folder without a central list.
 */
export function perRequest<T>(make: (context: RequestContext) => T): (context: RequestContext) => T {
  const made = new WeakMap<RequestContext, T>();
  return (context) => {
    const known = made.get(context);
    if (known !== undefined) return known;
    const value = make(context);
    made.set(context, value);
    return value;
  };
}

/** Whether the caller works in the shop. */
export function isStaff(viewer: Viewer | null): boolean {
  return (viewer?.permissions.size ?? 0) > 0;
}

/** The account of the caller of a guarded field, for the record of who did it. */
export function actorOf({ viewer }: Pick<RequestContext, 'viewer'>): string {
  if (!viewer) throw new Error('A guarded field was resolved without a viewer');
  return viewer.userId;
}
