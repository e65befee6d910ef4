import {
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';

const known = new WeakMap<GraphQLSchema, ReadonlyMap<string, number>>();

/**
 * Average sizes of the introspection lists, by `Type.field`: `@listSize` cannot be declared on types that belong to
 * GraphQL itself.
 */
export function introspectionSizes(schema: GraphQLSchema): ReadonlyMap<string, number> {
  let sizes = known.get(schema);
  if (!sizes) known.set(schema, (sizes = count(schema)));
  return sizes;
}

function count(schema: GraphQLSchema): ReadonlyMap<string, number> {
  const types = Object.values(schema.getTypeMap());
  const withFields = types.filter((type) => isObjectType(type) || isInterfaceType(type));
  const fields = withFields.flatMap((type) => Object.values(type.getFields()));
  const inputs = types.filter(isInputObjectType);
  const enums = types.filter(isEnumType);
  const abstract = types.filter(isAbstractType);
  const directives = schema.getDirectives();
  const total = (numbers: number[]): number => numbers.reduce((sum, number) => sum + number, 0);
  const perType = (amount: number): number => Math.max(1, Math.ceil(amount / types.length));
  const perDirective = (numbers: number[]): number =>
    Math.max(1, Math.ceil(total(numbers) / Math.max(1, directives.length)));
  return new Map([
    ['__Schema.types', types.length],
    ['__Schema.directives', directives.length],
    ['__Type.fields', perType(fields.length)],
    ['__Type.interfaces', perType(total(withFields.map((type) => type.getInterfaces().length)))],
    ['__Type.possibleTypes', perType(total(abstract.map((type) => schema.getPossibleTypes(type).length)))],
    ['__Type.enumValues', perType(total(enums.map((type) => type.getValues().length)))],
    ['__Type.inputFields', perType(total(inputs.map((type) => Object.keys(type.getFields()).length)))],
    ['__Field.args', Math.max(1, Math.ceil(total(fields.map(({ args }) => args.length)) / fields.length))],
    ['__Directive.args', perDirective(directives.map(({ args }) => args.length))],
    ['__Directive.locations', perDirective(directives.map(({ locations }) => locations.length))],
  ]);
}
