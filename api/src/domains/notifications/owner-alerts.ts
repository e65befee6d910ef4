import type { IdPrefix } from '../../kernel/ids.js';
import type { EventType } from '../../platform/jobs/define-event.js';
import { stockHeldUnpaid } from '../checkout/index.js';
import { loginsRefused, tokenReused } from '../identity/index.js';
import { stockLow } from '../inventory/index.js';
import {
  disputeOpened,
  paymentMismatch,
  paymentOutage,
  refundFailed,
  refusedLate,
  webhookDead,
} from '../payments/index.js';
import { returnRequested } from '../returns/index.js';
import { mailFailed } from './mail.events.js';
import { pluginFailed } from './plugin.events.js';
import type { LocalizedText } from '../../kernel/languages.js';
import {
  statement,
  t,
  type SqlType,
  type Statement,
  type ValuesOf,
} from '../../platform/database/database.js';
import type { OrderLineForMail } from '../orders/index.js';

/** What the mail of an alert may name; each alert has some of it. */
const DATA = {
  /** Null if only the event's payload names it. */
  subject: t.text.orNull as SqlType<string | LocalizedText | null>,
  detail: t.text.orNull,
  amount: t.int.orNull,
  currency: t.text.orNull,
  count: t.int.orNull,
  dueAt: t.timestamp.orNull,
  pageId: t.uuid.orNull,
  lines: t.json<(Omit<OrderLineForMail, 'total'> & { total: number })[]>().orNull,
};

export type AlertRow = Pick<ValuesOf<typeof DATA>, 'subject'> & Partial<ValuesOf<typeof DATA>>;

type AlertQuery = Statement<{ readonly id: string }, AlertRow>;

/** The query of an alert: `id` is the subject's. */
const query = <R extends Pick<typeof DATA, 'subject'> & Partial<typeof DATA>>(
  name: string,
  row: R,
  sql: string,
): Statement<{ readonly id: string }, ValuesOf<R>> =>
  statement(`notifications.alert-${name}`, { params: { id: t.uuid }, row, sql });

const { subject, detail, amount, currency, count, dueAt, pageId, lines } = DATA;

const LINES = `(SELECT json_agg(json_build_object('name', l.product_name, 'variant', l.variant_name, 'quantity', l.quantity, 'total', l.total_gross) ORDER BY l.position)
  FROM order_line l WHERE l.order_id = o.id) AS lines`;

/** Staff accounts have no page among the customers. */
const ACCOUNT = `u.email AS subject, CASE u.role WHEN 'CUSTOMER' THEN u.id END AS "pageId"`;

/** How many alerts of a kind may fill the owner's mailbox. */
export interface Storm {
  /** So many alerts of a kind are sent individually, the others together at the end of the slot. */
  readonly most: number;
  readonly slotMs: number;
}

const BROKEN: Storm = { most: 5, slotMs: 600_000 };
/** Alerts that a stranger can cause at will: at most sixteen mails a day. */
const ATTACK: Storm = { most: 3, slotMs: 6 * 3_600_000 };

/** A mail to the owner. Its messages are in `locales/<language>/alerts/<name>.json`. */
interface Alert {
  /** The event that raises it; absent: other code does. */
  readonly on?: EventType;
  /** Which id of the event's payload the query uses; the aggregate's if absent. */
  readonly about?: string;
  /** The page of the admin; with the id's prefix if the page shows one entity. */
  readonly page: readonly [path: string, prefix: IdPrefix | null];
  /** How it is kept from filling the owner's mailbox. Null: what causes it bounds it already. */
  readonly storm: Storm | null;
  readonly query: AlertQuery;
}

