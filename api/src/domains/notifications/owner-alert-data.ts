import { globalId, type IdPrefix } from '../../kernel/ids.js';
import { localized, type Language, type LocalizedText } from '../../kernel/languages.js';
import { money } from '../../kernel/money.js';
import { statement, type Database, type Statement } from '../../platform/database/database.js';
import type { EventIds } from './order-for-mail.js';
import type { OrderLineForMail, OwnerAlert, OwnerAlertModel } from './templates/mail-model.js';

export interface OwnerAlertDataDeps {
  readonly database: Database;
  /** The URL of the admin: `https://api.shop.example/admin`. */
  readonly adminUrl: string;
  /** ADMIN_ALERT_EMAIL: receives all alerts while no account owns the shop. */
  readonly alertTo: string | null;
  readonly language: Language;
}

interface Row extends Record<string, unknown> {
  /** Null if only the event's payload names it. */
  readonly subject: string | LocalizedText | null;
  readonly detail: string | null;
  readonly amount: number | null;
  readonly currency: string | null;
  readonly count: number | null;
  readonly dueAt: Date | null;
  readonly pageId: string | null;
  readonly lines: (Omit<OrderLineForMail, 'total'> & { total: number })[] | null;
}

const owner = statement(
  'notifications.owner',
  `SELECT email AS "to", language FROM app_user WHERE role = 'OWNER'`,
);

/** The query of an alert; $1 is the subject's id. Columns as in Row; missing ones are null. */
const ask = (name: string, text: string): Statement => statement(`notifications.alert-${name}`, text);
const LINES = `(SELECT json_agg(json_build_object('name', l.product_name, 'variant', l.variant_name, 'quantity', l.quantity, 'total', l.total_gross) ORDER BY l.position)
  FROM order_line l WHERE l.order_id = o.id) AS lines`;
/** Staff accounts have no page among the customers. */
const ACCOUNT = `SELECT u.id, u.email AS subject, CASE u.role WHEN 'CUSTOMER' THEN u.id END AS "pageId" FROM app_user u`;
const QUESTIONS: Readonly<Record<OwnerAlert, Statement>> = {
  'new-order': ask(
    'new-order',
    `SELECT o.number AS subject, o.shipping_method_name AS detail, o.total_gross AS amount, o.currency, o.id AS "pageId", ${LINES}
     FROM shop_order o WHERE o.id = $1`,
  ),
  'stock-low': ask(
    'stock-low',
    `SELECT p.name AS subject, v.sku AS detail, v.id AS "pageId" FROM variant v JOIN product p ON p.id = v.product_id WHERE v.id = $1`,
  ),
  'return-requested': ask(
    'return-requested',
    `SELECT b.number AS subject, o.number AS detail, b.id AS "pageId"
     FROM order_return b JOIN shop_order o ON o.id = b.order_id WHERE b.id = $1`,
  ),
  'refund-failed': ask(
    'refund-failed',
    `SELECT o.number AS subject, r.failure_code AS detail, r.amount, o.currency, o.id AS "pageId"
     FROM refund r JOIN payment p ON p.id = r.payment_id JOIN shop_order o ON o.id = p.order_id WHERE r.id = $1`,
  ),
  'dispute-opened': ask(
    'dispute-opened',
    `SELECT o.number AS subject, d.reason AS detail, d.amount, d.currency, d.evidence_due_at AS "dueAt", o.id AS "pageId"
     FROM dispute d JOIN payment p ON p.id = d.payment_id JOIN shop_order o ON o.id = p.order_id WHERE d.id = $1`,
  ),
  'payment-mismatch': ask(
    'payment-mismatch',
    // Also for money that belongs to no payment of ours: then the event's payload names the order.
    `SELECT o.number AS subject, p.amount, p.currency, o.id AS "pageId"
     FROM (VALUES ($1::uuid)) AS about (id) LEFT JOIN payment p ON p.id = about.id LEFT JOIN shop_order o ON o.id = p.order_id`,
  ),
  'order-refused-late': ask(
    'order-refused-late',
    `SELECT o.number AS subject, p.amount, p.currency, o.id AS "pageId"
     FROM payment p JOIN shop_order o ON o.id = p.order_id WHERE p.id = $1`,
  ),
  'webhook-dead': ask(
    'webhook-dead',
    `SELECT type AS subject, id AS "pageId" FROM webhook_inbox WHERE id = $1`,
  ),
  'payment-outage': ask('payment-outage', `SELECT NULL AS subject WHERE $1::uuid IS NOT NULL`),
  'mail-failed': ask(
    'mail-failed',
    `SELECT coalesce(o.number, m.template) AS subject, m.template AS detail
     FROM email m LEFT JOIN shop_order o ON o.id = substring(m.dedupe_key FROM '^order:([0-9a-f-]{36}):')::uuid WHERE m.id = $1`,
  ),
  'integrity-broken': ask(
    'integrity-broken',
    `SELECT '' AS subject, violations AS count,
       (SELECT string_agg(law ->> 'code', ', ') FROM jsonb_array_elements(report) law WHERE (law ->> 'violations')::int > 0) AS detail
     FROM integrity_check WHERE id = $1`,
  ),
  'stock-held-unpaid': ask(
    'stock-held-unpaid',
    // The event's payload has the amount; the order may have been refused.
    `SELECT o.number AS subject, o.id AS "pageId" FROM (VALUES ($1::uuid)) AS about (id)
     LEFT JOIN shop_order o ON o.cart_id = about.id ORDER BY o.created_at DESC LIMIT 1`,
  ),
  'token-reused': ask('token-reused', `${ACCOUNT} WHERE u.id = $1`),
  // Without an account the alert is about the whole shop.
  'logins-refused': ask(
    'logins-refused',
    `SELECT a.* FROM (VALUES ($1::uuid)) AS about (id) LEFT JOIN (${ACCOUNT}) a ON a.id = about.id`,
  ),
};

