import type { IncomingHttpHeaders } from 'node:http';
import type { ClientKind, Viewer } from '../../../platform/graphql/context.js';
import type { AccessTokens } from './access-token.js';
import type { LiveSessions } from './live-sessions.js';
import { accessCookieName } from './session-cookies.js';

/** The places where a caller may send an access token. */
export interface Credentials {
  /** The header `Authorization`: `Bearer` and the token, or the token alone. */
  readonly authorization?: string | null;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  readonly client: ClientKind;
}

export interface Authenticated {
  /** Null if the caller is not signed in, or no longer. */
  readonly viewer: Viewer | null;
  /** When the access token expires; null without one. */
  readonly expiresAt: Date | null;
  /**
   * True for an invalid or expired bearer token. Its sender expects to be signed in: treated as a guest, they would
   * fill a cart that is not theirs. A cookie is sent automatically and implies no such expectation.
   */
  readonly isRefused: boolean;
}

/** The data that opens a WebSocket: the payload of `connection_init`, and the upgrade request. */
export interface Connection {
  readonly params: unknown;
  readonly headers: IncomingHttpHeaders;
  readonly cookies: Credentials['cookies'];
}

/** Determines the caller by the access token, if its session is live and its role unchanged. */
export class Authenticator {
  constructor(
    private readonly accessTokens: AccessTokens,
    readonly liveSessions: LiveSessions,
  ) {}

  /** The caller of a request, or null for an anonymous one. A bearer token takes precedence over the cookie. */
  async viewerFrom(credentials: Credentials): Promise<Viewer | null> {
    return (await this.authenticate(credentials)).viewer;
  }

  /**
   * The caller of a WebSocket. `connection_init` may contain the token in any form that clients use: under
   * `accessToken`, `authToken`, `token` or `authorization`, at the top level or in `headers`, in any case, with or
   * without `Bearer`. Otherwise the upgrade's Authorization header counts, then its cookie. Close the socket at
   * `expiresAt`, because it would outlive the access token.
   */
  async viewerFromConnection({
    params,
    headers,
    cookies,
  }: Connection): Promise<Authenticated & { client: ClientKind }> {
    const given = byLowerCaseName(params);
    const inHeaders = byLowerCaseName(given.get('headers'));
    const fieldNamed = (name: string): unknown => given.get(name) ?? inHeaders.get(name) ?? headers[name];
    const kind = given.get('client') ?? fieldNamed('x-vitrine-client');
    const client: ClientKind = kind === 'admin' ? 'admin' : 'storefront';
    const named = TOKEN_NAMES.map((name) => given.get(name)).find(isFilled);
    const authorization = named === undefined ? fieldNamed('authorization') : asBearer(named);
    const credentials = { authorization: isFilled(authorization) ? authorization : null, cookies, client };
    return { ...(await this.authenticate(credentials)), client };
  }

  /**
   * The sessions of the bearer token and of the cookie, expired ones included. Only for signing out, where an expired
   * token still names the session to end.
   */
  async sessionsNamedBy({ authorization, cookies, client }: Credentials): Promise<string[]> {
    const tokens = [bearerOf(authorization), cookies[accessCookieName(client)]].filter(
      (token) => token != null,
    );
    const sessions = await Promise.all(tokens.map((token) => this.accessTokens.sessionOf(token)));
    return sessions.filter((id) => id !== null);
  }

  async authenticate({ authorization, cookies, client }: Credentials): Promise<Authenticated> {
    const bearer = bearerOf(authorization);
    const token = bearer ?? cookies[accessCookieName(client)];
    const claims = token ? await this.accessTokens.open(token) : null;
    const viewer = claims && (await this.liveSessions.viewerOf(claims));
    if (!viewer) return { viewer: null, expiresAt: null, isRefused: bearer !== null };
    return { viewer, expiresAt: claims.expiresAt, isRefused: false };
  }
}

/** Names under which clients send a bare token in `connection_init`, in lower case. */
const TOKEN_NAMES = ['accesstoken', 'authtoken', 'token'];

/** Three parts of base64url: a token sent without `Bearer`. */
const JSON_WEB_TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** The token of an Authorization header, empty if none follows `Bearer`; null for no header and for other schemes. */
function bearerOf(authorization: string | null | undefined): string | null {
  const given = authorization?.trim() ?? '';
  const bearer = /^Bearer(?: +(.*))?$/i.exec(given);
  if (bearer) return bearer[1] ?? '';
  return JSON_WEB_TOKEN.test(given) ? given : null;
}

function asBearer(token: string): string {
  return /^Bearer\b/i.test(token.trim()) ? token : `Bearer ${token.trim()}`;
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** The entries of an object by their names in lower case, because header names are case-insensitive. */
function byLowerCaseName(value: unknown): ReadonlyMap<string, unknown> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return new Map(entries.map(([name, word]) => [name.toLowerCase(), word]));
}
