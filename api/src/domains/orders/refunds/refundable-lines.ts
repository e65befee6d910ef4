import type { Querying } from '../../../platform/database/database.js';
import { splitTax, spread } from '../../pricing/index.js';
import type { RefundableLine } from './refund-plan.js';
import { refundableLines } from './refund.statements.js';

/** A line as `refundableLines` reads it. Amounts include tax, minor units. */
export interface UnvaluedLine extends Pick<
  RefundableLine,
  | 'id'
  | 'variantId'
  | 'quantity'
  | 'fulfilled'
  | 'cancelled'
  | 'totalNet'
  | 'totalGross'
  | 'givenUp'
  | 'restockable'
  | 'backordered'
> {
  readonly orderId: string;
  readonly discount: number;
  readonly taxBasisPoints: number;
  /** How much of the discounts of its order is money that was received for the order whose goods came back. */
  readonly credit: number;
  readonly refundedQuantity: number;
  readonly refundedAmount: number;
  readonly refundedTax: number;
  readonly exchangedQuantity: number;
  readonly exchangedAmount: number;
}

export type RefundableLineRow = RefundableLine & { orderId: string; refundedQuantity: number };

/** The lines of an order as far as they decide about refunds. */
export async function readRefundableLines(querying: Querying, orderId: string): Promise<RefundableLineRow[]> {
  return toRefundableLines(await querying.rows(refundableLines, { ids: [orderId] }));
}

/**
 * The lines of one order, valued. A line of an exchange is worth what it cost before the credit, as far as the credit
 * stands for money that was received: the lines share the credit by their discounts (`spread`), so that their shares
 * add up to it, and a line has at most its discount of it.
 */
export function toRefundableLines(lines: readonly UnvaluedLine[]): RefundableLineRow[] {
  const credits = creditsOf(lines);
  return lines.map(
    (
      {
        discount: _discount,
        taxBasisPoints,
        credit: _credit,
        refundedAmount,
        refundedTax,
        exchangedQuantity,
        exchangedAmount,
        ...line
      },
      i,
    ) => {
      const paid = splitTax(credits[i] ?? 0, taxBasisPoints);
      const exchanged = splitTax(exchangedAmount, taxBasisPoints);
      return {
        ...line,
        totalNet: line.totalNet + paid.net,
        totalGross: line.totalGross + paid.gross,
        settledQuantity: line.refundedQuantity + exchangedQuantity,
        settledAmount: refundedAmount + exchanged.gross,
        settledTax: refundedTax + exchanged.gross - exchanged.net,
      };
    },
  );
}

function creditsOf(lines: readonly UnvaluedLine[]): number[] {
  const credit = lines[0]?.credit ?? 0;
  if (credit === 0) return lines.map(() => 0);
  const items = lines.map(({ discount, quantity, taxBasisPoints, variantId: key }) => ({
    ...{ unitPrice: Math.floor(discount / quantity), quantity, taxBasisPoints, key },
  }));
  return spread(
    items,
    lines.map(({ discount }) => discount),
    credit,
  );
}
