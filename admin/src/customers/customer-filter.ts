import type { CustomerFilter, CustomerRowFragment, CustomerSort } from '../generated/customers/graphql';
import { startOfDay } from '../ui/days';

export type CustomerFilterKey = 'marketing' | 'from' | 'to';
export const CUSTOMER_SORTS = [
  'NEWEST',
  'OLDEST',
  'NAME_ASC',
  'EMAIL_ASC',
] as const satisfies readonly CustomerSort[];

/** What the list calls a customer. */
export const nameOf = ({ firstName, lastName, email }: CustomerRowFragment): string =>
  `${firstName} ${lastName}`.trim() || email;

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
