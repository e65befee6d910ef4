import {
  defaultFieldResolver,
  getNamedType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import type { RequestContext } from './context.js';

/** The header by which a client asks for URLs of this server as paths. */
export const URLS_HEADER = 'x-vitrine-urls';

/**
 * Returns URLs of this server as absolute URLs, so that clients of other origins can use them. Clients whose own origin
 * proxies /media, /documents and /uploads, as both of ours do, ask for paths with the header x-vitrine-urls: their
 * pages then load everything from one origin, whatever its host name.
 *
 * Services and storage return paths; the conversion happens here, for every field of the type URL.
 */
export function installFullUrls(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (getNamedType(field.type).name !== 'URL') continue;
      field.resolve = inFull((field.resolve ?? defaultFieldResolver) as Resolver) as typeof field.resolve;
    }
  }
}

type Resolver = GraphQLFieldResolver<unknown, RequestContext>;

function inFull(resolve: Resolver): Resolver {
  return (source, args, context, info) => {
    const value: unknown = resolve(source, args, context, info);
    return value instanceof Promise
      ? value.then((url: unknown) => withOrigin(url, context))
      : withOrigin(value, context);
  };
}

function withOrigin(url: unknown, { urlPrefix }: RequestContext): unknown {
  return typeof url === 'string' && url.startsWith('/') ? `${urlPrefix}${url}` : url;
}
