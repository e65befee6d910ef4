import { expect } from 'vitest';
import type { TestShop } from './test-shop.js';

// Image jobs affect nothing that tests read after it, and another process on the same database has no file to make them of; digests wait for their time, and scheduled jobs have no data.
const WORK_LEFT = `
  SELECT 'event ' || kind AS what FROM outbox WHERE published_at IS NULL
  UNION ALL SELECT 'webhook ' || type FROM webhook_inbox WHERE status = 'NEW'
  UNION ALL SELECT 'refund ' || id FROM refund WHERE status = 'REQUESTED'
  UNION ALL SELECT 'mail ' || status || ' ' || template FROM email WHERE status IN ('QUEUED', 'SENDING') AND (dedupe_key NOT LIKE 'owner-digest:%' OR next_attempt_at <= now())
  UNION ALL SELECT 'job ' || name || ' ' || state || coalesce(' ' || (output ->> 'message'), '') FROM pgboss.job WHERE data <> '{}' AND name <> 'media.make-sizes'
    AND (state IN ('created', 'retry') OR state = 'active' AND started_on > now() - interval '2 minutes')
  LIMIT 5`;

/**
 * Waits until everything that has happened so far has been worked off: events are published, jobs have ended, and the
 * events that these wrote are worked off too. Nothing comes late after it: whoever reads an order then reads its last
 * version, and whoever counts mails or events counts all of them. Somebody must be working (`worker: true`, or a process).
 *
 * @throws Error naming what is left, when it does not end
 */
export async function workIsDone(shop: TestShop): Promise<void> {
  const isDone = shop.eventually(async () => (await shop.sql(WORK_LEFT)).length === 0);
  await isDone.catch(async () =>
    expect(await shop.sql(WORK_LEFT), 'work that is still to be done').toEqual([]),
  );
}
