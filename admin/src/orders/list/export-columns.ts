import type { OrderExportColumn } from '../../generated/orders/graphql';

/** What the file has of each column of the list. */
const EXPORTED: Readonly<Record<string, readonly OrderExportColumn[]>> = {
  number: ['NUMBER'],
  placed: ['PLACED_AT'],
  customer: ['FIRST_NAME', 'LAST_NAME', 'EMAIL'],
  city: ['CITY'],
  status: ['STATUS'],
  payment: ['PAYMENT_STATUS'],
  fulfillment: ['FULFILLMENT_STATUS'],
  total: ['TOTAL', 'CURRENCY'],
};

/** The columns of the file that say what these columns of the list say. */
export const exportColumns = (shown: readonly { key: string }[]): OrderExportColumn[] =>
  shown.flatMap(({ key }) => EXPORTED[key] ?? []);
