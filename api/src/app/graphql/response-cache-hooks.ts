import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CART_HEADER } from '../../domains/cart/index.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import type { CacheScope } from '../../platform/graphql/cache/response-lifetime.js';
import type {
  CachedResponse,
  PublicRequest,
  ResponseCache,
} from '../../platform/graphql/cache/response-cache.js';
import { URLS_HEADER } from '../../platform/graphql/own-urls.js';
import { CLIENT_HEADER } from './context.js';
import { wrongPart } from '../http/http-rules.js';

/** The fields of the schema that are public and depend on the catalog's version only. */
export const CATALOG_SCOPE: CacheScope = {
  publicFields: new Set([
    '__typename',
    'products',
    'product',
    'categoryTree',
    'category',
    'searchSuggestions',
    'attributes',
    'tags',
    'shop',
    'menu',
    'page',
    'pages',
  ]),
  movingFields: new Set(['ProductVariant.availability', 'ProductVariant.availableQuantity']),
};

// Browsers revalidate every time and mostly get a 304; a shared cache may serve a response for as long as stock may be
// stale.
const CACHE_CONTROL = 'public, max-age=0, s-maxage=2, must-revalidate';
const VARY = `accept, accept-language, authorization, ${CLIENT_HEADER}, ${URLS_HEADER}`;

// Deeper than any input of the schema; code that walks over variables recurses once per level.
const DEEPEST_BODY = 100;
const TOO_DEEP = `The body nests deeper than ${DEEPEST_BODY} levels.`;

type MakeContext = (request: FastifyRequest, reply: FastifyReply) => Promise<RequestContext>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for requests to /graphql, before Apollo runs. */
    graphqlContext: RequestContext | null;
  }
}

/** The hooks of the GraphQL route that serve public queries from the cache and fill it. */
export function responseCacheHooks(app: FastifyInstance, cache: ResponseCache, makeContext: MakeContext) {
  app.decorateRequest('graphqlContext', null);
  return {
    preHandler: async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
      const fault = isTooDeep(request.body) ? TOO_DEEP : wrongPart(request.body);
      if (fault) throw Object.assign(new Error(fault), { statusCode: 400 });
      const context = await makeContext(request, reply);
      reply.header('content-language', context.language);
      // An expired token must be reported, not served from the cache as if the caller were a guest.
      const cacheable = context.hasRefusedToken ? null : publicRequest(request, context);
      const cacheSlot = cacheable && cache.slotOf(cacheable, context.viewer);
      const cached = cacheSlot && cache.lookUp(cacheSlot);
      if (cached) return reply.type(cached.contentType).send(withCacheHeaders(request, reply, cached));
      request.graphqlContext = { ...context, cacheSlot };
      return undefined;
    },

    context: async (request: FastifyRequest, reply: FastifyReply): Promise<RequestContext> =>
      request.graphqlContext ?? makeContext(request, reply),

    onSend: async (request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> => {
      const { cacheSlot: place, budget } = request.graphqlContext ?? {};
      const instead = typeof payload === 'string' ? budget?.insteadOf(payload.length) : null;
      if (instead) {
        reply.removeHeader('content-length');
        return asPrivate(reply, instead);
      }
      if (!place || typeof payload !== 'string' || reply.statusCode !== 200) return asPrivate(reply, payload);
      const kept = cache.complete(place, {
        body: payload,
        contentType: String(reply.getHeader('content-type')),
      });
      if (!kept) return asPrivate(reply, payload);
      // Apollo set it for its own text; the response sends the same bytes, or none.
      reply.removeHeader('content-length');
      return withCacheHeaders(request, reply, kept);
    },
  };
}

/** Iterative instead of recursive, because the caller controls the depth. */
function isTooDeep(body: unknown): boolean {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST_BODY) return true;
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return false;
}

/** Marks a response that is not known to be public as private: neither browsers nor shared caches may store it. */
function asPrivate<T>(reply: FastifyReply, payload: T): T {
  if (reply.hasHeader('etag')) return payload;
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  addVary(reply, `${VARY}, cookie, ${CART_HEADER}`);
  return payload;
}

function addVary(reply: FastifyReply, names: string): void {
  const vary = reply.getHeader('vary');
  reply.header('vary', vary ? `${String(vary)}, ${names}` : names);
}

/** Whether one of the caller's If-None-Match tags is this one. Proxies that compress responses make tags weak. */
function hasMatchingTag(tags: string | undefined, etag: string): boolean {
  return (tags ?? '').split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
}

/** Null for batches, for bodies that are no GraphQL request, and for callers that ask for a fresh response. */
function publicRequest(
  { method, query, body, headers }: FastifyRequest,
  { language, urlPrefix }: RequestContext,
): PublicRequest | null {
  if (headers['cache-control'] === 'no-cache') return null;
  const parameters = (method === 'GET' ? query : body) as Record<string, unknown> | null;
  if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters)) return null;
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return {
    query: text(parameters['query']),
    queryHash: hashIn(parameters['extensions']),
    operationName: text(parameters['operationName']),
    variables: parameters['variables'],
    language,
    urlPrefix,
    accept: headers.accept,
  };
}

/** The hash of a persisted query; a GET request carries its extensions as JSON text. */
function hashIn(extensions: unknown): string | undefined {
  if (!extensions) return undefined;
  return typeof extensions === 'string' ? extensions : JSON.stringify(extensions);
}

/** Sets the cache headers; returns the body, or nothing if the caller has it already. */
function withCacheHeaders(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, etag }: CachedResponse,
): Buffer | string {
  if (request.method !== 'GET') return asPrivate(reply, body);
  reply.header('etag', etag).header('cache-control', CACHE_CONTROL);
  addVary(reply, VARY);
  if (!hasMatchingTag(request.headers['if-none-match'], etag)) return body;
  reply.code(304);
  return '';
}
