import type { ClientKind, CookieJar } from '../../../platform/graphql/context.js';
import type { SessionTokens } from './session.service.js';

const NAMES = {
  storefront: { access: 'vitrine_access', refresh: 'vitrine_refresh' },
  admin: { access: 'vitrine_admin_access', refresh: 'vitrine_admin_refresh' },
} as const satisfies Record<ClientKind, object>;

// The refresh token is sent to the GraphQL endpoint only, not with pages and images. Over https the name's prefix
// replaces this path, because browsers allow only one of the two.
const REFRESH_PATH = '/graphql';

/** The name of this client's access-token cookie. */
export function accessCookieName(client: ClientKind): string {
  return NAMES[client].access;
}

export function refreshCookie(jar: CookieJar, client: ClientKind): string | null {
  return jar.get(NAMES[client].refresh) ?? null;
}

/** Whether a browser without a valid access token sends a refresh cookie, with which it could sign in again. */
export function hasRefreshCookie(
  cookies: Readonly<Record<string, string | undefined>>,
  client: ClientKind,
): boolean {
  return Boolean(cookies[NAMES[client].refresh]);
}

export function setSessionCookies(jar: CookieJar, client: ClientKind, tokens: SessionTokens): void {
  const { access, refresh } = NAMES[client];
  jar.set(access, tokens.accessToken, { expires: tokens.accessExpiresAt, path: '/' });
  jar.set(refresh, tokens.refreshToken, { expires: tokens.refreshExpiresAt, path: REFRESH_PATH });
}

export function clearSessionCookies(jar: CookieJar, client: ClientKind): void {
  const { access, refresh } = NAMES[client];
  // A browser deletes a cookie only if name and path match, hence `set` with a date in the past.
  jar.set(access, '', { expires: new Date(0), path: '/' });
  jar.set(refresh, '', { expires: new Date(0), path: REFRESH_PATH });
}
