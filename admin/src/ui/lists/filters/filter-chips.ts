import { shortDate } from '../../dates';
import type { FilterChip, FilterField } from '../list';
import { formatMinorUnits } from '@vitrine/client/money';

/** One chip per chosen filter value. A value that the shop no longer has is shown as it is in the address. */
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
