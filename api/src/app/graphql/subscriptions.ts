import type { FastifyInstance } from 'fastify';
import {
  getOperationAST,
  GraphQLError,
  parse,
  validate,
  type ExecutionArgs,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { LiveSessions } from '../../domains/identity/index.js';
import type { ThrownCode } from '../../kernel/error-codes.js';
import { acceptedLanguage } from '../../kernel/languages.js';
import type { RequestContext, Viewer } from '../../platform/graphql/context.js';
import { createErrorFormatter, noteRequest } from '../../platform/graphql/format-error.js';
import { knowsWholeSchema, withoutSuggestion } from '../../platform/graphql/suggestions.js';
import { assertAffordable, PARSE_OPTIONS } from '../../platform/graphql/limits/limits.js';
import {
  allowanceOf,
  countedDefaultResolver,
  RequestBudget,
} from '../../platform/graphql/limits/request-budget.js';
import type { Shop } from '../create-shop.js';
import { baseContext } from './context.js';
import { ownCookies } from '../http/cookies.js';
import type { KnownOperations } from './known-operations.js';
import { executeEvents } from './execute-events.js';
import { MAX_OPERATIONS_PER_SOCKET, refuse, SocketAdmission } from '../http/socket-limits.js';
import { originOf, type Visitor, type Visitors } from '../http/trusted-proxies.js';

const MAX_MESSAGE_BYTES = 64 * 1024;
/** The close code of a socket whose token is no longer valid; the protocol's "Forbidden". */
const SIGN_IN_AGAIN = 4403;
/** Node fires timers with a longer delay at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Subscriptions by graphql-ws on the same path as the queries. The caller is determined when the socket opens; the
 * socket is closed when the access token expires, so that the client connects again with a fresh one.
 */
export function serveSubscriptions(
  app: FastifyInstance,
  shop: Shop,
  { schema, visitors, known }: { schema: GraphQLSchema; visitors: Visitors; known: KnownOperations | null },
): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const format = createErrorFormatter(shop.logger);
  const admission = new SocketAdmission(sockets, shop.logger);
  const server = useServer(
    {
      schema,
      connectionInitWaitTimeout: 5_000,
      onConnect: ({ connectionParams, extra }) =>
        authenticate(app, shop, { connectionParams, extra, visitors }),
      onSubscribe: ({ extra, subscriptions }, _id, payload) =>
        Object.keys(subscriptions).length > MAX_OPERATIONS_PER_SOCKET
          ? [tooManyOperations()]
          : admit({ schema, known, viewer: contextOf(extra)?.viewer ?? null }, payload),
      context: ({ extra }) => contextOf(extra) ?? {},
      subscribe: (args) =>
        executeEvents(args, {
          freshContext: () => withFreshBudget(args.contextValue as RequestContext),
          format: (formatted, error) => {
            noteRequest(error, args.contextValue as RequestContext);
            return format(formatted, error);
          },
        }),
    },
    sockets,
  );
  app.server.on('upgrade', (request, socket, head) => {
    const path = request.url?.split('?')[0];
    const visitor = visitors.of(request);
    if (path !== '/graphql') refuse(socket, '404 Not Found');
    else if (!isAnybodyWelcome(shop) && !isKnownPage(shop, request.headers.origin, visitor))
      refuse(socket, '403 Forbidden');
    else admission.admit(request, socket, { head, ip: visitor.ip });
  });
  return async () => {
    for (const client of sockets.clients) client.close(1001, 'Going away');
    await server.dispose();
  };
}

async function authenticate(
  app: FastifyInstance,
  shop: Shop,
  { connectionParams, extra, visitors }: { connectionParams: unknown; extra: Extra; visitors: Visitors },
): Promise<boolean> {
  const { headers } = extra.request;
  const { authenticator } = shop.identity;
  // A page of an unknown origin is treated without the cookies that browsers send along, as over HTTP.
  const isKnown = isKnownPage(shop, headers.origin, visitors.of(extra.request));
  const { viewer, client, expiresAt, isRefused } = await authenticator.viewerFromConnection({
    params: connectionParams,
    headers,
    cookies: isKnown ? ownCookies(shop.env, app.parseCookie(headers.cookie ?? '')) : {},
  });
  if (isRefused) {
    extra.socket.close(SIGN_IN_AGAIN, 'Sign in again');
    return false;
  }
  // The socket may have closed while the token was read; its close event fires only once.
  if (extra.socket.readyState !== extra.socket.OPEN) return false;
  const language = acceptedLanguage(headers['accept-language']) ?? shop.env.shop.language;
  Object.assign(extra, { context: { ...baseContext(shop, viewer, client), language } });
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

function contextOf(extra: Extra): RequestContext | undefined {
  return (extra as { context?: RequestContext }).context;
}

function withFreshBudget(context: RequestContext): RequestContext {
  return { ...context, budget: new RequestBudget(allowanceOf(context.viewer)) };
}

function tooManyOperations(): GraphQLError {
  return new GraphQLError(
    `A socket holds at most ${MAX_OPERATIONS_PER_SOCKET} subscriptions: end one before the next.`,
    { extensions: { code: 'RATE_LIMITED' satisfies ThrownCode } },
  );
}

/**
 * Parses and validates a subscription, or returns why it is refused. Only subscriptions are admitted: a login over a
 * socket could not set its cookies. The limits are those of HTTP requests.
 */
function admit(
  { schema, known, viewer }: { schema: GraphQLSchema; known: KnownOperations | null; viewer: Viewer | null },
  { query, operationName, variables }: SubscribePayload,
): ExecutionArgs | readonly GraphQLError[] {
  try {
    known?.assertKnown(query);
    const document = parse(query, PARSE_OPTIONS);
    const operation = getOperationAST(document, operationName);
    if (operation?.operation !== 'subscription') {
      throw new GraphQLError('Only subscriptions are executed here; send this by HTTP.', {
        extensions: { code: 'BAD_REQUEST' },
      });
    }
    const errors = validate(schema, document);
    if (errors.length > 0) return knowsWholeSchema({ viewer }) ? errors : errors.map(unsuggesting);
    assertAffordable({ schema, document, operation, variables, viewer });
    return {
      schema,
      document,
      operationName: operationName ?? null,
      variableValues: variables ?? null,
      fieldResolver: countedDefaultResolver as GraphQLFieldResolver<unknown, unknown>,
    };
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

function unsuggesting({ message, nodes }: GraphQLError): GraphQLError {
  return new GraphQLError(withoutSuggestion(message), { nodes });
}

/** CORS_ORIGINS=*: pages of any origin may use the API, but without the browser's session. */
function isAnybodyWelcome({ env }: Shop): boolean {
  return env.http.corsOrigins.includes('*');
}

/**
 * Browsers send cookies with sockets of other sites too, and CORS does not apply: only known origins may open one.
 * Whole origins are compared; `null` (a sandboxed frame) is unknown. Without the header the client is no browser.
 */
function isKnownPage({ env }: Shop, origin: string | undefined, { origin: asked }: Visitor): boolean {
  if (origin === undefined) return true;
  const page = originOf(origin);
  if (page === null) return false;
  const { publicUrl, corsOrigins } = env.http;
  return page === asked || [env.storefrontUrl, publicUrl, ...corsOrigins].map(originOf).includes(page);
}
