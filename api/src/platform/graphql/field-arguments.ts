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
 * Two manners of each field with arguments. An argument that is null although it has a default means the default, as
 * clients send null for what they have no opinion on. And a refusal of an argument tells where in the document it came
 * from: a DomainError has a `path` of its own, the one in the input, and graphql-js takes that for the place in the answer.
 */
export function installArgumentManners(schema: GraphQLSchema): void {
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

/** The same refusal without a path, so that graphql-js gives it one. */
function throwPlaceless(error: unknown): never {
  if (error instanceof DomainError || error instanceof DomainErrors)
    throw new GraphQLError(error.message, { originalError: error });
  throw error;
}
