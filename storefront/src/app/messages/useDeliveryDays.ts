import { useI18n } from './i18n';

/** How many working days a delivery takes; null where nothing is promised. */
export interface DeliveryDays {
  readonly estimatedDaysMin?: number | null;
  readonly estimatedDaysMax?: number | null;
}

/** The delivery time as text; empty when it is unknown. */
export function useDeliveryDays(): (delivery: DeliveryDays) => string {
  const { t } = useI18n();
  return ({ estimatedDaysMin: min, estimatedDaysMax: max }) => {
    if (max == null) return '';
    return min == null || min === max
      ? t('deliveryTime.days', max)
      : t('deliveryTime.range', { min, max }, max);
  };
}
