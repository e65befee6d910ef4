import type { RequestContext } from '../../../platform/graphql/context.js';
import { expectedDelivery } from './expected-delivery.js';
import type { OrderEntity } from '../order.entity.js';
import { orderLoaders, type DeliveryDays } from '../order.loaders.js';

/** The days on which an order is expected to arrive; null where nobody knows them. */
export async function expectedDeliveryOf(
  order: OrderEntity,
  context: RequestContext,
): Promise<object | null> {
  const days = await daysOf(order, context);
  if (!days) return null;
  const lines = await orderLoaders(context).lines.load(order.id);
  const { status, placedAt } = order;
  const isBackordered = lines.some(({ backordered }) => backordered > 0);
  return expectedDelivery({ ...days, status, placedAt, isBackordered }, await context.timeZone());
}

/** How many working days the delivery of an order takes, as it was promised; null for an order whose delivery is not recorded. */
export async function daysOf(order: OrderEntity, context: RequestContext): Promise<DeliveryDays | null> {
  const promised = promisedDays(order);
  if (promised) return promised;
  const { shippingMethodId } = order;
  return shippingMethodId
    ? ((await orderLoaders(context).deliveryDays.load(shippingMethodId)) ?? null)
    : null;
}

/** The days that the order keeps; null on one of a time before they were kept: its method says them. */
export function promisedDays({
  shippingKind,
  shippingDaysMin: estimatedDaysMin,
  shippingDaysMax: estimatedDaysMax,
}: OrderEntity): DeliveryDays | null {
  return shippingKind === null ? null : { estimatedDaysMin, estimatedDaysMax };
}
