import {
  GraphQLError,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { DomainError, DomainErrors } from '../../kernel/errors.js';
import type { RequestContext } from './context.js';

type Resolver = GraphQLFieldResolver<unknown, RequestContext, Record<string, unknown>>;

/**
 * Two rules for every field with arguments. A null argument with a default means the default, because clients send null
 * for unset values. And an error of an argument must carry its location in the document: a DomainError has a `path` of
 * its own, the one in the input, which graphql-js would take for the path in the response.
 */
export function installArgumentRules(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.resolve && field.args.length > 0)
        field.resolve = withManners(field, field.resolve as Resolver) as typeof field.resolve;
    }
  }
}

function withManners(field: GraphQLField<unknown, unknown>, resolve: Resolver): Resolver {
  const defaults = field.args.filter(
    ({ type, defaultValue }) => defaultValue != null && !isNonNullType(type),
  );
  return (source, args, context, info) => {
    for (const { name, defaultValue } of defaults) if (args[name] === null) args[name] = defaultValue;
    try {
      const value: unknown = resolve(source, args, context, info);
      return value instanceof Promise ? value.catch(throwPlaceless) : value;
    } catch (error) {
      return throwPlaceless(error);
    }
  };
}

/** Throws the same error without a path, so that graphql-js sets it. */
function throwPlaceless(error: unknown): never {
  if (error instanceof DomainError || error instanceof DomainErrors)
    throw new GraphQLError(error.message, { originalError: error });
  throw error;
}
