import { useI18n } from '../../app/messages/i18n';
import type { CheckoutQuoteFragment } from '../../generated/checkout/graphql';

/** The delivery time as text; empty when it is unknown. */
export function useDeliveryDays(): (quote: CheckoutQuoteFragment) => string {
  const { t } = useI18n();
  return ({ estimatedDaysMin: min, estimatedDaysMax: max }) => {
    if (max == null) return '';
    return min == null || min === max ? t('delivery.days', max) : t('delivery.daysRange', { min, max }, max);
  };
}
