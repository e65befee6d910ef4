import {
  defaultFieldResolver,
  getNamedType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import type { RequestContext } from './context.js';

/** Asks for URLs of this server as paths. */
export const URLS_HEADER = 'x-vitrine-urls';

/**
 * Answers each URL of this server in full, so that a client of another origin can use it as it is. Clients whose own
 * origin passes /media, /documents and /uploads on, as both of ours do, ask for paths with the header x-vitrine-urls:
 * their pages then load everything from one origin, under whichever name they were opened.
 *
 * Services and storage keep answering paths; this is done once, for every field of the type URL.
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
