import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { Extensions } from 'type-graphql';
import type { ErrorCode } from '../../../kernel/error-codes.js';
import { StartProblem } from '../../../kernel/start-problem.js';

type Codes = readonly ErrorCode[];

/**
 * Names the error codes of a mutation, of an input type or of a field of one, in addition to those that follow from the
 * types of its input fields. They are printed in the description of every mutation that takes it.
 */
export function UserErrors(...codes: Codes): ReturnType<typeof Extensions> {
  return Extensions({ userErrors: codes });
}

/**
 * Adds codes to those that mutations name already.
 *
 * @throws StartProblem naming the module that names a mutation which there is not
 */
export function addUserErrors(
  schema: GraphQLSchema,
  module: string,
  codes: Readonly<Record<string, Codes>>,
): void {
  for (const [name, more] of Object.entries(codes)) {
    const mutation = schema.getMutationType()?.getFields()[name];
    if (!mutation)
      throw new StartProblem(`Module ${module} refuses the mutation ${name}, which there is not`);
    mutation.extensions = { ...mutation.extensions, userErrors: [...namedAt(mutation), ...more] };
  }
}

const ofScalars: Readonly<Record<string, Codes>> = {
  ID: ['NOT_FOUND'],
  MinorUnits: ['INVALID_AMOUNT'],
  CurrencyCode: ['INVALID_AMOUNT'],
  CountryCode: ['INVALID_COUNTRY'],
  EmailAddress: ['INVALID_EMAIL'],
  URL: ['INVALID_URL'],
  DateTime: ['INVALID_DATE'],
  Date: ['INVALID_DATE'],
};

const ofFields: Readonly<Record<string, Codes>> = {
  idempotencyKey: ['IDEMPOTENCY_KEY_REUSED'],
  expectedVersion: ['STALE_VERSION'],
};

/** Every code that a mutation may return in `errors`, in the order of ErrorCode; empty if it never refuses. */
export function userErrorsOf(schema: GraphQLSchema, mutation: GraphQLField<unknown, unknown>): ErrorCode[] {
  const found = new Set<ErrorCode>(namedAt(mutation));
  const seen = new Set<GraphQLNamedType>();
  const add = (codes: Codes = []): void => codes.forEach((code) => found.add(code));
  function walk(given: GraphQLInputType): void {
    const type = getNamedType(given);
    add(ofScalars[type.name]);
    if (!isInputObjectType(type) || seen.has(type)) return;
    seen.add(type);
    add(['INVALID_INPUT', ...namedAt(type)]);
    for (const field of Object.values(type.getFields())) {
      add(namedAt(field));
      // An idempotency key is also of type ID, but names no entity that could be missing.
      if (ofFields[field.name]) add(ofFields[field.name]);
      else walk(field.type);
    }
  }
  for (const { type } of mutation.args) walk(type);
  return codesOf(schema).filter((code) => found.has(code));
}

function namedAt({ extensions }: { readonly extensions: Readonly<Record<string, unknown>> }): Codes {
  return (extensions['userErrors'] as Codes | undefined) ?? [];
}

function codesOf(schema: GraphQLSchema): ErrorCode[] {
  const type = schema.getType('ErrorCode');
  return isEnumType(type) ? type.getValues().map(({ name }) => name as ErrorCode) : [];
}
