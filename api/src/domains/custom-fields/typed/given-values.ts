import type { GivenValue } from '../custom-fields.service.js';
import type { DeclaredFields } from '../declared-fields.js';

/** The values of an input of typed fields, by name, with their paths; those that are left out are not among them. */
export function givenValues(
  { fields }: DeclaredFields,
  values: Readonly<Record<string, unknown>>,
): GivenValue[] {
  return fields.flatMap(({ name, translated }) => {
    const value = values[name];
    if (value === undefined) return [];
    return [{ name, value: translated ? textsByLanguage(value) : value, path: ['customFields', name] }];
  });
}

function textsByLanguage(given: unknown): unknown {
  if (!Array.isArray(given)) return given;
  return Object.fromEntries(
    (given as { language: string; text: string }[]).map(({ language, text }) => [language, text]),
  );
}
