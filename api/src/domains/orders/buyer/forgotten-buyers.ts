import { orderClosed } from '../order.events.js';
import { FORGOTTEN_EMAIL } from './forgotten-buyer.js';
import { statement, t } from '../../../platform/database/database.js';
import { DAYS, OLD_ROWS_BATCH, olderThanDays, type OldRows } from '../../../platform/jobs/old-rows.js';

const REMOVED_ADDRESS = JSON.stringify({
  ...{ firstName: '–', lastName: '–', company: null, line1: '–', line2: null, city: '–' },
  ...{ region: null, postalCode: '', phone: null },
});

/*
 * Removes the buyer's personal data from orders that were never placed; number, lines and totals stay. The order must
 * have ended without money: expired or cancelled, every payment of it cancelled, no payment problem reported. The
 * same statement cancels drafts that were not changed for as long: a draft holds no stock and asks for no money, and
 * no other job ends it. The timeline and the outbox record the end of a draft like that of any other order. The event
 * is written by this statement and not through `orderClosed`, because it is about the rows that the statement has
 * chosen, locked and changed; its name and whether its row stays are those of the definition.
 *
 * Locks: the order's row alone, with SKIP LOCKED, so a transaction that works on the order already (a late payment,
 * staff sending the draft) goes first; a transaction that comes later finds another version. A payment that arrives
 * afterwards never places such an order (see `LatePayments.reserveAgain`): it is refunded to the payment, which needs
 * no address, or staff refunds it.
 */
const buyersOfNothing = statement('orders.forget-buyers-of-nothing', {
  params: DAYS,
  row: { id: t.uuid },
  sql: `WITH old AS (
     SELECT o.id, o.status = 'DRAFT' AS is_draft FROM shop_order o
     WHERE o.status IN ('DRAFT', 'EXPIRED', 'CANCELLED') AND o.placed_at IS NULL
       AND (o.status = 'DRAFT' OR o.email <> '${FORGOTTEN_EMAIL}') AND ${olderThanDays('o.updated_at')}
       AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.order_id = o.id AND p.status <> 'CANCELLED')
       AND NOT EXISTS (SELECT 1 FROM invoice i WHERE i.order_id = o.id)
       AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.aggregate_id = o.id AND e.kind IN ('payment.mismatch', 'refund.failed'))
     ORDER BY o.updated_at LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED
   ), gone AS (
     UPDATE shop_order o SET email = '${FORGOTTEN_EMAIL}', customer_id = NULL, phone = NULL, note = NULL,
       shipping_address = '${REMOVED_ADDRESS}'::jsonb || jsonb_build_object('countryCode', o.shipping_address -> 'countryCode'),
       billing_address = '${REMOVED_ADDRESS}'::jsonb || jsonb_build_object('countryCode', o.billing_address -> 'countryCode'),
       status = CASE WHEN is_draft THEN 'CANCELLED' ELSE o.status END,
       payment_status = CASE WHEN is_draft THEN 'CANCELLED' ELSE o.payment_status END,
       version = o.version + 1, updated_at = now()
     FROM old WHERE o.id = old.id
     RETURNING o.*, is_draft
   ), mails AS (
     UPDATE email m SET recipient = '${FORGOTTEN_EMAIL}', model = '{}', error = NULL,
       status = CASE WHEN m.status = 'SCHEDULED' THEN 'CANCELLED' ELSE m.status END FROM gone
     WHERE m.dedupe_key LIKE 'order:%' AND split_part(m.dedupe_key, ':', 2) = gone.id::text
       AND m.status IN ('SCHEDULED', 'SENT', 'FAILED', 'BOUNCED', 'CANCELLED')
   ), entry AS (
     INSERT INTO order_event (id, order_id, kind, actor_kind, data)
     SELECT new_id(), id, 'CANCELLED', 'SYSTEM', '{"fromStatus": "DRAFT", "toStatus": "CANCELLED"}' FROM gone WHERE is_draft
   ), event AS (
     INSERT INTO outbox (id, kind, aggregate_id, dedupe_key, is_kept, payload)
     SELECT new_id(), '${orderClosed.kind}', id, '${orderClosed.kind}:' || id || ':' || version, ${orderClosed.isKept}, jsonb_build_object('number', number,
       'status', status, 'paymentStatus', payment_status, 'paymentMethod', payment_method,
       'fulfillmentStatus', fulfillment_status, 'version', version, 'userId', user_id) FROM gone WHERE is_draft
   )
   SELECT id FROM gone`,
});

/*
 * Deletes guests whom an order made and who have none any more, after their orders were forgotten. Locks: the guest's row
 * with SKIP LOCKED, so a checkout that is adding an order keeps the guest; one that comes later adds a new guest. A
 * guest of whom staff wrote down anything stays.
 */
const guestsOfNothing = statement('orders.delete-guests-of-nothing', {
  params: DAYS,
  sql: `DELETE FROM customer WHERE id IN (
     SELECT c.id FROM customer c WHERE c.source = 'ORDER' AND c.user_id IS NULL AND c.status = 'ACTIVE' AND c.tags = '{}'
       AND ${olderThanDays('c.updated_at')}
       AND NOT EXISTS (SELECT 1 FROM shop_order o WHERE o.customer_id = c.id)
       AND NOT EXISTS (SELECT 1 FROM customer_note n WHERE n.customer_id = c.id)
       AND NOT EXISTS (SELECT 1 FROM customer m WHERE m.merged_into = c.id)
     ORDER BY c.updated_at LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)`,
});

/**
 * Removes personal data from orders that were never placed, so many days after their end; from drafts, after their
 * last change.
 */
export function forgottenBuyers(days: number): readonly OldRows[] {
  return [
    { statement: buyersOfNothing, days, recordedAs: 'buyersForget' },
    { statement: guestsOfNothing, days, recordedAs: 'guestsForget' },
  ];
}
