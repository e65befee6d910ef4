import { z } from 'zod';
import { statement, type Database } from '../platform/database/database.js';
import { defineJob, handleJob, type HandledJob } from '../platform/jobs/define-job.js';

const sweepOldRowsJob = defineJob({
  queue: 'shop.sweep-old-rows',
  payload: z.object({}),
  schedule: '47 3 * * *',
  exclusive: true,
});

const BATCH = 500;
const MOST_BATCHES = 400;

// What nobody can use any more, a batch at a time. The books stay: orders, payments, invoices and the mails and news that
// their laws ask for.
const SWEEPS = [
  // Longer than the cookie that leads to it; one that held or sold something belongs to the books.
  statement(
    'sweep.guest-carts',
    `DELETE FROM cart WHERE id IN (
       SELECT c.id FROM cart c WHERE c.status = 'ACTIVE' AND c.user_id IS NULL AND c.updated_at < now() - interval '90 days'
         AND NOT EXISTS (SELECT 1 FROM reservation r WHERE r.cart_id = c.id)
         AND NOT EXISTS (SELECT 1 FROM shop_order o WHERE o.cart_id = c.id)
       LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
  ),
  // Nobody repeats a request after so long.
  statement(
    'sweep.request-keys',
    `DELETE FROM request_key WHERE ctid IN (
       SELECT ctid FROM request_key WHERE created_at < now() - interval '90 days' LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
  ),
  statement(
    'sweep.dev-inbox',
    `DELETE FROM dev_inbox WHERE id IN (
       SELECT id FROM dev_inbox WHERE received_at < now() - interval '30 days' LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
  ),
  // The event's id stays, so that one which comes again is known; what it said about a person goes.
  statement(
    'sweep.webhook-bodies',
    `UPDATE webhook_inbox SET payload = '{}', raw = NULL WHERE id IN (
       SELECT id FROM webhook_inbox WHERE state IN ('DONE', 'IGNORED') AND received_at < now() - interval '90 days'
         AND payload <> '{}' LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
  ),
];

/** Each night; sweeping twice finds nothing the second time. */
export function sweepOldRows(database: Database): HandledJob {
  return handleJob(sweepOldRowsJob, async () => {
    for (const sweep of SWEEPS) {
      for (let batch = 0; batch < MOST_BATCHES; batch++) {
        if ((await database.count(sweep)) < BATCH) break;
      }
    }
  });
}
