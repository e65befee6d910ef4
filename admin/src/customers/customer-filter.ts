import type { CustomerFilter, CustomerSort } from '../generated/customers/graphql';
import { startOfDay } from '../ui/days';
import type { ListSpec } from '../ui/lists/useListState';

export const CUSTOMER_FILTERS = ['marketing', 'from', 'to'] as const;
export type CustomerFilterKey = (typeof CUSTOMER_FILTERS)[number];
export const CUSTOMER_SORTS = [
  'NEWEST',
  'OLDEST',
  'NAME_ASC',
  'EMAIL_ASC',
] as const satisfies readonly CustomerSort[];

export const customerListSpec: ListSpec<CustomerSort, CustomerFilterKey> = {
  sorts: CUSTOMER_SORTS,
  defaultSort: 'NEWEST',
  filters: CUSTOMER_FILTERS,
};

/** Days are in the shop's time zone, both ends included. */
export function toCustomerFilter(filters: Record<CustomerFilterKey, string[]>): CustomerFilter {
  const filter: CustomerFilter = {};
  const [optedIn] = filters.marketing;
  if (optedIn === 'yes' || optedIn === 'no') filter.marketingOptIn = optedIn === 'yes';
  const from = startOfDay(filters.from[0], 0);
  const afterLastDay = startOfDay(filters.to[0], 1);
  if (from) filter.createdFrom = from.toISOString();
  if (afterLastDay) filter.createdTo = afterLastDay.toISOString();
  return filter;
}
