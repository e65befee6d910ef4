import { DomainError, InvalidInputError } from '../../kernel/errors.js';
import type { MetadataValues } from './metadata.entity.js';

export const MOST_KEYS = 50;
export const MOST_KEY_CHARACTERS = 64;
export const MOST_VALUE_CHARACTERS = 2_000;
/** Of all keys and values of one entity together, each for staff and for the public. */
const MOST_CHARACTERS = 20_000;

const KEY = /^[A-Za-z0-9][A-Za-z0-9_.:-]*$/;

/** One value to write. */
export interface MetadataEntryValue {
  readonly key: string;
  readonly value: string;
}

/** Changes of the values that one kind of reader sees. Keys that are not named stay as they are. */
export interface MetadataChanges {
  readonly set: readonly MetadataEntryValue[];
  readonly remove: readonly string[];
  /** The names of the input fields, for the paths of errors. */
  readonly fields: { readonly set: string; readonly remove: string };
}

/**
 * Everything that is wrong with the form of the changes, whatever is stored.
 *
 * @throws DomainError METADATA_TOO_LARGE for more keys than one entity may have, before each is looked at
 */
export function wrongChanges({ set, remove, fields }: MetadataChanges): InvalidInputError[] {
  if (set.length > MOST_KEYS) throw tooLarge(fields.set);
  const seen = new Set<string>();
  const errors = set.flatMap(({ key, value }, index) => {
    const at = (field: string): string[] => [fields.set, String(index), field];
    const repeated = seen.has(key);
    seen.add(key);
    return [
      ...wrongKey(key, at('key')),
      ...(repeated ? [new InvalidInputError('This key is given twice.', at('key'))] : []),
      ...wrongValue(value, at('value')),
    ];
  });
  remove.forEach((key, index) => {
    if (seen.has(key))
      errors.push(
        new InvalidInputError('This key is set by the same change.', [fields.remove, String(index)]),
      );
  });
  return errors;
}

function wrongKey(key: string, path: string[]): InvalidInputError[] {
  if (KEY.test(key) && key.length <= MOST_KEY_CHARACTERS) return [];
  const rule = `1 to ${MOST_KEY_CHARACTERS} Latin letters, digits and . _ : -, beginning with a letter or digit.`;
  return [new InvalidInputError(rule, path)];
}

function wrongValue(value: string, path: string[]): InvalidInputError[] {
  if ([...value].length <= MOST_VALUE_CHARACTERS) return [];
  return [new InvalidInputError(`At most ${MOST_VALUE_CHARACTERS} characters.`, path)];
}

/**
 * The values after the changes.
 *
 * @throws DomainError METADATA_TOO_LARGE for more than one entity may have; fewer than before are accepted always
 */
export function changedValues(
  before: MetadataValues,
  { set, remove, fields }: MetadataChanges,
): MetadataValues {
  const removed = new Set(remove);
  const kept = Object.entries(before).filter(([key]) => !removed.has(key));
  const after = Object.fromEntries([...kept, ...set.map(({ key, value }) => [key, value] as const)]);
  if (isTooLarge(after) && set.length > 0) throw tooLarge(fields.set);
  return after;
}

function tooLarge(field: string): DomainError {
  return new DomainError(
    'METADATA_TOO_LARGE',
    `At most ${MOST_KEYS} keys and ${MOST_CHARACTERS} characters of keys and values together.`,
    [field],
  );
}

function isTooLarge(values: MetadataValues): boolean {
  const entries = Object.entries(values);
  const characters = entries.reduce((sum, [key, value]) => sum + key.length + [...value].length, 0);
  return entries.length > MOST_KEYS || characters > MOST_CHARACTERS;
}

/** The keys whose values differ, in alphabetical order. */
export function differentKeys(before: MetadataValues, after: MetadataValues): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => before[key] !== after[key]).sort();
}
