import { hasLeft, isIn, toUnits, type ModelOrder } from './shop-model-order.js';
import { takeOff } from './shop-model-money.js';
import type { ShopModel } from './shop-model.js';

/* The reference model of payments of another amount than agreed, which staff accepts or sends back. */

/** The provider took another amount for an order that is not paid yet, or of which the money was only authorized. */
export function payAnother(model: ShopModel, order: ModelOrder, amount: number): void {
  order.captured += amount;
  order.status = 'REVIEW';
  order.paymentStatus = 'PAID';
  model.stock.release(order, order.held);
  order.held = new Map();
}

/** What is left of the money of an order in review that can be placed with it; null for any other order. */
export function acceptableOf(order: ModelOrder): number | null {
  const left = order.captured - order.returned;
  const isWhole = !hasLeft(order) && order.lines.every(({ cancelled }) => cancelled === 0);
  return order.status === 'REVIEW' && !order.isExchange && isWhole && left > 0 ? left : null;
}

/** Staff places the order with this amount: a lower price, or the agreed one with the surplus sent back. */
export function accept(model: ShopModel, order: ModelOrder, amount: number): boolean {
  if (acceptableOf(order) !== amount) return false;
  if (!isSold(model, order)) {
    const units = toUnits(order.lines);
    if (!model.stock.canSell(units)) return false;
    order.held = model.stock.hold(order, units);
    model.stock.sell(order, order.held);
    order.held = new Map();
  }
  if (amount > order.total) order.returned += amount - order.total;
  else takeOff(order, order.total - amount);
  Object.assign(order, { status: 'PAID', paymentStatus: 'PAID', refunded: 0 });
  return true;
}

/** Its goods were sold when the money was authorized. */
function isSold(model: ShopModel, order: ModelOrder): boolean {
  return order.lines.some((line) => line.out > 0 || model.stock.waiting(line.variant, order, true) > 0);
}

/** An order whose payment may still come with another amount. */
export function mayBePaidOtherwise(order: ModelOrder): boolean {
  const isUnpaid = isIn(order, 'PENDING_PAYMENT', 'EXPIRED') || order.paymentStatus === 'AUTHORIZED';
  return (
    isUnpaid && order.method === 'CARD' && order.secret !== '' && order.captured === 0 && !order.isExchange
  );
}
