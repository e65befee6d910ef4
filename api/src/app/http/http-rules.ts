import { randomUUID } from 'node:crypto';
import type { FastifyCorsOptions } from '@fastify/cors';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CART_HEADER } from '../../domains/cart/index.js';
import type { ThrownCode } from '../../kernel/error-codes.js';
import { URLS_HEADER } from '../../platform/graphql/own-urls.js';
import { CLIENT_HEADER } from '../graphql/context.js';

const DAY_SECONDS = 86_400;

/** Headers that clients of other origins may send and read: those usual with Apollo, urql, Relay and tracing. */
export function corsOptions(origins: readonly string[]): FastifyCorsOptions {
  const anybody = origins.includes('*');
  return {
    origin: anybody ? '*' : origins.length > 0 ? [...origins] : false,
    // Browsers send no cookies across origins to a server that allows every origin.
    credentials: !anybody,
    methods: ['GET', 'POST', 'PUT', 'OPTIONS'],
    // A bare OPTIONS request is no preflight; it asks for the allowed methods and must not fail.
    strictPreflight: false,
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
      URLS_HEADER,
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

/** The request id of a proxy or client if it is safe to log; else a new one. */
export function requestIdOf({ headers }: { headers: Record<string, string | string[] | undefined> }): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:+=/-]{1,100}$/.test(given) ? given : randomUUID();
}

/** Sends the request id, under which the log finds the request, with every response. */
export function sendRequestIds(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
}

/** A response body in GraphQL's error form, for requests that are refused before GraphQL sees them. */
export function errorBody(message: string): object {
  return { errors: [{ message, extensions: { code: 'BAD_REQUEST' satisfies ThrownCode } }] };
}

const WORDS: Record<string, string> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is no JSON.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty: send JSON with a query.',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is too large: at most 256 KB.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send the body as application/json.',
};

/** The error handler of the GraphQL route: formats Fastify's rejections as GraphQL errors and rethrows all others. */
export function sendGraphqlError(
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
    .send(errorBody(message ?? error.message));
}

/**
 * Refuses a request whose Host (or the one a trusted proxy forwarded) cannot be part of a URL. Apollo's integration
 * builds a URL from it and would fail with a server error.
 */
export async function refuseUnreadableHosts(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  return URL.canParse(request.url, `${request.protocol}://${request.hostname}/`)
    ? undefined
    : refuse(reply, 400, 'The Host of the request is no host.');
}

/**
 * The parameters of a query string, read as Apollo reads them. Whatever the API decides about a request (whether its
 * response is cached, and under which key) has to concern the very parameters that are executed, and Fastify's own
 * parser differs: it keeps a `#` and what follows it, and leaves a value undecoded that is not valid UTF-8.
 *
 * @returns each name with its value, or with an array of its values if it comes more than once
 */
export function readQuery(text: string): Record<string, string | string[]> {
  const [sent = ''] = text.split('#', 1);
  const read = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of new URLSearchParams(sent)) {
    const before = read[name];
    if (Array.isArray(before)) before.push(value);
    else read[name] = before === undefined ? value : [before, value];
  }
  return read;
}

/**
 * Refuses a request line with a `#`. No client sends one (RFC 9112, 3.2), and the readers of an address disagree about
 * what stands behind it.
 */
export function refuseFragments(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) =>
    request.raw.url?.includes('#') ? refuse(reply, 400, 'The address of the request has a #.') : undefined,
  );
}

/**
 * Refuses a body that is not plain JSON before it is read. A compressed one would be read as broken JSON or
 * decompressed to any size; forms of other sites can send text and form data without a preflight, but not JSON.
 */
export async function refuseOtherBodies(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const { 'content-encoding': coding, 'content-type': type = '' } = request.headers;
  if (coding !== undefined && coding !== 'identity') {
    return refuse(reply, 415, 'Send the body without content-encoding.').header(
      'accept-encoding',
      'identity',
    );
  }
  const isJson = /^application\/json\s*(;|$)/i.test(type);
  return request.method === 'POST' && !isJson
    ? refuse(reply, 415, 'Send the body as application/json.')
    : undefined;
}

/**
 * Redirects a person who opens the API's URL in a browser to the explorer; without it they get the error of a request
 * without a query.
 */
export function showExplorer(
  request: FastifyRequest,
  reply: FastifyReply,
  next: (error?: Error) => void,
): void {
  const isPerson = request.method === 'GET' && /\btext\/html\b/.test(request.headers.accept ?? '');
  if (isPerson && !request.url.includes('?')) void reply.redirect('/graphiql');
  else next();
}

const PARTS: Record<string, (value: unknown) => boolean> = {
  query: (value) => typeof value === 'string',
  operationName: (value) => typeof value === 'string',
  variables: (value) => typeof value === 'object' && !Array.isArray(value),
  extensions: (value) => typeof value === 'object' && !Array.isArray(value),
};

/**
 * Returns the part of a body whose type contradicts the GraphQL-over-HTTP specification; null if there is none. Apollo
 * ignores some of these, so that a wrong operationName would run another operation than the client meant.
 */
export function wrongPart(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const fields = body as Record<string, unknown>;
  const wrong = Object.keys(PARTS).find((name) => fields[name] != null && !PARTS[name]?.(fields[name]));
  return wrong ? `\`${wrong}\` is of the wrong type.` : null;
}

function refuse(reply: FastifyReply, status: number, message: string): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').send(errorBody(message));
}

const METHODS = 'GET, POST, OPTIONS';

/** Answers all other HTTP methods at the API's URL. */
export function otherMethods(app: FastifyInstance, url: string): void {
  app.route({
    url,
    method: ['HEAD', 'PUT', 'PATCH', 'DELETE'],
    onRequest: async (_request, reply) =>
      refuse(reply.header('allow', METHODS), 405, 'Ask by POST, or a query by GET.'),
    handler: async () => undefined,
  });
  app.route({
    url,
    method: 'OPTIONS',
    // The response to a preflight is sent before the handler runs.
    onSend: async (_request, reply) => void reply.header('allow', METHODS),
    handler: async (_request, reply) => reply.code(204).send(),
  });
}
