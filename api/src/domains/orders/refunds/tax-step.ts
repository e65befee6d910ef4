import { scale } from '../../../kernel/money.js';

/** The tax in the next amount of a price, of which a part was refunded already with its tax. */
export function taxStep(
  price: { net: number; gross: number },
  before: { amount: number; tax: number },
  amount: number,
): number {
  if (price.gross === 0) return 0;
  const upTo = scale(price.gross - price.net, Math.min(before.amount + amount, price.gross), price.gross);
  return Math.min(amount, Math.max(0, upTo - before.tax));
}
