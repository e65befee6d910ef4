import { MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  defaultFieldResolver,
  getNullableType,
  isInputObjectType,
  isListType,
  type GraphQLFieldConfig,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import type { RequestContext } from '../context.js';

type Path = readonly string[];
type Refused = { readonly errors?: readonly { readonly path: Path | null }[] } | null | undefined;

/**
 * Fits the paths of user errors to the input that was sent. A service is shared by mutations with different inputs
 * (stock is short in a checkout, which has no lines, and in a shipment, which has), so each path is matched with the
 * input type: unchanged if it exists, else the longest existing prefix, else the longest existing suffix, else null.
 */
export function fitErrorPaths(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.MUTATION_ROOT_FIELD]: (
      field: GraphQLFieldConfig<unknown, RequestContext>,
    ): GraphQLFieldConfig<unknown, RequestContext> => {
      const { resolve = defaultFieldResolver } = field;
      const input = field.args?.['input']?.type;
      return {
        ...field,
        async resolve(source, args, context, info) {
          const payload = (await resolve(source, args, context, info)) as Refused;
          if (!payload?.errors?.length) return payload;
          return { ...payload, errors: payload.errors.map((e) => ({ ...e, path: fitted(e.path, input) })) };
        },
      };
    },
  });
}

function fitted(path: Path | null, input: GraphQLInputType | undefined): Path | null {
  if (!path || !input) return null;
  const beginning = path.slice(0, depthIn(input, path));
  if (beginning.length > 0) return beginning;
  const from = path.findIndex((_, i) => depthIn(input, path.slice(i)) === path.length - i);
  return from < 0 ? null : path.slice(from);
}

/** How many elements of a path exist in an input type. */
function depthIn(input: GraphQLInputType, path: Path): number {
  let type: GraphQLInputType = input;
  for (const [depth, part] of path.entries()) {
    const at = getNullableType(type);
    const next = isListType(at)
      ? /^\d+$/.test(part) && at.ofType
      : isInputObjectType(at) && at.getFields()[part]?.type;
    if (!next) return depth;
    type = next;
  }
  return path.length;
}
