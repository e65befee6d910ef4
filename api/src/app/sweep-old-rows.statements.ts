import { FORGOTTEN_EMAIL } from '../domains/orders/index.js';
import { statement, type Statement } from '../platform/database/database.js';

/** How many rows one statement takes, so that it never holds others for long. */
export const BATCH = 500;

/** For how many days what is here of people and events is kept after it came to its end. */
export interface KeptDays {
  readonly guestCarts: number;
  readonly mailTexts: number;
  readonly unpaidBuyers: number;
  readonly news: number;
  readonly webhookBodies: number;
}

const REMOVED_ADDRESS = JSON.stringify({
  ...{ firstName: '–', lastName: '–', company: null, line1: '–', line2: null, city: '–' },
  ...{ region: null, postalCode: '', phone: null },
});

/** News that tells of no book, or of every small change of one; as the index `outbox_passing` has it. */
const PASSING = `kind <> 'mail.failed'
  AND (split_part(kind, '.', 1) NOT IN ('order', 'payment', 'refund', 'return', 'invoice', 'dispute', 'draft')
    OR kind IN ('order.updated', 'payment.webhook-received', 'payment.outage', 'refund.changed'))`;
const OLD = (moment: string): string => `${moment} < now() - make_interval(days => $1)`;

/** Nobody repeats a request after so long, and nobody reads the test inbox so far back. */
const KEY_DAYS = 90;
const DEV_INBOX_DAYS = 30;

interface Sweep {
  readonly statement: Statement;
  readonly days: number | keyof KeptDays;
}

/*
 * What nobody can use any more, a batch at a time; $1 is the number of days. The books stay: orders, payments, invoices, and
 * which mails and news their laws ask for.
 *
 * The buyer of an order that was never placed is forgotten, and the order keeps its number, lines and sums. It must have come to
 * nothing without money: ended, every payment of it cancelled, no trouble reported. Locks: the order's row alone, taken with
 * SKIP LOCKED, so that whoever works on it (money that comes too late) goes first. Money that comes afterwards never places
 * such an order (see `takeAgain`): it goes back by the payment, which knows no address, or staff sends it back.
 */
export const SWEEPS: readonly Sweep[] = [
  {
    // Longer than the cookie that leads to it; one that held or sold something belongs to the books.
    statement: statement(
      'sweep.guest-carts',
      `DELETE FROM cart WHERE id IN (
         SELECT c.id FROM cart c WHERE c.status = 'ACTIVE' AND c.user_id IS NULL AND ${OLD('c.updated_at')}
           AND NOT EXISTS (SELECT 1 FROM reservation r WHERE r.cart_id = c.id)
           AND NOT EXISTS (SELECT 1 FROM shop_order o WHERE o.cart_id = c.id)
         LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
    ),
    days: 'guestCarts',
  },
  {
    // The order has a copy of its own, and asks for its buyer itself.
    statement: statement(
      'sweep.contacts-of-carts',
      `UPDATE cart SET email = NULL, phone = NULL, shipping_address = NULL, billing_address = NULL,
         network = NULL, wide_network = NULL WHERE id IN (
         SELECT c.id FROM cart c WHERE ${OLD('c.updated_at')} AND (c.status <> 'ACTIVE' OR c.user_id IS NULL)
           AND num_nonnulls(c.email, c.phone, c.shipping_address, c.billing_address, c.network, c.wide_network) > 0
           AND NOT EXISTS (SELECT 1 FROM shop_order o WHERE o.cart_id = c.id AND o.status IN ('DRAFT', 'PENDING_PAYMENT'))
         LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
    ),
    days: 'guestCarts',
  },
  {
    statement: statement(
      'sweep.buyers-of-nothing',
      `WITH gone AS (
         UPDATE shop_order SET email = '${FORGOTTEN_EMAIL}', phone = NULL, note = NULL,
           shipping_address = '${REMOVED_ADDRESS}'::jsonb || jsonb_build_object('countryCode', shipping_address -> 'countryCode'),
           billing_address = '${REMOVED_ADDRESS}'::jsonb || jsonb_build_object('countryCode', billing_address -> 'countryCode'),
           version = version + 1, updated_at = now()
         WHERE id IN (
           SELECT o.id FROM shop_order o
           WHERE o.status IN ('EXPIRED', 'CANCELLED') AND o.placed_at IS NULL AND o.email <> '${FORGOTTEN_EMAIL}'
             AND ${OLD('o.updated_at')}
             AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.order_id = o.id AND p.state <> 'CANCELLED')
             AND NOT EXISTS (SELECT 1 FROM invoice i WHERE i.order_id = o.id)
             AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.aggregate_id = o.id AND e.kind IN ('payment.mismatch', 'refund.failed'))
           ORDER BY o.updated_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
         RETURNING id
       ), told AS (
         UPDATE email m SET recipient = '${FORGOTTEN_EMAIL}', model = '{}', error = NULL FROM gone
         WHERE m.dedupe_key LIKE 'order:%' AND split_part(m.dedupe_key, ':', 2) = gone.id::text
           AND m.state IN ('SENT', 'FAILED', 'BOUNCED')
       )
       SELECT id FROM gone`,
    ),
    days: 'unpaidBuyers',
  },
  {
    // What the mail said; that it was sent, to whom and when, the audit and the staff ask for.
    statement: statement(
      'sweep.texts-of-mails',
      `UPDATE email SET model = '{}' WHERE id IN (
         SELECT id FROM email WHERE model <> '{}' AND ${OLD('created_at')} AND state IN ('SENT', 'FAILED', 'BOUNCED')
         ORDER BY created_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
    ),
    days: 'mailTexts',
  },
  {
    // Links for passwords, notices about accounts, alerts: no book tells of them.
    statement: statement(
      'sweep.mails-of-no-order',
      `DELETE FROM email WHERE id IN (
         SELECT id FROM email WHERE dedupe_key NOT LIKE 'order:%' AND ${OLD('created_at')}
           AND state IN ('SENT', 'FAILED', 'BOUNCED') ORDER BY created_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
    ),
    days: 'mailTexts',
  },
  {
    statement: statement(
      'sweep.news',
      `DELETE FROM outbox WHERE id IN (
         SELECT id FROM outbox WHERE ${PASSING} AND ${OLD('published_at')}
         ORDER BY published_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
    ),
    days: 'news',
  },
  {
    statement: statement(
      'sweep.request-keys',
      `DELETE FROM request_key WHERE ctid IN (
         SELECT ctid FROM request_key WHERE ${OLD('created_at')} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
    ),
    days: KEY_DAYS,
  },
  {
    statement: statement(
      'sweep.dev-inbox',
      `DELETE FROM dev_inbox WHERE id IN (
         SELECT id FROM dev_inbox WHERE ${OLD('received_at')} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
    ),
    days: DEV_INBOX_DAYS,
  },
  {
    // The event's id stays, so that one which comes again is known; what it said about a person goes.
    statement: statement(
      'sweep.webhook-bodies',
      `UPDATE webhook_inbox SET payload = '{}', raw = NULL WHERE id IN (
         SELECT id FROM webhook_inbox WHERE state IN ('DONE', 'IGNORED') AND ${OLD('received_at')}
           AND payload <> '{}' LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
    ),
    days: 'webhookBodies',
  },
];
