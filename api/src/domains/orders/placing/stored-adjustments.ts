import { nameOfAdjustment, share, type AppliedAdjustment, type NetGross } from '../../pricing/index.js';
import type { OrderEntity } from '../order.entity.js';
import type { StoredAdjustment, StoredCharge, StoredDiscount, StoredShare } from './stored-adjustment.js';
import { OrderSource } from './order-source.js';

/** The adjustments of a price as its order stores them; `lines` are its items, in their order. */
export function storedAdjustments(
  adjustments: readonly AppliedAdjustment[],
  lines: readonly { readonly id: string }[],
): StoredAdjustment[] {
  return adjustments.flatMap((adjustment): StoredAdjustment[] => {
    if (adjustment.amount === 0) return [];
    if (adjustment.kind === 'CHARGE') return [adjustment];
    const { kind, code, name, amount } = adjustment;
    return [{ kind, code, name, amount, shares: sharesOf(lines, adjustment.shares) }];
  });
}

export function chargesOf({ adjustments }: Pick<OrderEntity, 'adjustments'>): readonly StoredCharge[] {
  return adjustments.filter((adjustment) => adjustment.kind === 'CHARGE');
}

/** The charges of an order in all. */
export function chargesTotal(adjustments: readonly StoredAdjustment[]): NetGross {
  let [net, gross] = [0, 0];
  for (const adjustment of adjustments) {
    if (adjustment.kind !== 'CHARGE') continue;
    net += adjustment.net;
    gross += adjustment.amount;
  }
  return { net, gross };
}

/** A line with the discount that it has now. */
interface DiscountedLine {
  readonly id: string;
  readonly discount: number;
  readonly taxBasisPoints: number;
}

/**
 * The adjustments of an order whose lines were changed after the sale. Charges stay as they are. A line whose discount
 * stayed keeps its shares; any other has its new discount divided by the shares that it had, or, for a line without
 * any, by what the discounts were.
 */
export function followLines(
  order: Pick<OrderEntity, 'adjustments' | 'source'>,
  lines: readonly DiscountedLine[],
): StoredAdjustment[] {
  const discounts = discountsOf(order, lines);
  const byLine = lines.map((line) => sharesOfLine(line, discounts));
  return order.adjustments.length === 0 && discounts.length === 0
    ? []
    : [
        ...discounts.flatMap((discount, k) => {
          const shares = sharesOf(
            lines,
            byLine.map((line) => line[k] ?? 0),
          );
          const amount = shares.reduce((sum, share) => sum + share.amount, 0);
          return amount > 0 ? [{ ...discount, amount, shares }] : [];
        }),
        ...chargesOf(order),
      ];
}

function discountsOf(
  { adjustments, source }: Pick<OrderEntity, 'adjustments' | 'source'>,
  lines: readonly DiscountedLine[],
): StoredDiscount[] {
  const discounts = adjustments.filter((adjustment) => adjustment.kind === 'DISCOUNT');
  if (discounts.length > 0 || lines.every(({ discount }) => discount === 0)) return discounts;
  const code = source === OrderSource.EXCHANGE ? 'EXCHANGE_CREDIT' : 'STAFF_DISCOUNT';
  return [{ kind: 'DISCOUNT', code, name: nameOfAdjustment(code), amount: 0, shares: [] }];
}

/** What a line has of each discount. */
function sharesOfLine(
  { id, discount, taxBasisPoints }: DiscountedLine,
  discounts: readonly StoredDiscount[],
): number[] {
  if (discount === 0) return discounts.map(() => 0);
  const had = discounts.map(({ shares }) => shares.find(({ lineId }) => lineId === id)?.amount ?? 0);
  const weights = had.some((share) => share > 0) ? had : discounts.map(({ amount }) => Math.max(1, amount));
  const items = discounts.map(({ code }) => ({ unitPrice: 0, quantity: 1, taxBasisPoints, key: code }));
  // A share may grow: the discount of a line is not bounded by what it was.
  return share(items, weights, discount);
}

function sharesOf(lines: readonly { readonly id: string }[], amounts: readonly number[]): StoredShare[] {
  return lines.flatMap(({ id }, i) => {
    const amount = amounts[i] ?? 0;
    return amount > 0 ? [{ lineId: id, amount }] : [];
  });
}
