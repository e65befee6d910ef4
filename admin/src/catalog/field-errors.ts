import { messagesFor } from '../app/error-messages';
import type { UserError } from '../app/user-errors';
import type { FieldError } from '../ui/forms/fields/field-errors';

const FIELD_OF_CODE: Record<string, string> = { SLUG_TAKEN: 'slug', SKU_TAKEN: 'sku' };

/**
 * The form field that an error belongs to. The server returns a path into its input; the form stores translations by
 * language and variants under `prefix`. Null: the error belongs to the form as a whole.
 */
export function fieldOf(problem: UserError, locales: readonly string[] = [], prefix = ''): string | null {
  const path = (problem.path ?? []).filter((part) => part !== 'input');
  const known = FIELD_OF_CODE[problem.code];
  if (path.length === 0) return known ? prefix + known : null;
  if (path[0] === 'translations') {
    const locale = locales[Number(path[1])];
    return locale && path[2] ? `translations.${locale}.${path[2]}` : null;
  }
  return prefix + path.join('.');
}

export interface SortedErrors {
  fields: FieldError[];
  general: string[];
}

export function sortErrors(
  problems: readonly UserError[],
  locales: readonly string[] = [],
  prefix = '',
): SortedErrors {
  const sorted: SortedErrors = { fields: [], general: [] };
  for (const problem of problems) {
    const name = fieldOf(problem, locales, prefix);
    if (name) sorted.fields.push({ name, message: messagesFor(problem) });
    else sorted.general.push(messagesFor(problem));
  }
  return sorted;
}
