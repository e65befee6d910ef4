import { isIn, sum, type ModelLine, type ModelOrder, type ModelReturn } from './shop-model-order.js';

/* What the lines of the reference model are worth. `returns` are those of the order. */

/** Refunded or exchanged units, and their value. */
export interface Settled {
  readonly units: number;
  readonly worth: number;
}

/** Returns whose exchange was neither cancelled nor expired. */
const liveTrades = (returns: readonly ModelReturn[]): ModelReturn[] =>
  returns.filter(({ exchange }) => exchange && !isIn(exchange, 'CANCELLED', 'EXPIRED'));

export function refundableOf(order: ModelOrder, returns: readonly ModelReturn[]): number {
  const traded = liveTrades(returns).map(({ traded: { used } }) => used);
  return Math.max(0, order.captured - order.returned - sum(traded));
}

export function settledOf(line: ModelLine, returns: readonly ModelReturn[]): Settled {
  const trades = liveTrades(returns).filter((back) => back.line === line);
  return {
    units: line.refunded + sum(trades.map(({ traded }) => traded.units)),
    worth: line.refundedWorth + sum(trades.map(({ traded }) => traded.worth)),
  };
}

/** The value of so many more units of a line; the last one gets what rounding left over. */
export function worthOf(line: ModelLine, { units, worth }: Settled, quantity: number): number {
  const unit = Math.floor(line.total / line.quantity);
  const rest = line.total - unit * line.quantity;
  const isLast = units + quantity === line.quantity;
  return unit * quantity + (isLast ? Math.min(rest, Math.max(0, line.total - worth - unit * quantity)) : 0);
}
