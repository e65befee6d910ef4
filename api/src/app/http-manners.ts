import { randomUUID } from 'node:crypto';
import type { FastifyCorsOptions } from '@fastify/cors';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CART_HEADER } from '../domains/cart/index.js';
import type { ThrownCode } from '../kernel/error-codes.js';
import { CLIENT_HEADER } from './context.js';

const DAY_SECONDS = 86_400;

/** What clients of other origins may send and read: the usual headers of Apollo, urql, Relay and of tracing among them. */
export function corsOptions(origins: readonly string[]): FastifyCorsOptions {
  const anybody = origins.includes('*');
  return {
    origin: anybody ? '*' : origins.length > 0 ? [...origins] : false,
    // Browsers take no cookies across origins from a server that lets anybody in.
    credentials: !anybody,
    methods: ['GET', 'POST', 'PUT', 'OPTIONS'],
    maxAge: DAY_SECONDS,
    exposedHeaders: [CART_HEADER, 'x-request-id', 'retry-after', 'etag', 'content-language'],
    allowedHeaders: [
      'accept',
      'accept-language',
      'authorization',
      'cache-control',
      'content-type',
      'if-none-match',
      'pragma',
      CART_HEADER,
      CLIENT_HEADER,
      'apollo-require-preflight',
      'apollographql-client-name',
      'apollographql-client-version',
      'x-apollo-operation-name',
      'graphql-require-preflight',
      'x-request-id',
      'x-correlation-id',
      'baggage',
      'sentry-trace',
      'traceparent',
      'tracestate',
    ],
  };
}

/** The id that a proxy or a client gave the request, if it can stand in a log line; else one of our own. */
export function requestIdOf({ headers }: { headers: Record<string, string | string[] | undefined> }): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:+=/-]{1,100}$/.test(given) ? given : randomUUID();
}

/** Every answer tells the id under which our log knows it. */
export function tellRequestIds(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
}

/** A body in the form in which clients of GraphQL read refusals, for what is refused before GraphQL sees it. */
export function refusalBody(message: string): object {
  return { errors: [{ message, extensions: { code: 'BAD_REQUEST' satisfies ThrownCode } }] };
}

const WORDS: Record<string, string> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is no JSON.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty: send JSON with a query.',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is too large: at most 256 KB.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send the body as application/json.',
};

/** The error handler of the GraphQL route: what Fastify refuses is told as GraphQL would tell it. The rest flies on. */
export function answerAsGraphql(
  error: FastifyError,
  _request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const status = error.statusCode ?? 500;
  if (status >= 500) throw error;
  const message = Object.hasOwn(WORDS, error.code) ? WORDS[error.code] : error.message;
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(refusalBody(message ?? error.message));
}

/** Bodies come as they are: a packed one would be read as broken JSON, or unpacked to any size. */
export async function refusePackedBodies(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const coding = request.headers['content-encoding'];
  if (coding === undefined || coding === 'identity') return undefined;
  return reply
    .code(415)
    .header('accept-encoding', 'identity')
    .send(refusalBody('Send the body without content-encoding.'));
}

const METHODS = 'GET, POST, OPTIONS';

/** What else may be tried at the address of the API. */
export function otherMethods(app: FastifyInstance, url: string): void {
  app.route({
    url,
    method: ['PUT', 'PATCH', 'DELETE'],
    onRequest: async (_request, reply) =>
      reply.code(405).header('allow', METHODS).send(refusalBody('Ask by POST, or a query by GET.')),
    handler: async () => undefined,
  });
  app.route({
    url,
    method: 'OPTIONS',
    handler: async (_request, reply) => reply.code(204).header('allow', METHODS).send(),
  });
}
