import { messagesFor } from '../app/error-messages';
import type { Problem } from '../app/user-errors';
import type { FieldError } from '../ui/EditForm.vue';

const FIELD_OF_CODE: Record<string, string> = { SLUG_TAKEN: 'slug', SKU_TAKEN: 'sku' };

/**
 * Which field a refusal belongs to. The server names its input's path; our form keeps translations by
 * language and variants under `prefix`. Null: it belongs to the form as a whole.
 */
export function fieldOf(problem: Problem, locales: readonly string[] = [], prefix = ''): string | null {
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
  problems: readonly Problem[],
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
