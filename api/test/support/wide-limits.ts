/**
 * Limits on strangers as wide as they go, for tests that crowd many buyers, or one buyer's many orders, into one address.
 * What the limits do is the business of `unpaid-orders-have-limits.test.ts` alone.
 */
export const WIDE_LIMITS: Readonly<Record<string, string>> = {
  UNPAID_ORDERS_PER_BUYER: '100000',
  UNPAID_ORDERS_PER_NETWORK: '100000',
  ORDERS_PER_HOUR_PER_BUYER: '100000',
  ORDERS_PER_HOUR_PER_NETWORK: '100000',
  LAPSED_ORDERS_PER_DAY_PER_BUYER: '100000',
  LAPSED_ORDERS_PER_DAY_PER_NETWORK: '100000',
  UNPAID_UNITS_PER_BUYER: '100000',
  UNPAID_UNITS_PER_NETWORK: '100000',
  UNPAID_FREE_UNITS: '1000',
  UNSECURED_UNITS_PER_BUYER: '100000',
  UNSECURED_PERCENT_OF_VARIANT: '100',
  UNSECURED_VALUE_PER_BUYER: '100000000',
  UNPAID_ALERT_PERCENT: '100',
  CARTS_PER_MINUTE_PER_NETWORK: '100000',
  MAILS_PER_DAY_PER_ADDRESS: '100000',
};
