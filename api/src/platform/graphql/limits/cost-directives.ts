import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  DirectiveLocation,
  getNamedType,
  getNullableType,
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLString,
  isListType,
  isObjectType,
  Kind,
  parse,
  parseType,
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLFieldConfig,
  type GraphQLSchema,
} from 'graphql';
import { Directive } from 'type-graphql';
import { MAX_PAGE } from '../../../kernel/pagination.js';

type Decorator = PropertyDecorator & MethodDecorator;

/** `@listSize(assumedSize:)`: the assumed size of a list without paging. A usual number, not the largest. */
export function ListSize(assumedSize: number): Decorator {
  return Directive(`@listSize(assumedSize: ${assumedSize})`) as Decorator;
}

/** `@listSize(slicingArguments:)` for a list that returns one entry for each entry of the argument, a list of ids. */
export function SizedBy(argument: string): Decorator {
  return Directive(
    `@listSize(assumedSize: ${MAX_PAGE}, slicingArguments: ["${argument}"], requireOneSlicingArgument: false)`,
  ) as Decorator;
}

/** `@cost(weight:)`: the weight of each value of the field, for work that costs more than reading an object. */
export function Cost(weight: number): Decorator {
  return Directive(`@cost(weight: ${weight})`) as Decorator;
}

const SLICING = ['first', 'last'];
const SIZED = ['nodes', 'edges'];
const strings = new GraphQLList(new GraphQLNonNull(GraphQLString));
const locations = [DirectiveLocation.FIELD_DEFINITION];

/** The directives that declare costs, with the names of the GraphQL cost directives specification. */
export const COST_DIRECTIVES = [
  new GraphQLDirective({
    name: 'listSize',
    description:
      'The number of entries of a list in the cost of a request: those requested by the slicing arguments, else assumedSize.',
    locations,
    args: {
      assumedSize: { type: GraphQLInt, description: 'Entries when no slicing argument is given.' },
      slicingArguments: {
        type: strings,
        description:
          'Arguments that say how many entries are wanted: a number, or a list with one for each of them.',
      },
      sizedFields: {
        type: strings,
        description:
          'The fields of the returned object that contain the entries; absent when it is the list itself.',
      },
      requireOneSlicingArgument: {
        type: GraphQLBoolean,
        defaultValue: true,
        description: 'Whether a request without a slicing argument is refused; here never.',
      },
    },
  }),
  new GraphQLDirective({
    name: 'cost',
    description: 'The cost of one value of the field. Without it 1 for an object and 0 for a plain value.',
    locations,
    args: { weight: { type: new GraphQLNonNull(GraphQLInt), description: 'The count.' } },
  }),
];

/** Page size of a connection when the request gives none and the field has no default. */
const STANDARD_PAGE = 20;

/**
 * Adds `@listSize` to each field that takes `first` or `last`, so that the schema declares what these arguments mean.
 */
export function sizePagedFields(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field: GraphQLFieldConfig<unknown, unknown>, name) => {
      const args = SLICING.filter((argument) => field.args?.[argument]);
      if (args.length === 0 || getDirective(schema, field, 'listSize')) return undefined;
      const usual = field.args?.['first']?.defaultValue;
      const type = getNamedType(field.type);
      const sized = isObjectType(type) && !isListType(getNullableType(field.type));
      const fields = sized ? SIZED.filter((inner) => type.getFields()[inner]) : [];
      const directive = directiveNode(
        `@listSize(assumedSize: ${typeof usual === 'number' ? usual : STANDARD_PAGE}, slicingArguments: ${JSON.stringify(args)}, ` +
          `${fields.length > 0 ? `sizedFields: ${JSON.stringify(fields)}, ` : ''}requireOneSlicingArgument: false)`,
      );
      const base = field.astNode ?? {
        kind: Kind.FIELD_DEFINITION,
        name: { kind: Kind.NAME, value: name },
        type: parseType(String(field.type)),
      };
      return { ...field, astNode: { ...base, directives: [...(base.directives ?? []), directive] } };
    },
  });
}

function directiveNode(text: string): ConstDirectiveNode {
  const [type] = parse(`type T { field: Int ${text} }`, { noLocation: true }).definitions;
  const node = type?.kind === Kind.OBJECT_TYPE_DEFINITION ? type.fields?.[0]?.directives?.[0] : undefined;
  if (!node) throw new Error(`This is no directive: ${text}`);
  return node;
}

/** The declared cost of a field. */
export interface FieldCost {
  readonly weight: number | null;
  readonly assumedSize: number | null;
  readonly slicingArguments: readonly string[];
  readonly sizedFields: readonly string[];
}

const known = new WeakMap<object, FieldCost>();

export function costOf(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>): FieldCost {
  let cost = known.get(field);
  if (!cost) {
    const size = getDirective(schema, field, 'listSize')?.[0] ?? {};
    const weight: unknown = getDirective(schema, field, 'cost')?.[0]?.['weight'];
    cost = {
      weight: typeof weight === 'number' ? weight : null,
      assumedSize: typeof size['assumedSize'] === 'number' ? size['assumedSize'] : null,
      slicingArguments: (size['slicingArguments'] as string[] | undefined) ?? [],
      sizedFields: (size['sizedFields'] as string[] | undefined) ?? [],
    };
    known.set(field, cost);
  }
  return cost;
}
