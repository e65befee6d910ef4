import type { FastifyInstance } from 'fastify';
import { type Extra } from 'graphql-ws/use/ws';
import type { LiveSessions } from '../../domains/identity/index.js';
import type { Viewer } from '../../platform/graphql/context.js';
import type { Shop } from '../create-shop.js';
import { baseContext, languagesFor } from './context.js';
import { ownCookies } from '../http/cookies.js';
import { originOf, type Visitor, type Visitors } from '../http/trusted-proxies.js';
/** The close code of a socket whose token is no longer valid; the protocol's "Forbidden". */
const SIGN_IN_AGAIN = 4403;

/** Node fires timers with a longer delay at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export async function authenticate(
  app: FastifyInstance,
  shop: Shop,
  { connectionParams, extra, visitors }: { connectionParams: unknown; extra: Extra; visitors: Visitors },
): Promise<boolean> {
  const { headers } = extra.request;
  const { authenticator } = shop.identity;
  // A page of an unknown origin is treated without the cookies that browsers send along, as over HTTP.
  const visitor = visitors.of(extra.request);
  const isKnown = isKnownPage(shop, headers.origin, visitor);
  const { viewer, client, expiresAt, isRefused } = await authenticator.viewerFromConnection({
    params: connectionParams,
    headers,
    cookies: isKnown ? ownCookies(shop.env, app.parseCookie(headers.cookie ?? '')) : {},
  });
  if (isRefused) {
    extra.socket.close(SIGN_IN_AGAIN, 'Sign in again');
    return false;
  }
  const languages = await languagesFor(shop, client, headers['accept-language']);
  // The socket may have closed while the token was read; its close event fires only once.
  if (extra.socket.readyState !== extra.socket.OPEN) return false;
  Object.assign(extra, { context: { ...baseContext(shop, viewer, client), ...languages, ip: visitor.ip } });
  if (expiresAt) {
    const timer = setTimeout(
      () => extra.socket.close(SIGN_IN_AGAIN, 'Sign in again'),
      Math.min(expiresAt.getTime() - Date.now(), LONGEST_TIMER_MS),
    );
    extra.socket.once('close', () => clearTimeout(timer));
  }
  return !viewer || closeWithSession(authenticator.liveSessions, viewer, extra);
}

/**
 * Closes the socket when its session ends or its role changes; a client whose role changed connects again with the new
 * one. Returns whether the session is live.
 *
 * The listener is registered before the session is checked: a session that ended after the token was read is found by
 * one of the two. In the other order nothing would close the socket.
 */
async function closeWithSession(live: LiveSessions, viewer: Viewer, { socket }: Extra): Promise<boolean> {
  const stands = async (): Promise<boolean> => {
    // If the database does not respond, the client has to connect again later.
    const isLive = await live.isLive(viewer).catch(() => false);
    if (!isLive) socket.close(SIGN_IN_AGAIN, 'Sign in again');
    return isLive;
  };
  const stop = live.onPossibleEnd((mayHaveEnded) => {
    if (mayHaveEnded(viewer)) void stands();
  });
  socket.once('close', stop);
  return stands();
}

/** CORS_ORIGINS=*: pages of any origin may use the API, but without the browser's session. */
export function isAnybodyWelcome({ env }: Shop): boolean {
  return env.http.corsOrigins.includes('*');
}

/**
 * Browsers send cookies with sockets of other sites too, and CORS does not apply: only known origins may open one.
 * Whole origins are compared; `null` (a sandboxed frame) is unknown. Without the header the client is no browser.
 */
export function isKnownPage({ env }: Shop, origin: string | undefined, { origin: asked }: Visitor): boolean {
  // Apps in a shell of their own have origins such as capacitor://localhost, which are no web addresses.
  if (origin === undefined || env.http.corsOrigins.includes(origin)) return true;
  const page = originOf(origin);
  if (page === null) return false;
  const { publicUrl, corsOrigins } = env.http;
  return page === asked || [env.storefrontUrl, publicUrl, ...corsOrigins].map(originOf).includes(page);
}
