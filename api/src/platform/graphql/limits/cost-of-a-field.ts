import {
  isInterfaceType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
} from 'graphql';
import { MAX_PAGE } from '../../../kernel/pagination.js';

export function fieldOf(
  parent: GraphQLCompositeType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  const metaField = [SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef].find(
    (field) => field.name === name,
  );
  if (metaField) return metaField;
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}

export function sliced(node: FieldNode, slicing: readonly string[], standard: number): Cost {
  const given = (node.arguments ?? []).filter(
    ({ name, value }) => slicing.includes(name.value) && value.kind !== Kind.NULL,
  );
  const sizes = given.map(({ value }): Cost => {
    if (value.kind === Kind.INT) return pageOf(Number(value.value));
    if (value.kind === Kind.LIST) return pageOf(value.values.length);
    if (value.kind !== Kind.VARIABLE) return standard;
    const name = value.name.value;
    return (variables) => {
      const given = variables[name];
      const number = Array.isArray(given) ? given.length : given;
      return typeof number === 'number' ? pageOf(number) : standard;
    };
  });
  const [first, ...others] = sizes;
  if (first === undefined) return standard;
  if (others.length === 0) return first;
  return (variables) => Math.max(...sizes.map((size) => valueOf(size, variables)));
}

function pageOf(asked: number): number {
  return Math.min(MAX_PAGE, Math.max(1, asked));
}

export function valueOf(cost: Cost, variables: Variables): number {
  return typeof cost === 'number' ? cost : cost(variables);
}

export function added(costs: readonly Cost[]): Cost {
  let fixed = 0;
  const open: ((variables: Variables) => number)[] = [];
  for (const cost of costs) {
    if (typeof cost === 'number') fixed += cost;
    else open.push(cost);
  }
  if (open.length === 0) return fixed;
  return (variables) => open.reduce((sum, cost) => sum + cost(variables), fixed);
}

export function times(size: Cost, cost: Cost): Cost {
  if (typeof size === 'number' && typeof cost === 'number') return size * cost;
  return (variables) => valueOf(size, variables) * valueOf(cost, variables);
}

/** Caches a computed cost per request; otherwise nested fragments that are spread often would multiply. */
export function remembered(cost: Cost): Cost {
  if (typeof cost === 'number') return cost;
  let last: { variables: Variables; value: number } | null = null;
  return (variables) => {
    if (last?.variables !== variables) last = { variables, value: cost(variables) };
    return last.value;
  };
}
export type Variables = Record<string, unknown>;

/** A number, or a function if page sizes come from variables. */
export type Cost = number | ((variables: Variables) => number);
