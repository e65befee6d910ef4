import { InvalidInputError } from '../../kernel/errors.js';
import type { StoredFieldValue } from '../fields/field-declaration.js';
import { fittingValue, readField } from '../fields/read-field.js';
import type { ArgumentDeclaration } from './define-strategy.js';
import { readSteps, type Step } from './steps.js';

type Value = StoredFieldValue | readonly Step[];

/**
 * What is to be stored for a given value of an argument; null when it is empty: see `readField`.
 *
 * @returns an InvalidInputError with this path for what the argument does not take
 */
export function readArgument(
  field: ArgumentDeclaration,
  given: unknown,
  path: readonly string[],
): Value | null | InvalidInputError {
  const { type } = field;
  if (type !== 'steps') return readField({ ...field, type }, given, path);
  const steps = readSteps(given, path);
  return steps === null && field.required ? new InvalidInputError('This cannot be empty.', path) : steps;
}

/** A stored value as far as it fits today's declaration of the argument, else null: see `fittingValue`. */
export function fittingArgument(field: ArgumentDeclaration, stored: unknown): Value | null {
  const { type } = field;
  if (type !== 'steps') return fittingValue({ ...field, type }, stored);
  const steps = readSteps(stored, []);
  return steps instanceof InvalidInputError ? null : steps;
}
