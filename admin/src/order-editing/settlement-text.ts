import { formatMoney } from '@vitrine/client/money';
import type { EditPreview } from './order-edit-form';

/** What becomes of the difference that an edit makes, with its amount: as a sentence, or on the button that does it. */
export function settlementText(
  { settlement, difference, refund }: Pick<EditPreview, 'settlement' | 'difference' | 'refund'>,
  messages: 'settlement' | 'edit.apply',
  t: (key: string, named: Record<string, unknown>) => string,
  locale: string,
): string {
  const amount = formatMoney(settlement === 'REFUND' ? refund : difference, locale);
  return t(`${messages}.${settlement}`, { amount });
}
