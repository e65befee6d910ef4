import { shortDate } from './dates';
import type { FilterChip, FilterField } from './list';
import { formatMinorUnits } from '@vitrine/client/money';

/** The chosen filters in words, one chip each. A value the shop no longer knows is shown as it stands in the address. */
export function chipsOf<Key extends string>(
  fields: readonly (FilterField & { key: Key })[],
  chosen: Record<Key, string[]>,
  spelling: { language: string; currency: string },
): (FilterChip & { key: Key })[] {
  return fields.flatMap((field) =>
    chosen[field.key].map((value) => ({
      key: field.key,
      value,
      text: `${field.label}: ${wordOf(field, value, spelling)}`,
    })),
  );
}

function wordOf(
  field: FilterField,
  value: string,
  { language, currency }: { language: string; currency: string },
): string {
  if (field.kind === 'price') return formatMinorUnits(Number(value), currency, language);
  if (field.kind === 'date') return Number.isNaN(Date.parse(value)) ? value : shortDate(value, language);
  return field.choices?.find((choice) => choice.value === value)?.label ?? value;
}
