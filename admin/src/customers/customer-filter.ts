import type {
  CustomerFilter,
  CustomerStatus,
  CustomerRowFragment,
  CustomerSort,
} from '../generated/customers/graphql';
import { startOfDay } from '../ui/days';

export type CustomerFilterKey = 'account' | 'status' | 'tags' | 'marketing' | 'from' | 'to';
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
  const [account] = filters.account;
  if (account === 'yes' || account === 'no') filter.hasAccount = account === 'yes';
  if (filters.status.length > 0) filter.statuses = filters.status as CustomerStatus[];
  if (filters.tags.length > 0) filter.tags = filters.tags;
  const [optedIn] = filters.marketing;
  if (optedIn === 'yes' || optedIn === 'no') filter.marketingOptIn = optedIn === 'yes';
  const from = startOfDay(filters.from[0], 0);
  const afterLastDay = startOfDay(filters.to[0], 1);
  if (from) filter.createdFrom = from.toISOString();
  if (afterLastDay) filter.createdTo = afterLastDay.toISOString();
  return filter;
}
