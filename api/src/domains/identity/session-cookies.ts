import type { ClientKind, CookieJar } from '../../platform/graphql/context.js';
import type { SessionTokens } from './session.service.js';

const NAMES = {
  storefront: { access: 'vitrine_access', refresh: 'vitrine_refresh' },
  admin: { access: 'vitrine_admin_access', refresh: 'vitrine_admin_refresh' },
} as const satisfies Record<ClientKind, object>;

// Only the GraphQL endpoint sees a refresh token; pages and pictures are asked for without it. Over https a prefix of the
// name takes the place of this path, as browsers allow one of the two.
const REFRESH_PATH = '/graphql';

/** The name of the cookie that holds this client's access token. */
export function accessCookieName(client: ClientKind): string {
  return NAMES[client].access;
}

export function refreshCookie(jar: CookieJar, client: ClientKind): string | null {
  return jar.get(NAMES[client].refresh) ?? null;
}

/** Whether a browser that is not signed in (any more) could be, with the refresh cookie it sends along. */
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
  // A browser forgets a cookie only when name and path agree, hence `set` into the past.
  jar.set(access, '', { expires: new Date(0), path: '/' });
  jar.set(refresh, '', { expires: new Date(0), path: REFRESH_PATH });
}
