import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  getIntrospectionQuery,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  isInterfaceType,
  isIntrospectionType,
  Kind,
  parse,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  validate,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { anyDocument } from '../../../../test/support/any-document.js';
import { contract, ROOT } from '@vitrine/testing/shop/contract.js';
import { costOf } from './cost-directives.js';
import { introspectionSizes } from './introspection-sizes.js';
import { assertAffordable, costLimit } from './limits.js';
import { type Variables } from './cost-of-a-field.js';
import { schemaRate, weigh } from './weigh.js';

const schema = contract();
const sizes = introspectionSizes(schema);

function operationOf(document: DocumentNode): OperationDefinitionNode {
  const node = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (!node) throw new Error('The document has no operation');
  return node;
}

const asked = (text: string, variables: Variables = {}) => {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  return { schema, document, operation: operationOf(document), variables, viewer: null };
};

/** The same sums by plain recursion over the document with its fragments spread: slow, but obviously correct. */
class NaiveWalk {
  fields = 0;
  aliases = 0;

  constructor(
    private readonly document: DocumentNode,
    private readonly variables: Variables,
  ) {}

  cost(set: SelectionSetNode, parent: GraphQLCompositeType, page: number | null): number {
    let total = 0;
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) {
        total += this.field(node, parent, page);
        continue;
      }
      const fragment =
        node.kind === Kind.INLINE_FRAGMENT
          ? node
          : this.document.definitions.find(
              (one): one is FragmentDefinitionNode =>
                one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === node.name.value,
            );
      const name = fragment?.typeCondition?.name.value;
      if (fragment)
        total += this.cost(
          fragment.selectionSet,
          name ? (schema.getType(name) as GraphQLCompositeType) : parent,
          page,
        );
    }
    return total;
  }

  private field(node: FieldNode, parent: GraphQLCompositeType, page: number | null): number {
    this.fields++;
    if (node.alias) this.aliases++;
    const name = node.name.value;
    const meta = { __schema: SchemaMetaFieldDef, __type: TypeMetaFieldDef, __typename: TypeNameMetaFieldDef };
    const definition =
      meta[name as '__schema'] ??
      (isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined);
    if (!definition) throw new Error(`No field ${name}`);
    const type = getNamedType(definition.type);
    const { weight, assumedSize, slicingArguments, sizedFields } = costOf(schema, definition);
    const given = (node.arguments ?? [])
      .filter(({ name: argument }) => slicingArguments.includes(argument.value))
      .map(({ value }) => {
        if (value.kind === Kind.INT) return Number(value.value);
        if (value.kind === Kind.LIST) return value.values.length;
        const chosen = value.kind === Kind.VARIABLE ? this.variables[value.name.value] : undefined;
        return value.kind === Kind.NULL ? null : typeof chosen === 'number' ? chosen : undefined;
      })
      .filter((value) => value !== null);
    const pages = given.map((value) =>
      value === undefined ? (assumedSize ?? 0) : Math.min(100, Math.max(1, value)),
    );
    const wanted = slicingArguments.length === 0 ? null : pages.length > 0 ? Math.max(...pages) : assumedSize;
    let size = 1;
    if (isListType(getNullableType(definition.type)))
      size =
        page !== null && ['nodes', 'edges'].includes(name)
          ? page
          : (wanted ?? assumedSize ?? sizes.get(`${parent.name}.${name}`) ?? NaN);
    const own = weight ?? (!isCompositeType(type) ? 0 : isIntrospectionType(type) ? schemaRate(schema) : 1);
    const below = sizedFields.length > 0 ? wanted : null;
    const inner = node.selectionSet ? this.cost(node.selectionSet, type as GraphQLCompositeType, below) : 0;
    return size * (own + inner);
  }
}

