import type { ShippingKind } from '../../shipping/index.js';
import type { OrderEntity } from '../order.entity.js';

/** What an order keeps of its delivery beside name and price, whatever becomes of the method. */
export interface PromisedDelivery {
  readonly kind: ShippingKind;
  /** Working days at the quickest and at the slowest; null when unknown. */
  readonly daysMin: number | null;
  readonly daysMax: number | null;
  /** What the cheapest of the deliveries cost that were offered, tax included, minor units; null where none was. */
  readonly cheapestGross: number | null;
}

/** What is promised with a method; `cheapest` of all that are offered, minor units. */
export function promisedBy(
  method: {
    readonly kind: ShippingKind;
    readonly estimatedDaysMin: number | null;
    readonly estimatedDaysMax: number | null;
  },
  cheapest: number | null,
): PromisedDelivery {
  return {
    kind: method.kind,
    ...{ daysMin: method.estimatedDaysMin, daysMax: method.estimatedDaysMax },
    cheapestGross: cheapest,
  };
}

/** What an order that follows another one promises: the same; null where the other is of a time before it was kept. */
export function promisedOf(order: OrderEntity): PromisedDelivery | null {
  if (order.shippingKind === null) return null;
  return {
    kind: order.shippingKind,
    ...{ daysMin: order.shippingDaysMin, daysMax: order.shippingDaysMax },
    cheapestGross: order.cheapestShippingGross,
  };
}

/** As the columns of an order. */
export function promisedColumns(promised: PromisedDelivery | null) {
  return {
    shippingKind: promised?.kind ?? null,
    shippingDaysMin: promised?.daysMin ?? null,
    shippingDaysMax: promised?.daysMax ?? null,
    cheapestShippingGross: promised?.cheapestGross ?? null,
  };
}
