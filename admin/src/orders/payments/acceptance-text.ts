import { formatMinorUnits, type MoneyAmount } from '@vitrine/client/money';

interface Reviewed {
  acceptableAmount?: MoneyAmount | null;
  placedAt?: string | null;
  /** What was to be paid beside the accounts of the shop. */
  due: MoneyAmount;
}

/** Whether more came in than was agreed, so that the surplus goes back. */
export const givesSurplusBack = ({ acceptableAmount, due }: Reviewed): boolean =>
  (acceptableAmount?.amount ?? 0) > due.amount;

/**
 * What accepting the money that came in does: the difference becomes a discount or goes back. Goods of an order that
 * was never placed must be in stock again.
 */
export function acceptanceText(
  { acceptableAmount, placedAt, due }: Reviewed,
  language: string,
  t: (key: string, params: Record<string, string>) => string,
): string {
  const paid = acceptableAmount?.amount ?? due.amount;
  const money = (amount: number): string => formatMinorUnits(amount, due.currency, language);
  const key = paid === due.amount ? 'equal' : paid < due.amount ? 'less' : 'more';
  const effect = t(`acceptPayment.${key}`, {
    agreed: money(due.amount),
    paid: money(paid),
    difference: money(Math.abs(due.amount - paid)),
  });
  return placedAt ? effect : `${effect} ${t('acceptPayment.stock', {})}`;
}
