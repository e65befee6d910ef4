import { useDates } from '../dates';
import { useI18n } from './i18n';

interface Orderable {
  availability: string;
  availableFrom?: string | null;
}

/** The message of a backordered unit; null for one in stock. */
export function useBackorderMessages(): (piece: Orderable) => string | null {
  const { t } = useI18n();
  const { formatDay, isAhead } = useDates();
  return ({ availability, availableFrom }) => {
    if (availability !== 'BACKORDER') return null;
    // A date in the past is not shown.
    return availableFrom != null && isAhead(availableFrom)
      ? t('stock.backorderFrom', { date: formatDay(availableFrom) })
      : t('stock.backorderLong');
  };
}
