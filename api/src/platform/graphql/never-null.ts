import { InvalidInputError, type DomainError } from '../../kernel/errors.js';

const fieldsOf = new Map<string, readonly string[]>();

/**
 * Names the fields of a change that always hold something. GraphQL lets null through for every field that may be left
 * out; in these it says nothing, and who sent it may have meant to take the value away. So it is refused.
 */
export function NeverNull<T extends object>(
  ...fields: readonly (keyof T & string)[]
): (type: new () => T) => void {
  return (type) => void fieldsOf.set(type.name, fields);
}

/** The fields of an input type in which null is refused. */
export function neverNullIn(typeName: string): readonly string[] {
  return fieldsOf.get(typeName) ?? [];
}

/** One refusal for each null where none may stand. */
export function forbiddenNullsIn(input: object): DomainError[] {
  const values = input as Record<string, unknown>;
  return neverNullIn(input.constructor.name).flatMap((field) =>
    values[field] === null
      ? [new InvalidInputError('Null is no value here. Leave the field out to keep what is stored.', [field])]
      : [],
  );
}
