import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { shortDate } from '../../ui/dates';
import type { FilterChip, FilterField } from '../../ui/lists/list';
import { formatMinorUnits } from '@vitrine/client/money';
import type { OrderFilterKey } from './order-filter';
import { FULFILLMENT_STATUSES, ORDER_STATUSES, PAYMENT_STATUSES } from '../order-tones';

/** The filter fields of the order list, and the chips of the chosen values. */
export function useOrderFilterFields(chosen: () => Record<OrderFilterKey, string[]>, currency: () => string) {
  const { t, locale } = useI18n();

  const fields = computed((): (FilterField & { key: OrderFilterKey })[] => [
    {
      key: 'status',
      label: t('orders.status'),
      kind: 'many',
      choices: ORDER_STATUSES.map((value) => ({ value, label: t(`orderStatus.${value}`) })),
    },
    {
      key: 'payment',
      label: t('orders.payment'),
      kind: 'many',
      choices: PAYMENT_STATUSES.map((value) => ({ value, label: t(`paymentStatus.${value}`) })),
    },
    {
      key: 'shipping',
      label: t('orders.fulfillment'),
      kind: 'many',
      choices: FULFILLMENT_STATUSES.map((value) => ({ value, label: t(`fulfillmentStatus.${value}`) })),
    },
    { key: 'from', label: t('orders.placedFrom'), kind: 'date' },
    { key: 'to', label: t('orders.placedTo'), kind: 'date' },
    { key: 'min', label: t('orders.totalMin'), kind: 'price' },
    { key: 'max', label: t('orders.totalMax'), kind: 'price' },
  ]);

  function labelOf(field: FilterField, value: string): string {
    if (field.kind === 'price') return formatMinorUnits(Number(value), currency(), locale.value);
    if (field.kind === 'date')
      return Number.isNaN(Date.parse(value)) ? value : shortDate(value, locale.value);
    return field.choices?.find((choice) => choice.value === value)?.label ?? value;
  }

  const chips = computed((): (FilterChip & { key: OrderFilterKey })[] =>
    fields.value.flatMap((field) =>
      chosen()[field.key].map((value) => ({
        key: field.key,
        value,
        text: `${field.label}: ${labelOf(field, value)}`,
      })),
    ),
  );

  return { fields, chips };
}
