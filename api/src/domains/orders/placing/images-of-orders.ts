import { statement, t, type Querying } from '../../../platform/database/database.js';

/** Read once a night, for the files that are to be removed. */
const shownByLines = statement('orders.images-shown', {
  params: { keys: t.texts },
  row: { key: t.text },
  sql: `SELECT DISTINCT image ->> 'storageKey' AS key FROM order_line WHERE image ->> 'storageKey' = ANY(:keys)`,
});

/** Those of these files that orders show: what was bought looks as it did, whatever becomes of the media library. */
export async function imagesOfOrders(database: Querying, keys: readonly string[]): Promise<string[]> {
  return (await database.rows(shownByLines, { keys })).map(({ key }) => key);
}
