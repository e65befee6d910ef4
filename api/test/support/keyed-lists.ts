import type { KeyedCase } from './keyed-case.js';

/** Each list with two columns of its file. */
const LISTS: Readonly<Record<string, readonly [string, string]>> = {
  order: ['NUMBER', 'STATUS'],
  product: ['NAME', 'SLUG'],
  customer: ['EMAIL', 'PHONE'],
  return: ['NUMBER', 'STATUS'],
  dispute: ['ORDER', 'STATUS'],
  checkoutBlock: ['KIND', 'CONTACT'],
  stockItem: ['SKU', 'BARCODE'],
  stockMovement: ['SKU', 'KIND'],
  stockReservation: ['SKU', 'ORDER'],
  email: ['RECIPIENT', 'STATUS'],
  webhookEvent: ['TYPE', 'STATUS'],
};

/** Files of lists: a repeat makes no second job. */
export const LIST_FILES: readonly KeyedCase[] = Object.entries(LISTS).map(([list, [one, another]]) => ({
  mutation: `${list}ExportCreate`,
  of: `a file of the list of each ${list}`,
  makes: { long_job: 1 },
  prepare: async () => ({ input: { columns: [one] }, other: { columns: [another] } }),
}));

const ACTIONS = [
  ...['orderBulkShip', 'orderBulkComplete', 'returnBulkApprove', 'checkoutBlockBulkRemove'],
  ...['emailBulkCancel', 'emailBulkResend', 'webhookEventBulkReplay'],
];

/** What is done to many at once: a repeat starts no second job. */
export const BULK_ACTIONS: readonly KeyedCase[] = ACTIONS.map((mutation) => ({
  mutation,
  of: `${mutation} of nothing that there is`,
  makes: { long_job: 1 },
  prepare: async () => ({ input: { search: 'once' }, other: { search: 'twice' } }),
}));
