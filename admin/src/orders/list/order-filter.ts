import type { OrderFilter, OrderSort } from '../../generated/orders/graphql';
import { startOfDay } from '../../ui/days';
import { FULFILLMENT_STATUSES, isOnItsWay, ORDER_STATUSES, PAYMENT_STATUSES } from '../order-tones';

export type OrderFilterKey = 'status' | 'payment' | 'shipping' | 'from' | 'to' | 'min' | 'max';

export const ORDER_SORTS = [
  'NEWEST',
  'OLDEST',
  'TOTAL_DESC',
  'TOTAL_ASC',
  'NUMBER_DESC',
  'NUMBER_ASC',
] as const satisfies readonly OrderSort[];

/** The API's filter for the address. Days are in the shop's time zone, both ends included. */
export function toOrderFilter(filters: Record<OrderFilterKey, string[]>): OrderFilter {
  const filter: OrderFilter = {};
  const status = known(ORDER_STATUSES, filters.status);
  const paymentStatus = known(PAYMENT_STATUSES, filters.payment);
  const fulfillmentStatus = known(FULFILLMENT_STATUSES, filters.shipping);
  if (status.length > 0) filter.statuses = status;
  if (paymentStatus.length > 0) filter.paymentStatuses = paymentStatus;
  if (fulfillmentStatus.length > 0) filter.fulfillmentStatuses = fulfillmentStatus;
  // "To ship" leaves out orders that are not paid yet or have ended.
  const isUnsentOnly = fulfillmentStatus.length > 0 && !fulfillmentStatus.includes('FULFILLED');
  if (isUnsentOnly && status.length === 0) filter.statuses = ORDER_STATUSES.filter(isOnItsWay);

  const from = startOfDay(filters.from[0], 0);
  const afterLastDay = startOfDay(filters.to[0], 1);
  if (from) filter.placedFrom = from.toISOString();
  if (afterLastDay) filter.placedTo = afterLastDay.toISOString();

  const min = minorUnits(filters.min[0]);
  const max = minorUnits(filters.max[0]);
  if (min !== null) filter.totalMin = min;
  if (max !== null) filter.totalMax = max;
  return filter;
}

function known<Value extends string>(all: readonly Value[], chosen: string[]): Value[] {
  return all.filter((value) => chosen.includes(value));
}

const minorUnits = (text: string | undefined): number | null =>
  /^\d{1,15}$/.test(text ?? '') ? Number(text) : null;
