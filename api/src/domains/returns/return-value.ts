import { unitsWorth, type OrderRefundRow, type RefundableLine } from '../orders/index.js';
import type { ReturnEntity } from './return.entity.js';
import type { ReturnLineRow } from './return.loaders.js';
import { ReturnStatus } from './return-states.js';

const OPEN: readonly ReturnStatus[] = [ReturnStatus.REQUESTED, ReturnStatus.APPROVED, ReturnStatus.RECEIVED];
const ARRIVED: readonly ReturnStatus[] = [
  ReturnStatus.RECEIVED,
  ReturnStatus.REFUNDED,
  ReturnStatus.EXCHANGED,
];

export interface ReturnedGoods {
  readonly status: ReturnEntity['status'];
  readonly units: readonly ReturnLineRow[];
  /** Lines of the return's order. */
  readonly lines: readonly RefundableLine[];
  /** The refund of the return; null when there is none. */
  readonly refund: Pick<OrderRefundRow, 'lines'> | null;
}

/**
 * What the units of a return are worth, gross, minor units: the received ones, and before that the requested ones.
 * While the return is open that is what a refund or an exchange of them would give now; then it is what was given for
 * them. A plain amount does not value the units: they stay worth their part of the line.
 */
export function returnValue({ status, units, lines, refund }: ReturnedGoods): number {
  if (status === ReturnStatus.EXCHANGED) return sum(units.map(({ traded }) => traded));
  const given = sum((refund?.lines ?? []).map(({ amount }) => amount));
  if (status === ReturnStatus.REFUNDED && given > 0) return given;
  return sum(
    units.map((unit) => {
      const line = lines.find(({ id }) => id === unit.orderLineId);
      if (!line) throw new Error('A return names a line of another order');
      const quantity = ARRIVED.includes(status) ? unit.received : unit.quantity;
      if (!OPEN.includes(status))
        return unitsWorth({ ...line, settledQuantity: 0, settledAmount: 0 }, quantity);
      return unitsWorth(line, Math.min(quantity, Math.max(0, line.quantity - line.settledQuantity)));
    }),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
