import type { IncomingHttpHeaders } from 'node:http';
import type { ClientKind, Viewer } from '../../platform/graphql/context.js';
import { ROLE_PERMISSIONS } from '../../platform/graphql/roles.js';
import type { AccessTokens } from './access-token.js';
import type { LiveSessions } from './live-sessions.js';
import { accessCookieName } from './session-cookies.js';

/** Where a caller may have put an access token. */
export interface Credentials {
  /** The header `Authorization`: `Bearer` and the token, or the token alone. */
  readonly authorization?: string | null;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  readonly client: ClientKind;
}

export interface Authenticated {
  /** Null when nobody is signed in, or not any more. */
  readonly viewer: Viewer | null;
  /** When the access token runs out; null without one. */
  readonly expiresAt: Date | null;
  /**
   * True for a bearer token that is not good, or not any more. Whoever sends one means to be signed in: treated as a
   * guest, they would fill a cart that is not theirs. A cookie comes by itself and says nothing of the kind.
   */
  readonly isRefused: boolean;
}

/** What opens a WebSocket: the payload of `connection_init`, and the request that asked for the socket. */
export interface Connection {
  readonly params: unknown;
  readonly headers: IncomingHttpHeaders;
  readonly cookies: Credentials['cookies'];
}

/** Tells who is calling: by the access token, as long as its session stands and the role is still the same. */
export class Authenticator {
  constructor(
    private readonly accessTokens: AccessTokens,
    readonly liveSessions: LiveSessions,
  ) {}

  /** The caller of a request, or null when nobody is signed in. A bearer token goes before the cookie. */
  async viewerFrom(credentials: Credentials): Promise<Viewer | null> {
    return (await this.authenticate(credentials)).viewer;
  }

  /**
   * The caller behind a WebSocket. `connection_init` may name the token in any of the ways that clients use: under
   * `accessToken`, `authToken`, `token` or `authorization`, by itself or among `headers`, in any letters, with or without
   * `Bearer`. Else the upgrade's Authorization header counts, then its cookie. Close the socket at `expiresAt`, as it
   * would otherwise outlive the access token.
   */
  async viewerFromConnection({
    params,
    headers,
    cookies,
  }: Connection): Promise<Authenticated & { client: ClientKind }> {
    const given = wordsOf(params);
    const inHeaders = wordsOf(given.get('headers'));
    const told = (name: string): unknown => given.get(name) ?? inHeaders.get(name) ?? headers[name];
    const kind = given.get('client') ?? told('x-vitrine-client');
    const client: ClientKind = kind === 'admin' ? 'admin' : 'storefront';
    const named = TOKEN_NAMES.map((name) => given.get(name)).find(isFilled);
    const authorization = named === undefined ? told('authorization') : asBearer(named);
    const credentials = { authorization: isFilled(authorization) ? authorization : null, cookies, client };
    return { ...(await this.authenticate(credentials)), client };
  }

  /**
   * The sessions of the access tokens that came along, expired ones included: of the bearer token and of the cookie. Only
   * for signing out, where whoever sends an old token means the session behind it.
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
    if (!claims || !(await this.liveSessions.isLive(claims))) {
      return { viewer: null, expiresAt: null, isRefused: bearer !== null };
    }
    const { expiresAt, ...who } = claims;
    const viewer = { ...who, permissions: ROLE_PERMISSIONS[who.role] };
    return { viewer, expiresAt, isRefused: false };
  }
}

/** Under which names clients send a bare token in `connection_init`, in lower case. */
const TOKEN_NAMES = ['accesstoken', 'authtoken', 'token'];

/** Three parts of base64url: what people paste who forget the word before it. */
const JSON_WEB_TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** The token of an Authorization header, empty when none follows `Bearer`; null for no header and for other schemes. */
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

/** The entries of an object by their names in lower case: people spell header names as they like. */
function wordsOf(value: unknown): ReadonlyMap<string, unknown> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return new Map(entries.map(([name, word]) => [name.toLowerCase(), word]));
}
