import { CATALOG_CHANNEL } from '../../../../api/src/platform/database/catalog-cache.js';
import type { Database } from '../../../../api/src/platform/database/database.js';
import type { Listener } from '../../../../api/src/platform/database/listener.js';

const LAST = 'the last event';

/**
 * Waits until this process has received all notifications so far. They arrive in order, so after this one the caches of
 * earlier ones are invalidated, and none interferes with counting statements.
 */
export async function publishedEvents({
  database,
  listener,
}: {
  database: Database;
  listener: Listener;
}): Promise<void> {
  const heard = new Promise<void>((resolve) => {
    const stop = listener.on(CATALOG_CHANNEL, (payload) => {
      if (payload !== LAST) return;
      stop();
      resolve();
    });
  });
  await database.pool.query('SELECT pg_notify($1, $2)', [CATALOG_CHANNEL, LAST]);
  await heard;
}