/** Which id of the event's payload each query uses; the aggregate's if none is named. */
const ABOUT: Readonly<Partial<Record<OwnerAlert, string>>> = {
  'return-requested': 'returnId',
  'refund-failed': 'refundId',
  'dispute-opened': 'disputeId',
  'payment-mismatch': 'paymentId',
  'order-refused-late': 'paymentId',
  'mail-failed': 'mailId',
};

/** Pages of the admin; with the id's prefix if the page shows one entity. */
const PAGES: Readonly<Record<OwnerAlert, readonly [path: string, prefix: IdPrefix | null]>> = {
  'new-order': ['orders', 'ord'],
  'stock-low': ['stock', 'vari'],
  'return-requested': ['returns', 'ret'],
  'refund-failed': ['orders', 'ord'],
  'dispute-opened': ['orders', 'ord'],
  'payment-mismatch': ['orders', 'ord'],
  'order-refused-late': ['orders', 'ord'],
  'webhook-dead': ['system/webhooks', 'whev'],
  'payment-outage': ['orders', null],
  'mail-failed': ['system/mails', null],
  'integrity-broken': ['system/integrity', null],
  'stock-held-unpaid': ['orders', null],
  'token-reused': ['customers', 'cust'],
  'logins-refused': ['customers', 'cust'],
};

/** Loads the data of alerts, and finds the owner. */
export class OwnerAlertData {
  constructor(private readonly deps: OwnerAlertDataDeps) {}

  async owner(): Promise<{ to: string; language: Language } | null> {
    const account = await this.deps.database.row<{ to: string; language: Language }>(owner);
    const { alertTo, language } = this.deps;
    return account ?? (alertTo ? { to: alertTo, language } : null);
  }

  async find(alert: OwnerAlert, { aggregateId, payload }: EventIds): Promise<OwnerAlertModel | null> {
    const row = await this.deps.database.row<Row>(QUESTIONS[alert], [
      payload[ABOUT[alert] ?? ''] ?? aggregateId,
    ]);
    if (!row) return null;
    const amount = row.amount ?? (payload['amount'] as number | undefined);
    const currency = row.currency ?? (payload['currency'] as string | undefined);
    return {
      alert,
      ...this.describe(alert, row, payload),
      amount: amount != null && currency ? money(amount, currency) : null,
      dueAt: row.dueAt?.toISOString() ?? null,
      lines: (row.lines ?? []).map((line) => ({ ...line, total: money(line.total, currency ?? '') })),
      link: this.page(alert, row.pageId ?? null),
    };
  }

  private describe(
    alert: OwnerAlert,
    { subject, detail, count }: Row,
    payload: EventIds['payload'],
  ): Pick<OwnerAlertModel, 'subject' | 'detail' | 'count'> {
    if (alert === 'stock-held-unpaid')
      return {
        subject: String(subject ?? ''),
        detail: String(payload['percent'] ?? ''),
        count: Number(payload['units'] ?? 0),
      };
    if (alert !== 'stock-low')
      return {
        subject: String(subject ?? payload['reference'] ?? payload['provider'] ?? ''),
        detail: detail ?? (payload['because'] as string | undefined) ?? null,
        count: count ?? (payload['count'] as number | undefined) ?? null,
      };
    const { language } = this.deps;
    const name = localized(subject as LocalizedText, language, language) ?? '';
    return {
      subject: `${name} (${detail ?? ''})`,
      detail: String(payload['threshold'] ?? ''),
      count: Number(payload['available'] ?? 0),
    };
  }

  private page(alert: OwnerAlert, id: string | null): string {
    const [path, prefix] = PAGES[alert];
    return `${this.deps.adminUrl}/${path}${prefix && id ? `/${globalId(prefix, id)}` : ''}`;
  }
}
