import { formatMinorUnits } from '@vitrine/client/money';
import { shownField } from '../../described-fields/shown-field';
import type { Tools } from '../../ui/useTools';
import { argumentOf, filledArguments } from './rate-form';
import type { DeliveryStrategy, StoredRate } from './useDelivery';

/** What a rate costs, as a sentence: "19.90 lei · free from 300.00 lei"; null where its rule is not there any more. */
export function rateSentence(
  rate: StoredRate,
  strategies: readonly DeliveryStrategy[],
  tools: Tools,
): string | null {
  const rule = strategies.find(({ code }) => code === rate.strategyCode);
  if (!rule) return null;
  const parts = isFlat(rate) ? [flatPrice(rate, tools)] : [rule.label, ...argumentWords(rule, rate, tools)];
  return [...parts, ...freeFromWords(rate, tools), ...conditionWords(rate, tools)].join(' · ');
}

export const isFlat = ({ strategyCode }: StoredRate): boolean => strategyCode === 'flat';

/** The price of a flat rate: "19.90 lei", or that it costs nothing. */
export function flatPrice(rate: StoredRate, { t, currency, locale }: Tools): string {
  const price = Number(argumentOf(rate, 'price') ?? 0);
  return price === 0 ? t('delivery.free') : formatMinorUnits(price, currency, locale);
}

/** What is said of a flat rate beside its price. */
export function besidePrice(rate: StoredRate, tools: Tools): string {
  return [...freeFromWords(rate, tools), ...conditionWords(rate, tools)].join(' · ');
}

function argumentWords(rule: DeliveryStrategy, rate: StoredRate, tools: Tools): string[] {
  return filledArguments(rule, rate).flatMap((field) => {
    const { name, label, type } = field.description;
    const shown = name === 'freeFrom' ? null : shownField(field, tools);
    if (shown === null) return [];
    return [type === 'STEPS' ? shown : `${label}: ${shown}`];
  });
}

function freeFromWords(rate: StoredRate, { t, currency, locale }: Tools): string[] {
  const freeFrom = argumentOf(rate, 'freeFrom');
  if (typeof freeFrom !== 'number') return [];
  return [t('delivery.freeFrom', { sum: formatMinorUnits(freeFrom, currency, locale) })];
}

function conditionWords({ conditions }: StoredRate, { t, n, currency, locale }: Tools): string[] {
  const grams = (weight: number): string => `${n(weight)} g`;
  const sum = (amount: number): string => formatMinorUnits(amount, currency, locale);
  return [
    ...(conditions.minGrams == null ? [] : [t('delivery.from', { border: grams(conditions.minGrams) })]),
    ...(conditions.maxGrams == null ? [] : [t('delivery.upTo', { border: grams(conditions.maxGrams) })]),
    ...(conditions.minSubtotal == null ? [] : [t('delivery.from', { border: sum(conditions.minSubtotal) })]),
    ...(conditions.maxSubtotal == null ? [] : [t('delivery.upTo', { border: sum(conditions.maxSubtotal) })]),
  ];
}
