import type { ApolloServerPlugin } from '@apollo/server';
import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { MAX_PAGE } from '../../kernel/pagination.js';
import type { RequestContext, Viewer } from './context.js';

const MAX_DEPTH = 12;
const MAX_ALIASES = 30;
// Fragments that spread fragments can make a short document endless to walk; our own largest stay far below this.
const MAX_FIELDS = 5_000;
const ANONYMOUS_LIMIT = 1_000;
const CUSTOMER_LIMIT = 2_000;
const STAFF_LIMIT = 20_000;

/** Parsing is recursive and comes before every other limit. */
export const PARSE_OPTIONS = { maxTokens: 10_000 } as const;

type Variables = Record<string, unknown>;

/** What a document may cost: 1 for each object it can answer, times the page size of the connections around it. */
export interface QueryWeight {
  readonly depth: number;
  readonly aliases: number;
  readonly fields: number;
  readonly cost: (variables: Variables) => number;
}

/** The cost a caller may spend on one request. */
export function costLimit(viewer: Viewer | null): number {
  if (!viewer) return ANONYMOUS_LIMIT;
  return viewer.permissions.size > 0 ? STAFF_LIMIT : CUSTOMER_LIMIT;
}

/** Weighs a valid document. The walk happens once; only page sizes given by variables are put in for each request. */
export function weigh(schema: GraphQLSchema, document: DocumentNode): QueryWeight {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const walker = new Walker(schema, fragments);
  const parts = document.definitions.flatMap((node) => {
    if (node.kind !== Kind.OPERATION_DEFINITION) return [];
    const root = schema.getRootType(node.operation);
    return root ? [walker.selections(node.selectionSet, root, 1)] : [];
  });
  return {
    depth: walker.depth,
    aliases: walker.aliases,
    fields: walker.fields,
    cost: (variables) => parts.reduce((sum, part) => sum + part(variables), 0),
  };
}

type Cost = (variables: Variables) => number;

class Walker {
  depth = 0;
  aliases = 0;
  fields = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  ) {}

  selections(set: SelectionSetNode, parent: GraphQLCompositeType, depth: number): Cost {
    this.depth = Math.max(this.depth, depth);
    // Past the limit the document is refused anyway; going on would let a hostile one take its time.
    if (depth > MAX_DEPTH || this.fields > MAX_FIELDS) return () => 0;
    const parts = set.selections.flatMap((node): Cost[] => {
      if (++this.fields > MAX_FIELDS) return [];
      if (node.kind === Kind.FIELD) return this.field(node, parent, depth);
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(node.name.value) : node;
      const type = fragment?.typeCondition ? this.schema.getType(fragment.typeCondition.name.value) : parent;
      return fragment && type && isCompositeType(type)
        ? [this.selections(fragment.selectionSet, type, depth)]
        : [];
    });
    return (variables) => parts.reduce((sum, part) => sum + part(variables), 0);
  }

  private field(node: FieldNode, parent: GraphQLCompositeType, depth: number): Cost[] {
    if (node.alias) this.aliases++;
    const definition =
      isObjectType(parent) || 'getFields' in parent ? parent.getFields()[node.name.value] : undefined;
    if (!definition || !node.selectionSet) return [];
    const type = getNamedType(definition.type);
    if (!isCompositeType(type)) return [];
    const inner = this.selections(node.selectionSet, type, depth + 1);
    // edges, nodes and pageInfo are the connection's own bookkeeping: its page size already counts them.
    const own = isListType(getNullableType(definition.type)) && /Connection$/.test(parent.name) ? 0 : 1;
    const size = pageSize(node, definition);
    return [(variables) => size(variables) * (own + inner(variables))];
  }
}

function pageSize(node: FieldNode, definition: GraphQLField<unknown, unknown>): Cost {
  const paging = ['first', 'last'].filter((name) =>
    definition.args.some((argument) => argument.name === name),
  );
  if (paging.length === 0) return () => 1;
  const given = node.arguments?.find(
    ({ name, value }) => paging.includes(name.value) && value.kind !== Kind.NULL,
  )?.value;
  const fallback = definition.args.find(({ name }) => name === 'first')?.defaultValue;
  const standard = typeof fallback === 'number' ? fallback : 20;
  return (variables) => Math.min(MAX_PAGE, Math.max(1, numberOf(given, variables) ?? standard));
}

function numberOf(value: ValueNode | undefined, variables: Variables): number | null {
  if (value?.kind === Kind.INT) return Number(value.value);
  if (value?.kind !== Kind.VARIABLE) return null;
  const given = variables[value.name.value];
  return typeof given === 'number' ? given : null;
}

/** What a caller sends to be answered: a valid document with its variables. */
export interface Asked {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly variables: Variables | null | undefined;
  readonly viewer: Viewer | null;
}

const weights = new WeakMap<DocumentNode, QueryWeight>();

/** @throws GraphQLError for a document that is too deep, too aliased or too dear for the caller, before anything is read */
export function assertAffordable({ schema, document, variables, viewer }: Asked): void {
  let weight = weights.get(document);
  if (!weight) {
    assertStorable(textsOf(document));
    weights.set(document, (weight = weigh(schema, document)));
  }
  assertStorable(variables);
  if (weight.fields > MAX_FIELDS) throw tooExpensive(`asks for more than ${MAX_FIELDS} fields`);
  const limit = costLimit(viewer);
  if (weight.depth > MAX_DEPTH) throw tooExpensive(`nests deeper than ${MAX_DEPTH} levels`);
  if (weight.aliases > MAX_ALIASES) throw tooExpensive(`uses more than ${MAX_ALIASES} aliases`);
  const cost = weight.cost(variables ?? {});
  if (cost > limit) throw tooExpensive(`costs ${cost} of ${limit}: ask for smaller pages`);
}

/** The limits for queries and mutations, which come by HTTP. */
export function queryLimits(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: async () => ({
      async didResolveOperation({ document, schema, request, contextValue }) {
        assertAffordable({ schema, document, variables: request.variables, viewer: contextValue.viewer });
      },
    }),
  };
}

function textsOf(document: DocumentNode): string[] {
  const texts: string[] = [];
  visit(document, { StringValue: ({ value }) => void texts.push(value) });
  return texts;
}

/**
 * PostgreSQL can keep neither NUL nor half a surrogate pair. No honest text has them, so they are refused here, for
 * every field there will ever be.
 */
function assertStorable(value: unknown): void {
  if (typeof value === 'string') {
    if (value.includes('\0') || /\p{Surrogate}/u.test(value)) {
      throw new GraphQLError('A text holds characters that are no characters.', {
        extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
      });
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) assertStorable(part);
  }
}

function tooExpensive(why: string): GraphQLError {
  return new GraphQLError(`This request ${why}.`, {
    extensions: { code: 'QUERY_TOO_EXPENSIVE', http: { status: 400 } },
  });
}
