import { formatDay } from './money';
import { usePageSettings } from './settings';
import { useWords } from './words';

interface Orderable {
  availability: string;
  availableFrom?: string | null;
}

/** What is said of a piece that is made to order; null for one that is there. */
export function useBackorderWords(): (piece: Orderable) => string | null {
  const { t } = useWords();
  const { language } = usePageSettings();
  return ({ availability, availableFrom }) => {
    if (availability !== 'BACKORDER') return null;
    // A day that is past says nothing any more.
    const isAhead = availableFrom != null && availableFrom > new Date().toISOString().slice(0, 10);
    return isAhead
      ? t('stock.backorderFrom', { date: formatDay(availableFrom, language) })
      : t('stock.backorderLong');
  };
}
