import { GraphQLScalarType, valueFromASTUntyped } from 'graphql';
import type { StoredFieldValue } from './field-declaration.js';

/** What it holds is checked where the declaration of its field is known: `readField`. */
export const FieldValue = new GraphQLScalarType({
  name: 'FieldValue',
  description:
    'A value of a declared field, in the form of its FieldDescription: a text, a whole number, true or false, a list of texts or numbers, or, of a translated field, texts by language: `{ EN: "Hand wash", FR: "Lavage à la main" }`.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});

/** A stored value as the API shows it: languages have the names of LanguageCode there. */
export function shownFieldValue(value: StoredFieldValue | null): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([language, text]) => [language.toUpperCase(), text]));
}
