import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { devInboxRoutes } from '../integrations/mail/inbox/inbox-routes.js';
import type { Logger } from '../kernel/logger.js';
import { statement } from '../platform/database/database.js';
import { answering } from '../platform/database/visitor-reads.js';
import { ResponseCache } from '../platform/graphql/cache/response-cache.js';
import { CATALOG_SCOPE, responseCacheHooks } from './graphql/response-cache-hooks.js';
import type { ModuleParts, Shop } from './create-shop.js';
import { createContext } from './graphql/context.js';
import { answerInsteadOfNode, EARLY_ANSWERS } from './http/early-answers.js';
import { answerFailures } from './http/failures.js';
import { graphiqlRoutes } from './http/graphiql.js';
import { createGraphqlServer } from './graphql/graphql-server.js';
import { endSlowBodies, readRefusedBodies, SERVER_TIMEOUTS } from './http/slow-requests.js';
import {
  sendGraphqlError,
  corsOptions,
  otherMethods,
  readQuery,
  refuseFragments,
  refuseOtherBodies,
  refuseUnreadableHosts,
  requestIdOf,
  showExplorer,
  sendRequestIds,
} from './http/http-rules.js';
import { KnownOperations } from './graphql/known-operations.js';
import { serveSubscriptions } from './graphql/subscriptions.js';
import { Visitors } from './http/trusted-proxies.js';
import { staticRoutes } from './http/file-routes.js';

const GRAPHQL_BODY_LIMIT = 256 * 1024;

const alive = statement('server.alive', { sql: 'SELECT 1' });

/** Every route of the API process. */
export async function createServer(shop: Shop, schema: GraphQLSchema): Promise<FastifyInstance> {
  const { env, logger } = shop;
  const visitors = new Visitors(env.http.trustProxy, env.http.storefrontSecret, warnOnce(logger));
  const app = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: visitors.trust,
    bodyLimit: GRAPHQL_BODY_LIMIT,
    ...SERVER_TIMEOUTS,
    ...EARLY_ANSWERS,
    genReqId: requestIdOf,
    routerOptions: { querystringParser: readQuery },
    forceCloseConnections: 'idle',
  });
  answerFailures(app, logger);
  // Before the rules, so that what they refuse has these headers as well.
  await app.register(helmet, {
    // For responses that are no pages: nothing may run or load. The admin, GraphiQL and the dev inbox set their own.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    frameguard: { action: 'deny' },
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  });
  rulesOfEveryRoute(app, visitors);
  await app.register(cors, corsOptions(env.http.corsOrigins));
  await app.register(cookie);
  await graphqlRoutes(app, shop, { schema, visitors });
  if (env.http.graphiql) await graphiqlRoutes(app);
  for (const { routes } of shop.parts) if (routes) await app.register(refreshed(shop, routes));
  await staticRoutes(app, shop);
  if (env.mail.hasInbox && !env.isProduction) devInboxRoutes(app, shop.database);
  healthRoutes(app, shop);
  for (const { start } of shop.parts) if (start) app.addHook('onReady', start);
  for (const { stop } of shop.parts) if (stop) app.addHook('onClose', stop);
  return app;
}

/** The routes of a module, such as webhooks, which must know what other processes changed. */
function refreshed(
  shop: Shop,
  routes: NonNullable<ModuleParts['routes']>,
): NonNullable<ModuleParts['routes']> {
  return async (scope) => {
    scope.addHook('preHandler', () => shop.refresh());
    await scope.register(routes);
  };
}

function rulesOfEveryRoute(app: FastifyInstance, visitors: Visitors): void {
  closeConnectionsWithTheirLastAnswer(app);
  sendRequestIds(app);
  answerInsteadOfNode(app);
  refuseFragments(app);
  endSlowBodies(app);
  readRefusedBodies(app);
  believeTheStorefront(app, visitors);
}

const draining = new WeakSet<FastifyInstance>();

/**
 * Starts draining: load balancers are told to send requests elsewhere, and every connection closes after its next
 * response. Until the server is closed, all requests are still served.
 */
export function beginDraining(app: FastifyInstance): void {
  draining.add(app);
}

/**
 * Idle connections are closed with the server; one with a response in progress would stay open until its keep-alive
 * ends.
 */
function closeConnectionsWithTheirLastAnswer(app: FastifyInstance): void {
  app.addHook('preClose', async () => beginDraining(app));
  app.addHook('onSend', async (_request, reply) => {
    if (draining.has(app)) reply.header('connection', 'close');
  });
}

/** Makes `request.ip` the visitor's address, wherever the storefront runs. */
function believeTheStorefront(app: FastifyInstance, visitors: Visitors): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const visitor = visitors.vouchedFor(request.raw);
    if (visitor) Object.defineProperty(request, 'ip', { value: visitor.ip });
    done();
  });
}

function warnOnce(logger: Logger): () => void {
  let warned = false;
  return () => {
    if (warned) return;
    warned = true;
    logger.warn(
      'A request came with a signature of the storefront that does not fit: is STOREFRONT_SECRET the same in both?',
    );
  };
}

function earliest(one: Date | null, other: Date | null): Date | null {
  if (!one || !other) return one ?? other;
  return one < other ? one : other;
}

interface GraphqlDeps {
  readonly schema: GraphQLSchema;
  readonly visitors: Visitors;
}

async function graphqlRoutes(
  app: FastifyInstance,
  shop: Shop,
  { schema, visitors }: GraphqlDeps,
): Promise<void> {
  const { knownOperations } = shop.env.limits;
  const known = knownOperations.length > 0 ? new KnownOperations(knownOperations) : null;
  const cache = new ResponseCache(shop.listener, CATALOG_SCOPE, undefined, {
    now: () => shop.clock.now().getTime(),
    endsAt: () => earliest(shop.catalog.reference.heldUntil(), shop.content.lookup.heldUntil()),
  });
  const apollo = createGraphqlServer(schema, shop.logger, { plugins: [cache.plugin()], known });
  await apollo.start();
  const { context, ...hooks } = responseCacheHooks(app, cache, (request, reply) =>
    createContext(shop, request, reply),
  );
  const answer = fastifyApolloHandler(apollo, {
    context: async (request, reply) => {
      known?.assertRequestKnown(request);
      return context(request, reply);
    },
  });
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    exposeHeadRoute: false,
    ...hooks,
    onRequest: [...(shop.env.http.graphiql ? [showExplorer] : []), refuseUnreadableHosts, refuseOtherBodies],
    errorHandler: sendGraphqlError,
    handler(request, reply) {
      return answering(() => answer.call(this, request, reply));
    },
  });
  otherMethods(app, '/graphql');
  // Runs before the close waits for connections: an open socket would hold it.
  app.addHook('preClose', serveSubscriptions(app, shop, { schema, visitors, known }));
  app.addHook('onClose', () => apollo.stop());
}

function healthRoutes(app: FastifyInstance, shop: Shop): void {
  app.get('/', (_request, reply) => reply.redirect(shop.env.http.graphiql ? '/graphiql' : '/health'));
  app.get('/health', async () => ({ status: 'ok' }));
  app.get('/ready', async (_request, reply) => {
    if (draining.has(app)) return reply.code(503).send({ status: 'stopping' });
    try {
      await shop.database.rows(alive);
      // Reported without a 503: a load balancer would remove every process, although everything else works.
      const degraded = shop.parts.filter(({ isDegraded }) => isDegraded?.()).map(({ name }) => name);
      return { status: 'ready', ...(degraded.length > 0 && { degraded }) };
    } catch {
      return reply.code(503).send({ status: 'the database does not answer' });
    }
  });
}