/** Every alert, by its name, which is stored with the mail and never changes. */
const ALERTS = {
  'new-order': {
    page: ['orders', 'ord'],
    // One for each sale, queued with the buyer's confirmation.
    storm: null,
    query: query(
      'new-order',
      { subject, detail, amount, currency, pageId, lines },
      `SELECT o.number AS subject, o.shipping_method_name AS detail, o.total_gross AS amount, o.currency, o.id AS "pageId", ${LINES}
     FROM shop_order o WHERE o.id = :id`,
    ),
  },
  'stock-low': {
    on: stockLow,
    page: ['stock', 'vari'],
    // A file of stock counts brings hundreds.
    storm: BROKEN,
    query: query(
      'stock-low',
      { subject: t.json<LocalizedText>(), detail, pageId },
      `SELECT p.name AS subject, v.sku AS detail, v.id AS "pageId" FROM variant v JOIN product p ON p.id = v.product_id WHERE v.id = :id`,
    ),
  },
  'return-requested': {
    on: returnRequested,
    about: 'returnId',
    page: ['returns', 'ret'],
    // A campaign brings hundreds.
    storm: BROKEN,
    query: query(
      'return-requested',
      { subject, detail, pageId },
      `SELECT b.number AS subject, o.number AS detail, b.id AS "pageId"
     FROM order_return b JOIN shop_order o ON o.id = b.order_id WHERE b.id = :id`,
    ),
  },
  'refund-failed': {
    on: refundFailed,
    about: 'refundId',
    page: ['orders', 'ord'],
    storm: BROKEN,
    query: query(
      'refund-failed',
      { subject, detail, amount, currency, pageId },
      `SELECT o.number AS subject, r.failure_code AS detail, r.amount, o.currency, o.id AS "pageId"
     FROM refund r JOIN payment p ON p.id = r.payment_id JOIN shop_order o ON o.id = p.order_id WHERE r.id = :id`,
    ),
  },
  'dispute-opened': {
    on: disputeOpened,
    about: 'disputeId',
    page: ['orders', 'ord'],
    // A wave of stolen cards brings hundreds.
    storm: BROKEN,
    query: query(
      'dispute-opened',
      { subject, detail, amount, currency, dueAt, pageId },
      `SELECT o.number AS subject, d.reason AS detail, d.amount, d.currency, d.evidence_due_at AS "dueAt", o.id AS "pageId"
     FROM dispute d JOIN payment p ON p.id = d.payment_id JOIN shop_order o ON o.id = p.order_id WHERE d.id = :id`,
    ),
  },
  'payment-mismatch': {
    on: paymentMismatch,
    about: 'paymentId',
    page: ['orders', 'ord'],
    storm: BROKEN,
    query: query(
      'payment-mismatch',
      { subject, amount, currency, pageId },
      // Also for money that belongs to no payment of ours: then the event's payload names the order.
      `SELECT o.number AS subject, p.amount, p.currency, o.id AS "pageId"
     FROM (VALUES (:id::uuid)) AS about (id) LEFT JOIN payment p ON p.id = about.id LEFT JOIN shop_order o ON o.id = p.order_id`,
    ),
  },
  'order-refused-late': {
    on: refusedLate,
    about: 'paymentId',
    page: ['orders', 'ord'],
    storm: BROKEN,
    query: query(
      'order-refused-late',
      { subject, amount, currency, pageId },
      `SELECT o.number AS subject, p.amount, p.currency, o.id AS "pageId"
     FROM payment p JOIN shop_order o ON o.id = p.order_id WHERE p.id = :id`,
    ),
  },
  'webhook-dead': {
    on: webhookDead,
    page: ['system/webhooks', 'whev'],
    storm: BROKEN,
    query: query(
      'webhook-dead',
      { subject, pageId },
      `SELECT type AS subject, id AS "pageId" FROM webhook_inbox WHERE id = :id`,
    ),
  },
  'payment-outage': {
    on: paymentOutage,
    page: ['orders', null],
    // Once an hour for each provider.
    storm: null,
    query: query('payment-outage', { subject }, `SELECT NULL AS subject WHERE :id::uuid IS NOT NULL`),
  },
  'plugin-failed': {
    on: pluginFailed,
    page: ['orders', null],
    // Once an hour for each plugin and hook.
    storm: null,
    query: query('plugin-failed', { subject }, `SELECT NULL AS subject WHERE :id::uuid IS NOT NULL`),
  },
  'mail-failed': {
    on: mailFailed,
    about: 'mailId',
    page: ['system/mails', null],
    storm: BROKEN,
    query: query(
      'mail-failed',
      { subject, detail },
      `SELECT coalesce(o.number, m.template) AS subject, m.template AS detail
     FROM email m LEFT JOIN shop_order o ON o.id = substring(m.dedupe_key FROM '^order:([0-9a-f-]{36}):')::uuid WHERE m.id = :id`,
    ),
  },
  'integrity-broken': {
    page: ['system/integrity', null],
    // Once a night; the audit raises it.
    storm: null,
    query: query(
      'integrity-broken',
      { subject, count, detail },
      `SELECT '' AS subject, violations AS count,
       (SELECT string_agg(checked ->> 'code', ', ') FROM jsonb_array_elements(report) checked WHERE (checked ->> 'violations')::int > 0) AS detail
     FROM integrity_check WHERE id = :id`,
    ),
  },
  'stock-held-unpaid': {
    on: stockHeldUnpaid,
    page: ['orders', null],
    // Once a day for each network; an attacker has many.
    storm: ATTACK,
    query: query(
      'stock-held-unpaid',
      { subject, pageId },
      // The event's payload has the amount; the order may have been refused.
      `SELECT o.number AS subject, o.id AS "pageId" FROM (VALUES (:id::uuid)) AS about (id)
     LEFT JOIN shop_order o ON o.cart_id = about.id ORDER BY o.created_at DESC LIMIT 1`,
    ),
  },
  'token-reused': {
    on: tokenReused,
    page: ['customers', 'cust'],
    storm: ATTACK,
    query: query('token-reused', { subject, pageId }, `SELECT ${ACCOUNT} FROM app_user u WHERE u.id = :id`),
  },
  'logins-refused': {
    on: loginsRefused,
    page: ['customers', 'cust'],
    storm: ATTACK,
    // Without an account the alert is about the whole shop.
    query: query(
      'logins-refused',
      { subject, pageId },
      `SELECT ${ACCOUNT} FROM (VALUES (:id::uuid)) AS about (id) LEFT JOIN app_user u ON u.id = about.id`,
    ),
  },
} as const satisfies Readonly<Record<string, Alert>>;

export type OwnerAlert = keyof typeof ALERTS;

/** The names of all alerts. */
export const OWNER_ALERTS = Object.keys(ALERTS) as OwnerAlert[];

export function alertNamed(name: OwnerAlert): Alert {
  return ALERTS[name];
}
