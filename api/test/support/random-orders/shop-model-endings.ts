import type { ModelOrder } from './shop-model-order.js';
import type { ShopModel } from './shop-model.js';

/* The reference model of orders that come to nothing. */

/** Nobody paid it in time. */
export function expire(model: ShopModel, order: ModelOrder): void {
  model.stock.release(order, order.held);
  Object.assign(order, { status: 'EXPIRED', paymentStatus: 'CANCELLED', held: new Map() });
  endTrade(model, order);
}

/**
 * An exchange that was cancelled or expired: its credit goes back to the buyer as a refund of the order whose goods were
 * returned, with its units, each at its value where that is all of the credit. Their stock was settled when they came.
 */
export function endTrade(model: ShopModel, exchange: ModelOrder): void {
  const back = model.returns.find((one) => one.exchange === exchange);
  if (!back) return;
  const { order, line, traded } = back;
  const amount = Math.min(traded.used, model.refundable(order));
  if (amount === 0) return;
  const units = Math.max(0, Math.min(traded.units, line.quantity - model.settled(order, line).units));
  const worth = units > 0 ? model.worth(order, line, units) : 0;
  line.refunded += units;
  if (worth === amount) line.refundedWorth += worth;
  model.giveBack(order, amount);
}
