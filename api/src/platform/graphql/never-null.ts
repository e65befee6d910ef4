import { InvalidInputError, type DomainError } from '../../kernel/errors.js';

const fieldsOf = new Map<string, readonly string[]>();

/**
 * Names the input fields of an update that cannot be cleared. GraphQL accepts null for every optional field; in these
 * null would be ignored, although its sender may have meant to clear the value. So it is refused.
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

/** One error for each null in a field that cannot be cleared. */
export function forbiddenNullsIn(input: object): DomainError[] {
  const values = input as Record<string, unknown>;
  return neverNullIn(input.constructor.name).flatMap((field) =>
    values[field] === null
      ? [new InvalidInputError('Null is no value here. Leave the field out to keep what is stored.', [field])]
      : [],
  );
}
