import type { ModelVariant } from './shop-model-stock.js';
import {
  DAY,
  isIn,
  newLine,
  sum,
  type ModelLine,
  type ModelOrder,
  type ModelReturn,
} from './shop-model-order.js';
import { worthOf } from './shop-model-money.js';
import type { ShopModel } from './shop-model.js';

/* The reference model of order edits, returns and exchanges. */

/** The minimum card charge; smaller differences are waived. */
const LEAST_CHARGE = 200;

function total(order: ModelOrder): number {
  return sum(order.lines.map((line) => line.total)) + order.shipping;
}

function mayChange(model: ShopModel, order: ModelOrder, line: ModelLine): boolean {
  return line.fulfilled === 0 && line.cancelled === 0 && model.settled(order, line).units === 0;
}

export interface Change {
  readonly variant: ModelVariant;
  readonly quantity: number;
  readonly restock: boolean;
}

/** The total of an order with this quantity of a variant. */
export function changedTotal(order: ModelOrder, { variant, quantity }: Change): number {
  const line = order.lines.find((candidate) => candidate.variant === variant);
  return order.total - (line?.total ?? 0) + lineTotal(line ?? newLine(variant, 0), quantity);
}

/** The price of a line once it has this quantity: more units cost their price, fewer take their worth with them. */
function lineTotal(line: ModelLine, quantity: number): number {
  const more = quantity - line.quantity;
  if (more >= 0) return line.total + more * line.variant.price;
  const worth = worthOf(line, { units: 0, worth: 0 }, -more);
  return Math.min(quantity * line.variant.price, line.total - worth);
}

/** An order edit by staff: applied at once, or, when a paid order gets more expensive, once the difference is paid; until then `order.edit` is set. */
export function edit(model: ShopModel, order: ModelOrder, change: Change): boolean {
  const { variant, quantity } = change;
  const line = order.lines.find((candidate) => candidate.variant === variant) ?? null;
  const more = quantity - (line?.quantity ?? 0);
  const difference = changedTotal(order, change) - order.total;
  const isToCourier = order.status === 'PLACED' && order.method === 'CASH_ON_DELIVERY';
  if (!isIn(order, 'PLACED', 'PAID') || order.edit || more === 0) return false;
  if (line && !mayChange(model, order, line)) return false;
  if (order.status === 'PLACED' && !isToCourier) return false;
  if (!isToCourier && -difference > model.refundable(order)) return false;
  const added = new Map(more > 0 ? [[variant, more]] : []);
  if (!model.stock.canSell(added)) return false;
  const held = model.stock.hold(order, added);
  const proposal = { line, variant, quantity, difference, held, expiresAt: model.now + 3 * DAY, secret: '' };
  if (difference > 0 && !isToCourier) {
    order.edit = proposal;
    return true;
  }
  apply(model, order, proposal, change.restock);
  if (difference < 0 && !isToCourier) model.giveBack(order, -difference);
  return true;
}

/** The buyer pays the difference: the edit is applied, or, when it is no longer possible, the payment is refunded. */
export function payEdit(model: ShopModel, order: ModelOrder): boolean {
  const proposal = order.edit;
  if (!proposal) return false;
  order.captured += proposal.difference;
  if (proposal.line && !mayChange(model, order, proposal.line)) {
    model.dropEdit(order);
    model.giveBack(order, proposal.difference);
    return true;
  }
  order.edit = null;
  apply(model, order, proposal, true);
  return true;
}

function apply(
  model: ShopModel,
  order: ModelOrder,
  {
    line,
    variant,
    quantity,
    held,
  }: Pick<NonNullable<ModelOrder['edit']>, 'line' | 'variant' | 'quantity' | 'held'>,
  restock: boolean,
): void {
  const changed = line ?? newLine(variant, 0);
  if (!line) order.lines.push(changed);
  const fewer = changed.quantity - quantity;
  model.stock.sell(order, held);
  if (fewer > 0) {
    const dropped = model.stock.dropBackordered(order, variant, fewer);
    if (restock) model.takeIn(changed, fewer - dropped);
  }
  changed.total = lineTotal(changed, quantity);
  changed.quantity = quantity;
  order.total = total(order);
  model.tidy(order);
}

