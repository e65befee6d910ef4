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
import type { ThrownCode } from '../../kernel/error-codes.js';
import { networksOf } from '../../kernel/networks.js';
import type { RequestContext, Viewer } from '../../platform/graphql/context.js';
import { createErrorFormatter, noteRequest } from '../../platform/graphql/errors/format-error.js';
import { knowsWholeSchema, withoutSuggestion } from '../../platform/graphql/suggestions.js';
import { assertAffordable, PARSE_OPTIONS } from '../../platform/graphql/limits/limits.js';
import { countedDefaultResolver } from '../../platform/graphql/limits/counted-resolvers.js';
import { allowanceOf, RequestBudget } from '../../platform/graphql/limits/request-budget.js';
import type { Shop } from '../create-shop.js';
import type { KnownOperations } from './known-operations.js';
import { EventTurns } from './event-turns.js';
import { executeEvents } from './execute-events.js';
import { faultOfHost, refuse } from '../http/early-answers.js';
import { ClientSocket, MAX_OPERATIONS_PER_SOCKET, SocketAdmission } from '../http/socket-limits.js';
import { type Visitors } from '../http/trusted-proxies.js';
import { authenticate, isAnybodyWelcome, isKnownPage } from './subscription-sign-in.js';

const MAX_MESSAGE_BYTES = 64 * 1024;

/**
 * Subscriptions by graphql-ws on the same path as the queries. The caller is determined when the socket opens; the
 * socket is closed when the access token expires, so that the client connects again with a fresh one.
 */
export function serveSubscriptions(
  app: FastifyInstance,
  shop: Shop,
  { schema, visitors, known }: { schema: GraphQLSchema; visitors: Visitors; known: KnownOperations | null },
): () => Promise<void> {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    WebSocket: ClientSocket,
  });
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
      subscribe: eventsInTurn(shop),
    },
    sockets,
  );
  app.server.on('upgrade', (request, socket, head) => {
    const path = request.url?.split('?')[0];
    const visitor = visitors.of(request);
    if (faultOfHost(request)) refuse(socket, 400);
    else if (path !== '/graphql') refuse(socket, 404);
    else if (!isAnybodyWelcome(shop) && !isKnownPage(shop, request.headers.origin, visitor))
      refuse(socket, 403);
    else admission.admit(request, socket, { head, ip: visitor.ip });
  });
  return async () => {
    for (const client of sockets.clients) client.close(1001, 'Going away');
    await server.dispose();
  };
}

/** Executes the events of every subscription, visitors' and others' apart, so that neither wait for each other. */
function eventsInTurn({ env, logger }: Shop): (args: ExecutionArgs) => ReturnType<typeof executeEvents> {
  const format = createErrorFormatter(logger);
  const { visitors: visitorReads, poolSize } = env.database;
  const visitors = new EventTurns(halfOf(visitorReads.poolSize));
  const signedIn = new EventTurns(halfOf(poolSize));
  return (args) => {
    const context = args.contextValue as RequestContext;
    const turns = context.viewer ? signedIn : visitors;
    const { near, wide } = networksOf(context.ip);
    return executeEvents(args, {
      freshContext: () => withFreshBudget(context),
      inTurn: (work) => turns.take(wide ?? near, work),
      format: (formatted, error) => {
        noteRequest(error, context);
        return format(formatted, error);
      },
    });
  };
}

/** Half of the connections, so that the others are for requests. */
function halfOf(connections: number): number {
  return Math.max(1, Math.floor(connections / 2));
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
