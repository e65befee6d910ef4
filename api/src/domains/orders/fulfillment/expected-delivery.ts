import { Field, ObjectType } from 'type-graphql';
import { shopDay, shopNoonAfter } from '../../../kernel/shop-time.js';
import { OrderStatus } from '../order-states.js';

@ObjectType({
  description: 'The days on which an order is expected to arrive; equal where only one is known.',
  simpleResolvers: true,
})
export class ExpectedDelivery {
  @Field(() => Date, { description: 'The first day: a moment on it.' })
  from!: Date;

  @Field(() => Date, { description: 'The last day: a moment on it.' })
  to!: Date;
}

/** What the days of an order's delivery follow from. */
export interface PromisedDelivery {
  readonly status: OrderStatus;
  readonly placedAt: Date | null;
  /** Working days of the shipping method; null when it names none. */
  readonly estimatedDaysMin: number | null;
  readonly estimatedDaysMax: number | null;
  /** Whether units are still to come in: these leave later, on a day that nobody knows. */
  readonly isBackordered: boolean;
}

// Before, nothing is sent; after, nothing more comes.
const ON_ITS_WAY: readonly OrderStatus[] = [
  OrderStatus.PLACED,
  OrderStatus.PAID,
  OrderStatus.FULFILLED,
  OrderStatus.COMPLETED,
];

/**
 * Counted in working days (Monday to Friday in the shop's time zone) from when the order was placed; null for an order that is not placed or
 * has ended, that waits for stock, or whose shipping method names no days.
 */
export function expectedDelivery(promised: PromisedDelivery, timeZone: string): ExpectedDelivery | null {
  const { status, placedAt, estimatedDaysMin, estimatedDaysMax, isBackordered } = promised;
  const slowest = estimatedDaysMax ?? estimatedDaysMin;
  if (!placedAt || slowest === null || isBackordered || !ON_ITS_WAY.includes(status)) return null;
  return {
    from: workingDaysAfter(placedAt, estimatedDaysMin ?? slowest, timeZone),
    to: workingDaysAfter(placedAt, slowest, timeZone),
  };
}

function workingDaysAfter(moment: Date, days: number, timeZone: string): Date {
  let passed = 0;
  for (let left = days; left > 0;) {
    passed += 1;
    if (!isWeekend(shopNoonAfter(moment, passed, timeZone), timeZone)) left -= 1;
  }
  return shopNoonAfter(moment, passed, timeZone);
}

function isWeekend(moment: Date, timeZone: string): boolean {
  return [0, 6].includes(new Date(`${shopDay(moment, timeZone)}T00:00:00Z`).getUTCDay());
}
