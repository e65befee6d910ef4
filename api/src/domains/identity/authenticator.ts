import type { ClientKind, Viewer } from '../../platform/graphql/context.js';
import { ROLE_PERMISSIONS } from '../../platform/graphql/roles.js';
import type { AccessTokens } from './access-token.js';
import { accessCookieName } from './session-cookies.js';

/** Where a caller may have put an access token. */
export interface Credentials {
  /** The header `Authorization`. */
  readonly authorization?: string | null;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  readonly client: ClientKind;
}

/**
 * Tells who is calling, from the access token alone: no statement per request.
 *
 * The price: a revoked session, a changed role or a deleted account is noticed when the access token has run out
 * (ACCESS_TOKEN_MINUTES), at the next refresh, which reads all three afresh. A shop that needs staff to be locked
 * out sooner shortens that lifetime.
 */
export class Authenticator {
  constructor(private readonly accessTokens: AccessTokens) {}

  /** The caller of a request, or null when nobody is signed in. A bearer token goes before the cookie. */
  async viewerFrom(credentials: Credentials): Promise<Viewer | null> {
    return (await this.authenticate(credentials)).viewer;
  }

  /**
   * The caller behind a WebSocket: `connectionParams` may hold `client` and `accessToken`, else the cookie of the
   * upgrade request counts. Close the socket at `expiresAt`, as it would otherwise outlive the access token.
   */
  async viewerFromConnection(
    connectionParams: unknown,
    cookies: Credentials['cookies'],
  ): Promise<{ viewer: Viewer | null; client: ClientKind; expiresAt: Date | null }> {
    const { client: kind, accessToken } = (connectionParams ?? {}) as {
      client?: unknown;
      accessToken?: unknown;
    };
    const client: ClientKind = kind === 'admin' ? 'admin' : 'storefront';
    const authorization = typeof accessToken === 'string' ? `Bearer ${accessToken}` : null;
    return { ...(await this.authenticate({ authorization, cookies, client })), client };
  }

  private async authenticate({ authorization, cookies, client }: Credentials) {
    const token = bearer(authorization) ?? cookies[accessCookieName(client)];
    const claims = token ? await this.accessTokens.open(token) : null;
    if (!claims) return { viewer: null, expiresAt: null };
    const { expiresAt, ...who } = claims;
    return { viewer: { ...who, permissions: ROLE_PERMISSIONS[who.role] }, expiresAt };
  }
}

function bearer(header: string | null | undefined): string | null {
  return /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(header ?? '')?.[1] ?? null;
}
