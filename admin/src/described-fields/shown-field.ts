import { formatMinorUnits } from '@vitrine/client/money';
import { dateIn } from '@vitrine/client/languages';
import type { Tools } from '../ui/useTools';
import type { DescribedField, FilledField } from './described-field';

/** A value as staff read it; null when there is none. */
export function shownField({ description, value }: FilledField, tools: Tools): string | null {
  if (value == null) return null;
  if (description.isTranslated) {
    const texts = value as Record<string, string>;
    return texts[tools.locale.toUpperCase()] ?? Object.values(texts)[0] ?? null;
  }
  const values = (Array.isArray(value) ? value : [value]) as unknown[];
  return values.map((one) => shownValue(description, one, tools)).join(', ');
}

function shownValue(
  { type, options, stepUnit }: DescribedField,
  value: unknown,
  { t, n, locale, currency }: Tools,
): string {
  switch (type) {
    case 'BOOLEAN':
      return t(value === true ? 'common.yes' : 'common.no');
    case 'ENUM':
      return options.find((option) => option.value === value)?.label ?? String(value);
    case 'INT':
      return n(Number(value));
    case 'MONEY':
      return formatMinorUnits(Number(value), currency, locale);
    case 'STEPS':
      return shownStep(value as { upTo: number; amount: number }, stepUnit, { t, n, locale, currency });
    case 'DATE':
      // A day has no zone: it is read and written in one and the same.
      return dateIn(locale, new Date(`${String(value)}T00:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' });
    default:
      return String(value);
  }
}

function shownStep(
  { upTo, amount }: { upTo: number; amount: number },
  unit: DescribedField['stepUnit'],
  { t, n, locale, currency }: Pick<Tools, 't' | 'n' | 'locale' | 'currency'>,
): string {
  const border = unit === 'MONEY' ? formatMinorUnits(upTo, currency, locale) : `${n(upTo)} g`;
  return t('describedFields.step', { border, price: formatMinorUnits(amount, currency, locale) });
}
