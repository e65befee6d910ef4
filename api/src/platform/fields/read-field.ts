import { InvalidInputError } from '../../kernel/errors.js';
import { isLanguage } from '../../kernel/languages.js';
import { boundsOf, MOST_VALUES, type FieldDeclaration, type StoredFieldValue } from './field-declaration.js';

/** Says what is wrong with a value, for who wrote it. */
class Wrong extends Error {}

/**
 * What is to be stored for a given value; null when it is empty: null, a blank text, a list or a text in several
 * languages without one. Spaces around texts are dropped.
 *
 * @returns an InvalidInputError with this path for what the field does not take
 */
export function readField(
  field: FieldDeclaration,
  given: unknown,
  path: readonly string[],
): StoredFieldValue | null | InvalidInputError {
  try {
    const value = given == null ? null : readWhole(field, given);
    if (value === null && field.required) throw new Wrong('This cannot be empty.');
    return value;
  } catch (error) {
    if (error instanceof Wrong) return new InvalidInputError(error.message, path);
    throw error;
  }
}

/**
 * A stored value as far as it fits today's declaration, else null: the declaration may be another one than when it was
 * written. Bounds and patterns are not looked at, because they hold for what is written from now on.
 */
export function fittingValue(field: FieldDeclaration, stored: unknown): StoredFieldValue | null {
  const { min: _min, max: _max, pattern: _pattern, ...shape } = field;
  try {
    return stored == null
      ? null
      : readWhole(
          {
            ...shape,
            max: Number.MAX_SAFE_INTEGER,
            min: shape.type === 'int' || shape.type === 'money' ? Number.MIN_SAFE_INTEGER : 0,
          },
          stored,
        );
  } catch (error) {
    if (error instanceof Wrong) return null;
    throw error;
  }
}

function readWhole(field: FieldDeclaration, given: unknown): StoredFieldValue | null {
  if (field.list) return readList(field, given);
  return field.translated ? readTexts(field, given) : readOne(field, given);
}

function readList(field: FieldDeclaration, given: unknown): StoredFieldValue | null {
  if (!Array.isArray(given)) throw new Wrong('A list is expected.');
  if (given.length > MOST_VALUES) throw new Wrong(`At most ${MOST_VALUES} values.`);
  const values = given.map((one) => readOne(field, one)).filter((one) => one !== null);
  return values.length > 0 ? (values as StoredFieldValue) : null;
}

function readTexts(field: FieldDeclaration, given: unknown): StoredFieldValue | null {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new Wrong('Texts by language are expected: { EN: "..." }.');
  const texts = Object.entries(given).flatMap(([code, text]) => {
    const language = code.toLowerCase();
    if (!isLanguage(language)) throw new Wrong(`${JSON.stringify(code)} is no language of texts.`);
    const read = text == null ? null : readOne(field, text);
    return read === null ? [] : [[language, read] as const];
  });
  return texts.length > 0 ? (Object.fromEntries(texts) as StoredFieldValue) : null;
}

function readOne(field: FieldDeclaration, given: unknown): string | number | boolean | null {
  switch (field.type) {
    case 'string':
    case 'text':
      return readText(field, given);
    case 'int':
    case 'money':
      return readNumber(field, given);
    case 'boolean':
      if (typeof given !== 'boolean') throw new Wrong('True or false is expected.');
      return given;
    case 'date':
      return readDay(given);
    case 'enum':
      return readOption(field, given);
  }
}

function readText(field: FieldDeclaration, given: unknown): string | null {
  if (typeof given !== 'string') throw new Wrong('A text is expected.');
  const text = given.trim();
  if (text === '') return null;
  const { min, max } = boundsOf(field);
  const length = [...text].length;
  if (length > max) throw new Wrong(`At most ${max} characters.`);
  if (length < min) throw new Wrong(`At least ${min} characters.`);
  if (field.type === 'string' && /[\r\n]/.test(text)) throw new Wrong('One line only.');
  if (field.pattern && !matchesWhole(field.pattern, text))
    throw new Wrong(`It must match ${field.pattern.source}.`);
  return text;
}

function matchesWhole({ source, flags }: RegExp, text: string): boolean {
  return new RegExp(`^(?:${source})$`, flags.replaceAll(/[gy]/g, '')).test(text);
}

function readNumber(field: FieldDeclaration, given: unknown): number {
  if (typeof given !== 'number' || !Number.isSafeInteger(given))
    throw new Wrong('A whole number is expected.');
  const { min, max } = boundsOf(field);
  if (given < min) throw new Wrong(`At least ${min}.`);
  if (given > max) throw new Wrong(`At most ${max}.`);
  return given;
}

function readDay(given: unknown): string | null {
  if (given === '') return null;
  const isDay =
    typeof given === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(given) &&
    given >= '0001' &&
    new Date(`${given}T00:00:00Z`).toJSON()?.slice(0, 10) === given;
  if (!isDay) throw new Wrong('A day is expected: YYYY-MM-DD.');
  return given;
}

function readOption({ options = [] }: FieldDeclaration, given: unknown): string | null {
  if (given === '') return null;
  const known = options.find(({ value }) => value === given);
  if (!known) throw new Wrong(`One of ${options.map(({ value }) => value).join(', ')} is expected.`);
  return known.value;
}
