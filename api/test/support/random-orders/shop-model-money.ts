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

/** Lowers the price of an order: its lines by their shares of the amount, by the largest remainder, then the delivery. */
export function takeOff(order: ModelOrder, amount: number): void {
  const goods = sum(order.lines.map(({ total }) => total));
  const off = Math.min(amount, goods);
  const exact = order.lines.map(({ total }) => (goods === 0 ? 0 : total * off));
  const shares = exact.map((part) => Math.floor(part / Math.max(1, goods)));
  const byRemainder = order.lines
    .map((line, i) => ({ line, i, remainder: (exact[i] ?? 0) % Math.max(1, goods) }))
    .sort((a, b) => b.remainder - a.remainder || b.line.total - a.line.total);
  for (const { i } of byRemainder.slice(0, off - sum(shares))) shares[i] = (shares[i] ?? 0) + 1;
  for (const [i, line] of order.lines.entries()) line.total -= shares[i] ?? 0;
  order.shipping -= amount - off;
  order.total = goods - off + order.shipping;
}