export function mayReturn(model: ShopModel, order: ModelOrder, line: ModelLine): number {
  const asked = model
    .returnsOf(order)
    .filter((back) => back.line === line && !['REJECTED', 'CANCELLED'].includes(back.status))
    .map(({ status, quantity, received }) =>
      ['REQUESTED', 'APPROVED'].includes(status) ? quantity : received,
    );
  return Math.max(0, line.fulfilled - sum(asked) - line.refundedAway);
}

/** A return request of a buyer; null when it is not allowed. */
export function askReturn(
  model: ShopModel,
  order: ModelOrder,
  line: ModelLine,
  { quantity, wanted }: { quantity: number; wanted: ModelVariant | null },
): ModelReturn | null {
  if (quantity > mayReturn(model, order, line) || model.returnsOf(order).length >= 20) return null;
  const back: ModelReturn = {
    ...{ id: '', status: 'REQUESTED', order, line, quantity, wanted, received: 0, exchange: null },
    traded: { units: 0, worth: 0, used: 0 },
  };
  model.returns.push(back);
  return back;
}

export function decideReturn(back: ModelReturn, to: 'APPROVED' | 'REJECTED' | 'CANCELLED'): boolean {
  const from = to === 'APPROVED' ? ['REQUESTED'] : ['REQUESTED', 'APPROVED'];
  if (!from.includes(back.status)) return false;
  back.status = to;
  return true;
}

export function receiveReturn(
  model: ShopModel,
  back: ModelReturn,
  received: number,
  restocked: number,
): boolean {
  const fits = received > 0 && received <= back.quantity && restocked <= received;
  if (back.status !== 'APPROVED' || !fits || restocked > back.line.out) return false;
  back.status = 'RECEIVED';
  back.received = received;
  model.takeIn(back.line, restocked);
  return true;
}

/** Received units that were not refunded otherwise, and their value. */
function toSettle(
  model: ShopModel,
  { order, line, received }: ModelReturn,
): { units: number; worth: number } {
  const units = Math.min(received, Math.max(0, line.quantity - model.settled(order, line).units));
  return { units, worth: units > 0 ? model.worth(order, line, units) : 0 };
}

export function refundReturn(model: ShopModel, back: ModelReturn): boolean {
  const { units, worth } = toSettle(model, back);
  if (back.status !== 'RECEIVED' || worth > model.refundable(back.order)) return false;
  back.status = 'REFUNDED';
  // Goods that were paid back already, or cost nothing: the return is settled without money.
  if (worth === 0) return true;
  back.line.refunded += units;
  back.line.refundedWorth += worth;
  model.giveBack(back.order, worth);
  return true;
}

export function exchange(model: ShopModel, back: ModelReturn): boolean {
  const { units, worth } = toSettle(model, back);
  const variant = back.wanted ?? back.line.variant;
  if (back.status !== 'RECEIVED' || units === 0 || worth > model.refundable(back.order)) return false;
  if (!model.stock.canSell(new Map([[variant, units]]))) return false;
  const goods = units * variant.price;
  const rest = Math.max(0, goods - worth);
  const order = model.draft([{ variant, quantity: units }]);
  order.isExchange = true;
  order.total = rest < LEAST_CHARGE ? 0 : rest;
  for (const line of order.lines) line.total = order.total;
  model.submit(order, 'CARD', 3 * DAY);
  if (order.total === 0) model.placePaid(order);
  model.orders.push(order);
  back.status = 'EXCHANGED';
  back.exchange = order;
  back.traded = { units, worth, used: Math.min(worth, goods - order.total) };
  if (worth > goods) model.giveBack(back.order, worth - goods);
  return true;
}
