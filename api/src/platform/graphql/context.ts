import type { Language } from '../../kernel/languages.js';
import type { Logger } from '../../kernel/logger.js';
import type { Database } from '../database/database.js';
import type { RequestBudget } from './request-budget.js';
import type { Permission, Role } from './roles.js';

/** Which of our clients asks; each has its own pair of session cookies, so that both can be signed in on one host. */
export type ClientKind = 'storefront' | 'admin';

/** Who is calling. Null in the context when nobody is signed in. */
export interface Viewer {
  readonly userId: string;
  readonly sessionId: string;
  readonly role: Role;
  readonly permissions: ReadonlySet<Permission>;
}

export interface CookieJar {
  get(name: string): string | undefined;
  /** HTTP-only, SameSite=Lax; in production Secure, and over https for this host alone: then the path is always `/`. */
  set(name: string, value: string, options: { expires: Date; path?: string }): void;
  clear(name: string): void;
  /** A response header for clients that keep no cookies. */
  header(name: string, value: string): void;
}

/** A place in the cache that a request looked at and may fill; it goes along in the request's context. */
export interface CacheSlot {
  readonly key: string;
  readonly generation: number;
  /** How long the answer may stay there, in milliseconds: 0 until it was found to be public. */
  lifetime: number;
}

/** What a request carries through the resolvers. Services never see it: resolvers unpack it. */
export interface RequestContext {
  readonly requestId: string;
  readonly ip: string;
  readonly userAgent: string | null;
  readonly client: ClientKind;
  readonly language: Language;
  readonly defaultLanguage: Language;
  /** Stands before the path of each URL of this server: the public origin, or nothing for a client who asked for paths. */
  readonly urlPrefix: string;
  readonly viewer: Viewer | null;
  /** True when a bearer token came along that is not good any more: only signing in, out or on is answered then. */
  readonly hasRefusedToken?: boolean;
  /** The sessions of the access tokens that came along, expired ones too: for signing out and nothing else. */
  readonly namedSessions?: () => Promise<string[]>;
  /** True while only the access cookie has run out: the refresh cookie is there, so this is a customer and no guest. */
  readonly isToRenew?: boolean;
  /** The guest cart's token from its cookie or the header x-cart-token; one that this very request made, from then on. */
  cartToken: string | null;
  readonly cookies: CookieJar;
  readonly database: Database;
  readonly logger: Logger;
  /** Where the answer may be kept for others; set when the request might be a public one. */
  readonly cacheSlot?: CacheSlot | null;
  /** What answering may use of the process; a request, or an event of a subscription, has its own. */
  readonly budget?: RequestBudget;
}

/**
 * One value per request, made on first use: `const catalogLoaders = perRequest((context) => ...)`.
 * This keeps each domain's loaders in its own folder while nobody has to list them.
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
