import { useI18n } from '../app/i18n';
import type { CheckoutQuoteFragment } from '../generated/checkout/graphql';

/** How many days a delivery takes, in words; empty where the shop does not say. */
export function useDeliveryDays(): (quote: CheckoutQuoteFragment) => string {
  const { t } = useI18n();
  return ({ estimatedDaysMin: min, estimatedDaysMax: max }) => {
    if (max == null) return '';
    return min == null || min === max ? t('delivery.days', max) : t('delivery.daysRange', { min, max }, max);
  };
}
