import { CATALOG_CHANNEL } from '../../src/platform/database/catalog-cache.js';
import type { Database } from '../../src/platform/database/database.js';
import type { Listener } from '../../src/platform/database/listener.js';

const LAST = 'the last of the news';

/**
 * Waits until this process has heard of every change made so far. Notifications arrive in order, so once ours is here,
 * the earlier ones have dropped what they drop, and none comes in the middle of counting statements.
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
