import type { LocalizedText } from '../../kernel/languages.js';

/** What a declared field holds; each with its form in the API as a `FieldValue`. */
export const FIELD_TYPES = {
  STRING: 'Text on one line.',
  TEXT: 'Text on several lines.',
  INT: 'A whole number.',
  MONEY: 'An amount in the smallest unit of the currency of the shop, as a whole number.',
  BOOLEAN: 'Yes or no.',
  DATE: 'A day, as YYYY-MM-DD.',
  ENUM: 'One of the options, by its value.',
} as const;

/** What an argument of a strategy holds: what a field does, or steps. */
export const ARGUMENT_TYPES = {
  ...FIELD_TYPES,
  STEPS:
    'Amounts by size, at most 50: `[{ upTo: 1000, amount: 1990 }]`. `stepUnit` says what the borders count; amounts are in the smallest unit of the currency of the shop.',
} as const;

export type DeclaredType = Lowercase<keyof typeof FIELD_TYPES>;

/** One choice of a field of the type `enum`. */
export interface DeclaredOption {
  /** In capitals, as an enum value of the schema: `HAND_WASH`. Stored, so it never changes. */
  readonly value: string;
  readonly label: LocalizedText;
}

/** A value of a field as it is stored; texts in several languages by language. Null is never stored. */
export type StoredFieldValue =
  | string
  | number
  | boolean
  | readonly string[]
  | readonly number[]
  | Readonly<Partial<Record<Lowercase<string>, string>>>;

/** Values of fields by name, as they are stored. */
export type StoredFieldValues = Readonly<Record<string, StoredFieldValue>>;

/**
 * A field that a module declares and that the shop then validates, describes in the API and draws in the admin. What is
 * wrong with a declaration ends the start: see `assertFields`.
 */
export interface FieldDeclaration {
  /** As in the schema: `careGuide`. Values are stored under it, so it never changes. */
  readonly name: string;
  readonly type: DeclaredType;
  /** What staff call it; English at least. Other languages of the admin fall back to it. */
  readonly label: LocalizedText;
  /** One sentence below the field. */
  readonly help?: LocalizedText;
  /** Whether a form cannot be saved without it. */
  readonly required?: boolean;
  /** Whether it holds several values, at most 50: of `string`, `int`, `date` and `enum`. */
  readonly list?: boolean;
  /** Whether it has a text in each language of the shop: of `string` and `text`. */
  readonly translated?: boolean;
  /** The least number or amount, or the fewest characters of a text. */
  readonly min?: number;
  /** The greatest number or amount, or the most characters of a text; else 255 of a `string` and 10,000 of a `text`. */
  readonly max?: number;
  /** What the whole of a `string` must match. */
  readonly pattern?: RegExp;
  /** Of `enum`: the choices in their order. */
  readonly options?: readonly DeclaredOption[];
}

/** A field of an entity of the shop: see docs/extend.md, "Custom fields". */
export interface CustomFieldDeclaration extends FieldDeclaration {
  /** Whether everybody who may read the entity may read it; false when left out: staff only. */
  readonly public?: boolean;
  /** Of `Cart`, and public: whether who owns it writes it too; false when left out. */
  readonly byOwner?: boolean;
}

/** The fields that a module adds, by the name of the type in the schema: `{ Product: [{ name: 'careGuide', ... }] }`. */
export type CustomFields = Readonly<Record<string, readonly CustomFieldDeclaration[]>>;

export const MOST_VALUES = 50;
const MOST_CHARACTERS = { string: 255, text: 10_000 };
const INT = 2 ** 31 - 1;

/** The bounds of numbers, amounts and lengths of texts; of other types they mean nothing. */
export function boundsOf({
  type,
  min,
  max,
}: Pick<FieldDeclaration, 'min' | 'max'> & { readonly type: string }): {
  readonly min: number;
  readonly max: number;
} {
  if (type === 'string' || type === 'text') return { min: min ?? 0, max: max ?? MOST_CHARACTERS[type] };
  if (type === 'money') return { min: min ?? 0, max: max ?? Number.MAX_SAFE_INTEGER };
  return { min: min ?? -INT - 1, max: max ?? INT };
}
