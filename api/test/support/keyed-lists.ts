import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import type { KeyedCase } from './keyed-case.js';

/** A person has few open jobs, and no worker ends those of the cases before. */
export async function endOpenJobs({ shop }: Fixtures): Promise<void> {
  await shop.sql(`UPDATE long_job SET status = 'CANCELLED', finished_at = now() WHERE finished_at IS NULL`);
}

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
  auditEntry: ['AT', 'OPERATION'],
  redirect: ['FROM', 'TO'],
  media: ['FILENAME', 'USES'],
};

/** Files of lists: a repeat makes no second job. */
export const LIST_FILES: readonly KeyedCase[] = Object.entries(LISTS).map(([list, [one, another]]) => ({
  mutation: `${list}ExportCreate`,
  of: `a file of the list of each ${list}`,
  makes: { long_job: 1 },
  prepare: async (fixtures) => {
    await endOpenJobs(fixtures);
    return { input: { columns: [one] }, other: { columns: [another] } };
  },
}));

const ACTIONS = [
  ...['orderBulkShip', 'orderBulkComplete', 'returnBulkApprove', 'checkoutBlockBulkRemove'],
  ...['emailBulkCancel', 'emailBulkResend', 'webhookEventBulkReplay', 'customerBulkTag'],
];

/** What is done to chosen rows alone. */
const OF_CHOSEN = ['orderBulkCancel', 'customerBulkLock'];

/** What is said beside the rows, where something has to be. */
const VALUES: Readonly<Record<string, object>> = { customerBulkTag: { tags: ['blue'] } };

/** What is done to many at once: a repeat starts no second job. */
export const BULK_ACTIONS: readonly KeyedCase[] = [...ACTIONS, ...OF_CHOSEN].map((mutation) => ({
  mutation,
  of: `${mutation} of nothing that there is`,
  makes: { long_job: 1 },
  prepare: async (fixtures) => {
    await endOpenJobs(fixtures);
    const chosen = OF_CHOSEN.includes(mutation) && { filter: { ids: ['of_nothing'] } };
    const said = { ...chosen, ...VALUES[mutation] };
    return { input: { ...said, search: 'once' }, other: { ...said, search: 'twice' } };
  },
}));
