import {
  getIntrospectionQuery,
  getNamedType,
  getNullableType,
  isCompositeType,
  isIntrospectionType,
  isListType,
  Kind,
  parse,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { MAX_PAGE } from '../../../kernel/pagination.js';
import { costOf } from './cost-directives.js';
import { introspectionSizes } from './introspection-sizes.js';
import { fieldOf, sliced, valueOf, added, times, remembered } from './cost-of-a-field.js';
import { Variables, Cost } from './cost-of-a-field.js';

/** The cost of an operation. Every selection counts, with fragments spread and introspection included. */
export interface QueryWeight {
  /** Levels of selections, not counting those below `__schema` and `__type`. */
  readonly depth: number;
  /** Levels of selections below `__schema` or `__type`. */
  readonly schemaDepth: number;
  readonly aliases: number;
  readonly fields: number;
  /** Estimated number of objects, each list multiplied by its size, plus the `@cost` weights. */
  readonly cost: (variables: Variables) => number;
}

interface Part {
  readonly depth: number;
  readonly schemaDepth: number;
  readonly aliases: number;
  readonly fields: number;
  readonly cost: Cost;
  /** The cost of one entry of the list around it, so that its size is not needed here. */
  readonly entryCost: Cost;
}

/** The cost of the standard introspection query; all other introspection costs in proportion. */
const STANDARD_INTROSPECTION = 600;

/** Computes the cost of an operation of a valid document. Each fragment is walked once, however often it is spread. */
export function weigh(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): QueryWeight {
  const part = weighPart(schema, document, operation, schemaRate(schema));
  const defaults: Variables = {};
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    if (defaultValue) defaults[variable.name.value] = valueFromASTUntyped(defaultValue);
  }
  return { ...part, cost: (variables) => Math.ceil(valueOf(part.cost, { ...defaults, ...variables })) };
}

const rates = new WeakMap<GraphQLSchema, number>();

/** The cost of one introspection object, so that the standard query costs STANDARD_INTROSPECTION. */
export function schemaRate(schema: GraphQLSchema): number {
  let rate = rates.get(schema);
  if (rate === undefined) {
    const document = parse(
      getIntrospectionQuery({
        schemaDescription: true,
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        inputValueDeprecation: true,
        oneOf: true,
      }),
    );
    const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    const objects = operation ? valueOf(weighPart(schema, document, operation, 1).cost, {}) : 1;
    rates.set(schema, (rate = STANDARD_INTROSPECTION / objects));
  }
  return rate;
}

function weighPart(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  rate: number,
): Part {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const root = schema.getRootType(operation.operation);
  return root
    ? new Walker(schema, fragments, rate).selections(operation.selectionSet, root, NO_ENTRIES)
    : NOTHING;
}

const NOTHING: Part = { depth: 0, schemaDepth: 0, aliases: 0, fields: 0, cost: 0, entryCost: 0 };

/** The fields of a connection that hold the entries of its list: `nodes` and `edges`. */
type EntryFields = readonly string[];
const NO_ENTRIES: EntryFields = [];