describe('the weighing of a request', () => {
  it('counts each field, alias and object of the document with its fragments spread', () => {
    fc.assert(
      fc.property(anyDocument(schema), ({ text, variables }) => {
        const document = parse(text);
        expect(validate(schema, document)).toEqual([]);
        const operation = operationOf(document);
        const naive = new NaiveWalk(document, { a: 7, ...variables });
        const root = schema.getRootType(operation.operation);
        const cost = root ? naive.cost(operation.selectionSet, root, null) : NaN;

        const weight = weigh(schema, document, operation);

        expect({ fields: weight.fields, aliases: weight.aliases }).toEqual({
          fields: naive.fields,
          aliases: naive.aliases,
        });
        expect(Math.abs(weight.cost(variables) - Math.ceil(cost))).toBeLessThanOrEqual(1 + cost * 1e-9);
      }),
      { numRuns: 300 },
    );
  });

  it('counts fragments in fragments without walking each spread', () => {
    const doubling = Array.from(
      { length: 400 },
      (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`,
    );
    const document = parse(`{ ...F0 } ${doubling.join(' ')} fragment F400 on Query { shop { name } }`);

    expect(weigh(schema, document, operationOf(document)).fields).toBe(2 ** 401);
  });

  it('nor where each of them is spread under two lists of its own', () => {
    const levels = 150;
    const twice = (i: number): string =>
      ['a', 'b'].map((name) => `${name}: orders(first: 2) { ...F${i + 1} }`).join(' ');
    const doubling = Array.from(
      { length: levels },
      (_, i) => `fragment F${i} on OrderConnection { nodes { customer { ${twice(i)} } } }`,
    );
    const last = `fragment F${levels} on OrderConnection { nodes { id } }`;
    const document = parse(
      `{ customer(id: "a") { orders(first: 2) { ...F0 } } } ${doubling.join(' ')} ${last}`,
    );
    expect(validate(schema, document)).toEqual([]);

    const { aliases, cost } = weigh(schema, document, operationOf(document));

    expect(aliases).toBe(2 ** (levels + 1) - 2);
    // Each list has two entries and two lists below each: four times as many objects at every level.
    expect(cost({})).toBeGreaterThan(4 ** levels);
  });

  it('takes the page size that a variable falls back to', () => {
    const cost = (text: string, variables: Variables = {}): number =>
      assertAffordable(asked(text, variables)).requested;

    expect(cost('query($n: Int = 90) { products(first: $n) { nodes { id } } }')).toBe(115);
    expect(cost('query($n: Int = 90) { products(first: $n) { nodes { id } } }', { n: 5 })).toBe(30);
    expect(cost('{ nodes(ids: ["a", "b", "c"]) { id } }')).toBe(3);
    expect(cost('query($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ['a', 'b'] })).toBe(2);
    expect(cost('query($ids: [ID!]!) { nodes(ids: $ids) { id } }')).toBe(100);
  });

  it('weighs only the operation that is asked for', () => {
    const document = parse('query A { shop { name } } query B { products(first: 100) { nodes { id } } }');
    const [operation] = document.definitions as OperationDefinitionNode[];

    expect(operation && weigh(schema, document, operation).cost({})).toBe(1);
  });

  it('holds lists in lists to be dear, whatever way they come round', () => {
    const round =
      '{ variants { product { variants { product { variants { product { variants { id } } } } } } } }';
    for (const text of [
      `{ product(slug: "a") ${round} }`,
      '{ categoryTree { children { parent { children { parent { children { id } } } } } } }',
      '{ products(first: 100) { nodes { relatedProducts(first: 12) { name } } } }',
    ]) {
      expect(() => assertAffordable(asked(text))).toThrow(/costs \d+ of 1000: ask for smaller pages/);
    }
  });
});

describe('the description of the schema', () => {
  const options = {
    schemaDescription: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    inputValueDeprecation: true,
    oneOf: true,
  };

  it.each([
    ['as GraphQL writes it', getIntrospectionQuery()],
    ['with everything', getIntrospectionQuery(options)],
    ['without descriptions', getIntrospectionQuery({ descriptions: false })],
    [
      'as urql asks for it',
      '{ __schema { queryType { name } mutationType { name } subscriptionType { name } types { kind name fields(includeDeprecated: true) { name type { ...T } args { name type { ...T } } } inputFields { name type { ...T } } interfaces { name } possibleTypes { name } } } } fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }',
    ],
    ['of one type', '{ __type(name: "Product") { name fields { name type { name ofType { name } } } } }'],
  ])('may be read by anybody, %s', (_name, text) => {
    expect(assertAffordable(asked(text)).requested).toBeLessThanOrEqual(costLimit(null) * 0.7);
  });

  it('costs by its breadth: sixty times the types are refused', () => {
    const many = (times: number): string =>
      `{ __schema { ${Array.from({ length: times }, (_, i) => `a${i}: types { ...F }`).join(' ')} } } fragment F on __Type { fields { name description type { fields { name ofType { fields { name description args { name description } } ofType { ofType { name } } } } } } }`;
    const types = Array.from({ length: 30 }, (_, i) => `a${i}: types { name fields { name args { name } } }`);

    expect(() => assertAffordable(asked(`{ __schema { ${types.join(' ')} } }`))).toThrow(/costs/);
    expect(() => {
      const document = parse(many(60));
      assertAffordable({ schema, document, operation: operationOf(document), variables: {}, viewer: null });
    }).toThrow(/60 aliases, at most 30/);
    expect(() => {
      const document = parse(many(30));
      assertAffordable({ schema, document, operation: operationOf(document), variables: {}, viewer: null });
    }).toThrow(/costs/);
  });
});

describe('the contract', () => {
  it('says of each list how long it is taken to be', () => {
    const unsized = Object.values(schema.getTypeMap()).flatMap((type) => {
      if (!isObjectType(type) && !isInterfaceType(type)) return [];
      if (isIntrospectionType(type)) return [];
      return Object.values(type.getFields())
        .filter((field) => isListType(getNullableType(field.type)))
        .filter((field) => !(/Connection$/.test(type.name) && ['nodes', 'edges'].includes(field.name)))
        .filter((field) => costOf(schema, field).assumedSize === null)
        .map((field) => `${type.name}.${field.name}`);
    });

    expect(unsized, 'write @ListSize(usual number of entries) on them').toEqual([]);
  });
});

describe.each([
  ['storefront', costLimit(null)],
  ['admin', 20_000],
])('each operation of the %s', (client, limit) => {
  const files = globSync([`${client}/src/**/*.graphql`, 'packages/client/graphql/*.graphql'], {
    cwd: ROOT,
  }).map((file) => join(ROOT, file));
  const document = parse(files.map((file) => readFileSync(file, 'utf8')).join('\n'));
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  // The largest pages that the clients request, for every page size variable.
  const page = client === 'admin' ? 100 : 24;

  it.each(operations.map((operation) => [operation.name?.value, operation] as const))(
    '%s stays below seven tenths of what its caller may spend',
    (_name, operation) => {
      const names = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
      const { cost, aliases, depth } = weigh(schema, document, operation);

      expect(cost(Object.fromEntries(names.map((name) => [name, page])))).toBeLessThan(limit * 0.7);
      expect({ aliases: aliases <= 30, depth: depth <= 12 }).toEqual({ aliases: true, depth: true });
    },
  );
});
