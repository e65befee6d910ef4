import { formatMinorUnits, type MoneyAmount } from '@vitrine/client/money';

interface Reviewed {
  acceptableAmount?: MoneyAmount | null;
  placedAt?: string | null;
  total: { gross: MoneyAmount };
}

/**
 * What accepting the money that came in does: the difference becomes a discount or goes back. Goods of an order that
 * was never placed must be in stock again.
 */
export function acceptanceText(
  { acceptableAmount, placedAt, total: { gross } }: Reviewed,
  language: string,
  t: (key: string, params: Record<string, string>) => string,
): string {
  const paid = acceptableAmount?.amount ?? gross.amount;
  const money = (amount: number): string => formatMinorUnits(amount, gross.currency, language);
  const key = paid === gross.amount ? 'equal' : paid < gross.amount ? 'less' : 'more';
  const effect = t(`acceptPayment.${key}`, {
    agreed: money(gross.amount),
    paid: money(paid),
    difference: money(Math.abs(gross.amount - paid)),
  });
  return placedAt ? effect : `${effect} ${t('acceptPayment.stock', {})}`;
}
