import { formatMoney, type Money } from '../money';
import { usePageSettings } from '../settings';
import { useI18n } from './i18n';

interface CartWarning {
  code: string;
  lineId?: string | null;
  availableQuantity?: number | null;
  oldPrice?: Money | null;
  newPrice?: Money | null;
}

interface NamedLine {
  id: string;
  product: { name: string };
}

/** The available quantity is below the requested one, yet above the number that is shown to buyers. */
function isUncounted({ code, availableQuantity }: CartWarning): boolean {
  return code === 'QUANTITY_REDUCED' && typeof availableQuantity !== 'number';
}

/** The message of a cart warning in the language of the page, with the name of the variant. */
export function useWarningMessages(): (warning: CartWarning, lines: readonly NamedLine[]) => string {
  const { t } = useI18n();
  const { language } = usePageSettings();
  const text = (price: Money | null | undefined): string => (price ? formatMoney(price, language) : '');
  return (warning, lines) =>
    t(isUncounted(warning) ? 'cart.fewerLeft' : `warning.${warning.code}`, {
      name: lines.find(({ id }) => id === warning.lineId)?.product.name ?? '',
      available: warning.availableQuantity ?? 0,
      old: text(warning.oldPrice),
      now: text(warning.newPrice),
    });
}
