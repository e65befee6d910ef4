import type { UserError } from '../../../app/user-errors';
import type { FieldDefinition } from './field';

export interface FieldError {
  name: string;
  message: string;
}

type Fields = Readonly<Record<string, Pick<FieldDefinition<never>, 'kind' | 'inputName' | 'parts'>>>;

/** What an error is needed for to find its field: the fields, and what was sent, whose lists the error counts in. */
export interface ErrorPlaces {
  fields: Fields;
  /** Fields of errors that come without a path, by code. */
  fieldOfCode?: Readonly<Record<string, string>>;
  sent: Readonly<Record<string, unknown>>;
}

/**
 * The name of the field, as it stands on the page, that an error belongs to: `price`, `translations.RO.name` or
 * `rows.0.key`, or `shipping.city` of a field whose value is an object. The API returns a path into its input. Null: the error belongs to the form as a whole.
 */
export function fieldOfError(
  { path, code }: UserError,
  { fields, fieldOfCode, sent }: ErrorPlaces,
): string | null {
  const parts = path ?? [];
  const named = parts.flatMap((part, at) => {
    const name = Object.keys(fields).find((key) => (fields[key]?.inputName ?? key) === part);
    return name ? [{ name, rest: parts.slice(at + 1) }] : [];
  })[0];
  if (!named) return fieldOfCode?.[code] ?? null;
  const { name, rest } = named;
  const { kind, parts: hasParts } = fields[name] ?? {};
  if (kind === 'translations') return inLanguage(name, rest, sent[name]);
  return kind === 'rows' || hasParts ? [name, ...rest].join('.') : name;
}

function inLanguage(name: string, [index, part]: readonly string[], sent: unknown): string {
  const rows = Array.isArray(sent) ? (sent as Record<string, unknown>[]) : [];
  const { locale, language = locale } = rows[Number(index)] ?? {};
  return typeof language === 'string' && part ? `${name}.${language}.${part}` : name;
}

/** Errors at their fields, and the others. */
export function sortErrors(
  errors: readonly UserError[],
  places: ErrorPlaces,
  messageOf: (error: UserError) => string,
): { fields: FieldError[]; general: string[] } {
  const sorted = { fields: [] as FieldError[], general: [] as string[] };
  for (const error of errors) {
    const name = fieldOfError(error, places);
    if (name === null) sorted.general.push(messageOf(error));
    else sorted.fields.push({ name, message: messageOf(error) });
  }
  return sorted;
}
