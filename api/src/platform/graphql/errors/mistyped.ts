import {
  defaultFieldResolver,
  getNamedType,
  isInputObjectType,
  type GraphQLFieldConfig,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { MapperKind, mapSchema } from '@graphql-tools/utils';
import type { ErrorCode } from '../../../kernel/error-codes.js';
import { DomainError, DomainErrors } from '../../../kernel/errors.js';
import type { RequestContext } from '../context.js';

/**
 * Replaces an input value that its scalar cannot parse.
 *
 * A scalar that throws fails the whole request before any resolver runs, so a mistyped e-mail could not become a user
 * error with a path. Instead, scalars return this marker. `asPayload` returns it as a user error before a mutation's
 * work begins, and `refuseMistyped` throws for every other field, so no marker reaches a service.
 */
export class Mistyped {
  constructor(
    readonly code: ErrorCode,
    readonly message: string,
  ) {}
}

/** One error for each marker in an input value, with its path. */
export function mistypedIn(value: unknown, path: readonly string[] = []): DomainError[] {
  if (value instanceof Mistyped) return [new DomainError(value.code, value.message, path)];
  if (value === null || typeof value !== 'object' || value instanceof Date) return [];
  return Object.entries(value).flatMap(([name, part]) => mistypedIn(part, [...path, name]));
}

/**
 * Guards the fields outside `Mutation` whose arguments contain scalars that return markers; all others stay unchanged.
 */
export function refuseMistyped(schema: GraphQLSchema, marking: ReadonlySet<string>): GraphQLSchema {
  const isMarking = (type: GraphQLInputType, seen: ReadonlySet<string> = new Set()): boolean => {
    const named = getNamedType(type);
    if (!isInputObjectType(named)) return marking.has(named.name);
    if (seen.has(named.name)) return false;
    const within = new Set([...seen, named.name]);
    return Object.values(named.getFields()).some((field) => isMarking(field.type, within));
  };
  const mutations = schema.getMutationType()?.name;
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (
      field: GraphQLFieldConfig<unknown, RequestContext>,
      _name,
      typeName,
    ): GraphQLFieldConfig<unknown, RequestContext> | undefined => {
      if (typeName === mutations) return undefined;
      if (!Object.values(field.args ?? {}).some(({ type }) => isMarking(type))) return undefined;
      const { resolve = defaultFieldResolver } = field;
      return {
        ...field,
        resolve(source, args, context, info) {
          const [first, ...more] = mistypedIn(args);
          if (first) throw more.length > 0 ? new DomainErrors([first, ...more]) : first;
          return resolve(source, args, context, info);
        },
      };
    },
  });
}
