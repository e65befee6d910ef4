import { FORGOTTEN_EMAIL } from './forgotten-buyer.js';
import { statement } from '../../platform/database/database.js';
import { OLD_ROWS_BATCH, olderThanDays, type OldRows } from '../../platform/jobs/old-rows.js';

const REMOVED_ADDRESS = JSON.stringify({
  ...{ firstName: '–', lastName: '–', company: null, line1: '–', line2: null, city: '–' },
  ...{ region: null, postalCode: '', phone: null },
});

/*
 * The buyer of an order that was never placed is forgotten, and the order keeps its number, lines and sums. It must have come to
 * nothing without money: ended, every payment of it cancelled, no trouble reported. Locks: the order's row alone, taken with
 * SKIP LOCKED, so that whoever works on it (money that comes too late) goes first. Money that comes afterwards never places
 * such an order (see `takeAgain`): it goes back by the payment, which knows no address, or staff sends it back.
 */
const buyersOfNothing = statement(
  'orders.forget-buyers-of-nothing',
  `WITH gone AS (
     UPDATE shop_order SET email = '${FORGOTTEN_EMAIL}', phone = NULL, note = NULL,
       shipping_address = '${REMOVED_ADDRESS}'::jsonb || jsonb_build_object('countryCode', shipping_address -> 'countryCode'),
       billing_address = '${REMOVED_ADDRESS}'::jsonb || jsonb_build_object('countryCode', billing_address -> 'countryCode'),
       version = version + 1, updated_at = now()
     WHERE id IN (
       SELECT o.id FROM shop_order o
       WHERE o.status IN ('EXPIRED', 'CANCELLED') AND o.placed_at IS NULL AND o.email <> '${FORGOTTEN_EMAIL}'
         AND ${olderThanDays('o.updated_at')}
         AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.order_id = o.id AND p.state <> 'CANCELLED')
         AND NOT EXISTS (SELECT 1 FROM invoice i WHERE i.order_id = o.id)
         AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.aggregate_id = o.id AND e.kind IN ('payment.mismatch', 'refund.failed'))
       ORDER BY o.updated_at LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)
     RETURNING id
   ), mails AS (
     UPDATE email m SET recipient = '${FORGOTTEN_EMAIL}', model = '{}', error = NULL FROM gone
     WHERE m.dedupe_key LIKE 'order:%' AND split_part(m.dedupe_key, ':', 2) = gone.id::text
       AND m.state IN ('SENT', 'FAILED', 'BOUNCED')
   )
   SELECT id FROM gone`,
);

/** What orders that were never placed say of their buyers, so many days after their end. */
export function forgottenBuyers(days: number): readonly OldRows[] {
  return [{ statement: buyersOfNothing, days }];
}