class Walker {
  // By the names of the entry fields, not by the list that they belong to: a fragment that is spread under two lists is
  // walked once all the same. Otherwise each level of fragments would double the walks.
  private readonly spread = new Map<FragmentDefinitionNode, Map<string, Part>>();
  private readonly sizes: ReadonlyMap<string, number>;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly rate: number,
  ) {
    this.sizes = introspectionSizes(schema);
  }

  selections(set: SelectionSetNode, parent: GraphQLCompositeType, entries: EntryFields): Part {
    const parts = set.selections.map((node): Part => {
      if (node.kind === Kind.FIELD) return this.field(node, parent, entries);
      if (node.kind === Kind.INLINE_FRAGMENT)
        return this.selections(
          node.selectionSet,
          this.typeOf(node.typeCondition?.name.value, parent),
          entries,
        );
      const fragment = this.fragments.get(node.name.value);
      return fragment ? this.fragment(fragment, parent, entries) : NOTHING;
    });
    const sum = (of: (part: Part) => number): number => parts.reduce((total, part) => total + of(part), 0);
    const most = (of: (part: Part) => number): number =>
      parts.reduce((found, part) => Math.max(found, of(part)), 0);
    return {
      depth: most(({ depth }) => depth),
      schemaDepth: most(({ schemaDepth }) => schemaDepth),
      aliases: sum(({ aliases }) => aliases),
      fields: sum(({ fields }) => fields),
      cost: added(parts.map(({ cost }) => cost)),
      entryCost: added(parts.map(({ entryCost }) => entryCost)),
    };
  }

  private fragment(node: FragmentDefinitionNode, parent: GraphQLCompositeType, entries: EntryFields): Part {
    const weighed = this.spread.get(node) ?? new Map<string, Part>();
    this.spread.set(node, weighed);
    const key = entries.join(' ');
    let part = weighed.get(key);
    if (!part) {
      const type = this.typeOf(node.typeCondition.name.value, parent);
      const walked = this.selections(node.selectionSet, type, entries);
      const { cost, entryCost } = walked;
      part = { ...walked, cost: remembered(cost), entryCost: remembered(entryCost) };
      weighed.set(key, part);
    }
    return part;
  }

  private typeOf(name: string | undefined, otherwise: GraphQLCompositeType): GraphQLCompositeType {
    const type = name === undefined ? otherwise : this.schema.getType(name);
    return isCompositeType(type) ? type : otherwise;
  }

  private field(node: FieldNode, parent: GraphQLCompositeType, entries: EntryFields): Part {
    const aliases = node.alias ? 1 : 0;
    const definition = fieldOf(parent, node.name.value);
    const type = definition && getNamedType(definition.type);
    const leaf = { ...NOTHING, depth: 1, fields: 1, aliases };
    if (!definition || !type) return leaf;
    const { weight, size, below } = this.measures(node, parent, definition);
    const isEntry = isListType(getNullableType(definition.type)) && entries.includes(definition.name);
    const costing = (ofOne: Cost): Pick<Part, 'cost' | 'entryCost'> =>
      isEntry ? { cost: 0, entryCost: ofOne } : { cost: times(size, ofOne), entryCost: 0 };
    if (!node.selectionSet || !isCompositeType(type)) return { ...leaf, ...costing(weight ?? 0) };
    const inner = this.selections(node.selectionSet, type, below?.fields ?? NO_ENTRIES);
    const isSchema = isIntrospectionType(type);
    const ofEntries = below ? times(below.size, inner.entryCost) : 0;
    return {
      depth: isSchema ? 1 : inner.depth + 1,
      schemaDepth: isSchema ? Math.max(inner.schemaDepth, inner.depth) + 1 : inner.schemaDepth,
      aliases: aliases + inner.aliases,
      fields: 1 + inner.fields,
      ...costing(added([weight ?? (isSchema ? this.rate : 1), inner.cost, ofEntries])),
    };
  }

  /** The weight of one value of the field, the number of values, and what holds the entries of its list, and how many. */
  private measures(
    node: FieldNode,
    parent: GraphQLCompositeType,
    definition: GraphQLField<unknown, unknown>,
  ): { weight: number | null; size: Cost; below: { fields: EntryFields; size: Cost } | null } {
    const { weight, assumedSize, slicingArguments, sizedFields } = costOf(this.schema, definition);
    const asked =
      slicingArguments.length > 0 ? sliced(node, slicingArguments, assumedSize ?? MAX_PAGE) : null;
    const below = asked !== null && sizedFields.length > 0 ? { fields: sizedFields, size: asked } : null;
    if (!isListType(getNullableType(definition.type))) return { weight, size: 1, below };
    const own = asked ?? assumedSize ?? this.sizes.get(`${parent.name}.${definition.name}`);
    // A list without a declared size counts as the largest page: a missing directive must not reduce the cost.
    return { weight, size: own ?? MAX_PAGE, below };
  }
}
