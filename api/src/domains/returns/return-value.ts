import { unitsWorth, type OrderRefundRow, type RefundableLine } from '../orders/index.js';
import type { ReturnEntity } from './return.entity.js';
import type { ReturnLineRow } from './return.loaders.js';
import { ReturnState } from './return-states.js';

const OPEN: readonly ReturnState[] = [ReturnState.REQUESTED, ReturnState.APPROVED, ReturnState.RECEIVED];
const ARRIVED: readonly ReturnState[] = [ReturnState.RECEIVED, ReturnState.REFUNDED, ReturnState.EXCHANGED];

export interface ReturnedGoods {
  readonly state: ReturnEntity['state'];
  readonly units: readonly ReturnLineRow[];
  /** Lines of the return's order. */
  readonly lines: readonly RefundableLine[];
  /** The money that was given for it; null when none was. */
  readonly refund: Pick<OrderRefundRow, 'lines'> | null;
}

/**
 * What the units of a return are worth, gross, minor units: the received ones, and before that the ones asked for.
 * While the return is open that is what a refund or an exchange of them would give now; then it is what was given for
 * them. A plain amount says nothing of the units: they stay worth their part of the line.
 */
export function returnValue({ state, units, lines, refund }: ReturnedGoods): number {
  if (state === ReturnState.EXCHANGED) return sum(units.map(({ traded }) => traded));
  const given = sum((refund?.lines ?? []).map(({ amount }) => amount));
  if (state === ReturnState.REFUNDED && given > 0) return given;
  return sum(
    units.map((unit) => {
      const line = lines.find(({ id }) => id === unit.orderLineId);
      if (!line) throw new Error('A return names a line of another order');
      const quantity = ARRIVED.includes(state) ? unit.received : unit.quantity;
      if (!OPEN.includes(state))
        return unitsWorth({ ...line, settledQuantity: 0, settledAmount: 0 }, quantity);
      return unitsWorth(line, Math.min(quantity, Math.max(0, line.quantity - line.settledQuantity)));
    }),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
