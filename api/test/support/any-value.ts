import {
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';

const SCALARS: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 1,
  Boolean: true,
  MinorUnits: 100,
  EmailAddress: 'somebody@example.test',
  CountryCode: 'RO',
  CurrencyCode: 'RON',
  URL: 'https://example.test',
  DateTime: '2026-01-01T00:00:00Z',
};

/** A valid value of this type: required fields are set, optional ones omitted. */
export function anyValue(type: GraphQLInputType): unknown {
  const bare = getNullableType(type);
  if (isListType(bare)) return [];
  if (isEnumType(bare)) return bare.getValues()[0]?.name;
  if (!isInputObjectType(bare)) return SCALARS[getNamedType(bare).name] ?? 'x'.repeat(8);
  const needed = Object.values(bare.getFields()).filter(
    (field) => isNonNullType(field.type) && field.defaultValue === undefined,
  );
  return Object.fromEntries(needed.map((field) => [field.name, anyValue(field.type)]));
}

/** A request for one root field with the required arguments only. */
export function leastRequest(
  operation: string,
  field: GraphQLField<unknown, unknown>,
): { query: string; variables: object } {
  const needed = field.args.filter(
    (argument) => isNonNullType(argument.type) && argument.defaultValue === undefined,
  );
  const heads = needed.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const values = needed.map(({ name }) => `${name}: $${name}`).join(', ');
  const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
  return {
    query: `${operation} Least${heads && `(${heads})`} { ${field.name}${values && `(${values})`}${selection} }`,
    variables: Object.fromEntries(needed.map(({ name, type }) => [name, anyValue(type)])),
  };
}
