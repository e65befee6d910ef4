import { afterAll, beforeAll, expect, it } from 'vitest';
import { complete, buy, readyCart } from '@vitrine/testing/drivers/checkout.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { CHECKS } from './index.js';

/*
 * Rows that no constraint allows, one kind for each thing that an invariant claims: only a damaged disk or a careless
 * superuser could write them. Each is written in a transaction that is rolled back, and the invariant is checked inside
 * it.
 */

let shop: TestShop;
beforeAll(async () => {
  shop = await TestShop.open();
  const bowl = await shop.stock({ name: 'Bowl', sku: 'AUDIT', price: 5000, stock: 10 });
  const lines = [{ variantId: bowl, quantity: 2 }];
  await buy(shop.guest(), lines);
  await shop.eventually(async () => (await shop.sql('SELECT 1 FROM invoice')).length === 1);
  const waiting = shop.guest();
  await complete(waiting, await readyCart(waiting, lines, 'waiting@example.test'));
  await shop.stock({ name: 'Other', sku: 'OTHER', price: 5000, stock: 10 });
});
afterAll(() => shop.close());

const PAID = `(SELECT id FROM shop_order WHERE number = '1001')`;
const UNPAID = `(SELECT id FROM shop_order WHERE number = '1002')`;
const LONG_AGO = `now() - interval '2 hours'`;

const decided = (amount: number, line = 0): string => `
  INSERT INTO order_refund (id, order_id, amount) VALUES (${PAID}, ${PAID}, ${amount});
  ${line ? `INSERT INTO order_refund_line (order_refund_id, order_line_id, quantity, amount) SELECT order_id, id, 1, ${line} FROM order_line WHERE order_id = ${PAID};` : ''}
  ${back(amount, 'SUCCEEDED', PAID)}`;
const back = (amount: number, status: string, decision = 'NULL'): string => `
  INSERT INTO refund (id, payment_id, amount, status, key, origin, reason, order_refund_id, created_at, updated_at)
  SELECT new_id(), id, ${amount}, '${status}', 're:' || new_id(), 'SHOP', 'planted', ${decision}, ${LONG_AGO}, ${LONG_AGO} FROM payment WHERE order_id = ${PAID};`;
const backordered = (order: string, status: string): string =>
  `INSERT INTO backorder (id, order_id, variant_id, quantity, status) SELECT new_id(), order_id, variant_id, 1, '${status}' FROM order_line WHERE order_id = ${order};`;
const moved = (order: string, kind: string, units: number): string =>
  `INSERT INTO stock_movement (id, variant_id, location_id, delta_on_hand, delta_reserved, kind, order_id)
   SELECT new_id(), r.variant_id, r.location_id, ${units}, 0, '${kind}', ${order} FROM reservation r WHERE r.order_id = ${PAID};`;
const past = (table: string, where = 'true'): string =>
  `UPDATE ${table} SET updated_at = ${LONG_AGO} WHERE ${where};`;
const edit = (status: string, difference: number): string =>
  `INSERT INTO order_edit (id, order_id, status, plan, difference, expires_at) VALUES (${PAID}, ${PAID}, '${status}', '{}', ${difference}, ${LONG_AGO});`;
const tender = (order: string, status: string): string =>
  `UPDATE shop_order SET tendered = 100 WHERE id = ${order};
   INSERT INTO payment (id, order_id, attempt, provider, method, purpose, tender, capture_method, status, amount, captured_amount, currency, create_key)
   SELECT id, id, 9, 'OFFLINE', 'MANUAL', 'TENDER', '{}', 'AUTOMATIC', '${status}', 100, ${status === 'CAPTURED' ? 100 : 'NULL'}, currency, 'planted'
   FROM shop_order WHERE id = ${order};`;
const asked = (units: number): string =>
  `INSERT INTO order_return (id, order_id, status, resolution, reason) VALUES (${PAID}, ${PAID}, 'REQUESTED', 'REFUND', 'OTHER');
   INSERT INTO order_return_line (id, return_id, order_line_id, quantity) SELECT id, order_id, id, ${units} FROM order_line WHERE order_id = ${PAID};`;
const mail = (status: string): string =>
  `INSERT INTO email (id, dedupe_key, recipient, template, language, model, status, created_at, updated_at, next_attempt_at)
   VALUES (${PAID}, 'order:' || ${PAID} || ':planted', 'a@b.test', 'order-notice', 'ro', '{}', '${status}', ${LONG_AGO}, ${LONG_AGO}, ${LONG_AGO});`;

/** A discount of an order, of which its one line has a share. */
const discount = (amount: number, share: number): string =>
  `(SELECT jsonb_build_array(jsonb_build_object('kind', 'DISCOUNT', 'code', 'STAFF_DISCOUNT', 'name', '{}'::jsonb, 'amount', ${amount},
     'shares', jsonb_build_array(jsonb_build_object('lineId', id, 'amount', ${share})))) FROM order_line WHERE order_id = ${PAID})`;
const charge = (amount: number): string =>
  `'[{"kind": "CHARGE", "code": "wrap.WRAP", "name": {}, "amount": ${amount}, "net": ${amount - 17}, "rates": [{"basisPoints": 2100, "amount": ${amount}, "net": ${amount - 17}}]}]'`;
const cheaper = (less: number): string =>
  `UPDATE shop_order SET total_gross = total_gross - ${less}, subtotal_gross = subtotal_gross - ${less} WHERE id = ${PAID}; ${past('shop_order')}`;
const ended = `UPDATE shop_order SET status = 'CANCELLED' WHERE id = ${PAID}; ${past('payment')}`;
const reported = (kind: string, payload: object): string =>
  `INSERT INTO outbox (id, kind, aggregate_id, dedupe_key, payload, published_at)
   SELECT new_id(), '${kind}', order_id, 'planted', '${JSON.stringify(payload)}'::jsonb || jsonb_build_object('paymentId', id), now() FROM payment WHERE order_id = ${PAID};`;

/** Rows of a payment or refund problem that was reported to a person. */
const REPORTED: readonly (readonly [invariant: string, statement: string])[] = [
  ['ORDER_SETTLED', `${back(100, 'FAILED')} ${cheaper(100)}`],
  ['ORDER_SETTLED', `${reported('payment.mismatch', { reason: 'amount' })} ${cheaper(100)}`],
  ['MONEY_HOME', `${ended} ${back(11_990, 'FAILED')}`],
  ['MONEY_HOME', `${ended} ${reported('payment.mismatch', { reason: 'disputed' })}`],
  [
    'ORDER_MONEY',
    `UPDATE payment SET status = 'CANCELLED', captured_amount = NULL; ${reported('payment.mismatch', { reason: 'lapsed' })}
     UPDATE shop_order SET status = 'FULFILLED', payment_status = 'CANCELLED' WHERE id = ${PAID};`,
  ],
];

const WRONG: readonly (readonly [invariant: string, sample: string, statement: string])[] = [
  ['STOCK_LEDGER', 'AUDIT @ main', `UPDATE stock_level SET on_hand = on_hand + 1`],
  ['STOCK_RESERVED', 'AUDIT @ main', `UPDATE stock_level SET reserved = reserved + 1`],
  ['STOCK_HOLDER', '', `UPDATE reservation SET status = 'ACTIVE' WHERE order_id = ${PAID}`],
  ['STOCK_HOLD_ENDED', '', `UPDATE reservation SET expires_at = ${LONG_AGO} WHERE order_id = ${UNPAID}`],
  ['STOCK_HOLD_ENDED', '', edit('AWAITING_PAYMENT', 100)],
  ['STOCK_UNPAID', '1002 AUDIT', `UPDATE reservation SET quantity = 1 WHERE order_id = ${UNPAID}`],
  [
    'STOCK_UNPAID',
    '1002 OTHER',
    `UPDATE reservation SET variant_id = (SELECT id FROM variant WHERE sku = 'OTHER') WHERE order_id = ${UNPAID}`,
  ],
  ['STOCK_SOLD', '1001 AUDIT', moved(PAID, 'SALE', -1)],
  [
    'STOCK_SOLD',
    '1001 AUDIT',
    `UPDATE order_line SET quantity = 3, total_gross = 3 * unit_price WHERE order_id = ${PAID}`,
  ],
  ['STOCK_UNSOLD', '1002', moved(UNPAID, 'SALE', -1)],
  ['STOCK_RETURNED', '1001 AUDIT', moved(PAID, 'RETURN', 3)],
  ['STOCK_OWED', '1001', backordered(PAID, 'HELD')],
  ['STOCK_OWED', '1002', backordered(UNPAID, 'OWED')],
  [
    'STOCK_SHIPPED',
    '1001 AUDIT',
    `${backordered(PAID, 'OWED')} UPDATE order_line SET fulfilled = 2 WHERE order_id = ${PAID}`,
  ],
  ['ORDER_SUMS', '1001', `UPDATE order_line SET total_net = total_net + 1`],
  [
    'ORDER_SUMS',
    '1001',
    `ALTER TABLE shop_order DROP CONSTRAINT shop_order_shipping_rates; UPDATE shop_order SET shipping_rates = '[]' WHERE id = ${PAID}`,
  ],
  // A discount without a reason, one whose shares are others than the lines say, and a charge that is in no total.
  ['ORDER_ADJUSTMENTS', '1001', `UPDATE shop_order SET discount = 100 WHERE id = ${PAID}`],
  [
    'ORDER_ADJUSTMENTS',
    '1001 AUDIT',
    `UPDATE shop_order SET discount = 100, adjustments = ${discount(100, 100)} WHERE id = ${PAID}`,
  ],
  [
    'ORDER_ADJUSTMENTS',
    '1001',
    `ALTER TABLE order_line DROP CONSTRAINT order_line_total; UPDATE order_line SET discount = 99 WHERE order_id = ${PAID};
     UPDATE shop_order SET discount = 100, adjustments = ${discount(100, 99)} WHERE id = ${PAID}`,
  ],
  [
    'ORDER_ADJUSTMENTS',
    '1001',
    `ALTER TABLE shop_order DROP CONSTRAINT shop_order_charges; UPDATE shop_order SET adjustments = ${charge(100)} WHERE id = ${PAID}`,
  ],
  ['ORDER_TAX', '1001', `UPDATE shop_order SET tax_lines = '[]'`],
  [
    'LINE_TOTAL',
    '1001 AUDIT',
    `ALTER TABLE order_line DROP CONSTRAINT order_line_total; UPDATE order_line SET total_gross = total_gross - 1`,
  ],
  ['PAYMENT_AMOUNT', '1001', `UPDATE payment SET amount = amount + 1`],
  // Accepted as the price: a part of it, which the order does not cost.
  [
    'PAYMENT_AMOUNT',
    '1001',
    `UPDATE payment SET captured_amount = amount - 1, accepted_at = now(), accepted_amount = amount - 1 WHERE order_id = ${PAID}`,
  ],
  ['ORDER_TENDERS', '1001', `UPDATE shop_order SET tendered = 1 WHERE id = ${PAID}`],
  // Still held although the order is paid, and given back although it is not over.
  ['ORDER_TENDERS', '1001', tender(PAID, 'AUTHORIZED')],
  ['ORDER_TENDERS', '1002', tender(UNPAID, 'CANCELLED')],
  // A tender is not the money of an order of which it pays a part only.
  [
    'ORDER_MONEY',
    '1001',
    `UPDATE payment SET status = 'PENDING', captured_amount = NULL; ${tender(PAID, 'CAPTURED')}`,
  ],
  ['ORDER_MONEY', '1001', `UPDATE payment SET status = 'PENDING', captured_amount = NULL`],
  ['PAYMENT_STATUS', '1001', `UPDATE payment SET status = 'CANCELLED', captured_amount = NULL`],
  ['PAYMENT_STATUS', '1001', `UPDATE shop_order SET payment_status = 'PENDING' WHERE id = ${PAID}`],
  ['PAYMENT_STATUS', '1001', `UPDATE shop_order SET payment_status = 'REFUNDED' WHERE id = ${PAID}`],
  [
    'PAYMENT_ENDED',
    '1002',
    `UPDATE shop_order SET status = 'EXPIRED', updated_at = ${LONG_AGO} WHERE id = ${UNPAID}`,
  ],
  ['MONEY_HOME', '1001', `UPDATE shop_order SET status = 'CANCELLED' WHERE id = ${PAID}; ${past('payment')}`],
  ['ONE_PAYMENT', '1001', `UPDATE payment SET order_id = ${PAID}, attempt = 2 WHERE order_id = ${UNPAID}`],
  ['REFUND_COVERED', '1001', back(99_999, 'SUCCEEDED')],
  ['REFUND_SENT', '', back(100, 'REQUESTED')],
  ['REFUND_SENT', '', back(100, 'FAILED')],
  ['REFUND_DECIDED', '1001', `${decided(100)} UPDATE refund SET amount = 99`],
  ['REFUND_DECIDED', '1001', decided(100, 99)],
  [
    'REFUND_DECIDED',
    '1001',
    `${decided(100)} UPDATE order_refund SET charges = '[{"code": "wrap.WRAP", "amount": 99, "tax": 0}]', charges_amount = 100`,
  ],
  // More of a charge than was paid, more of its tax, and a charge that the order does not have.
  ...[
    [101, 0, charge(100)],
    [100, 18, charge(100)],
    [1, 0, `'[]'`],
  ].map(([amount, tax, adjustments]): (typeof WRONG)[number] => [
    'CHARGE_WORTH',
    '1001 wrap.WRAP',
    `${decided(Number(amount))} ALTER TABLE shop_order DROP CONSTRAINT shop_order_charges;
     UPDATE shop_order SET adjustments = ${adjustments} WHERE id = ${PAID};
     UPDATE order_refund SET charges = '[{"code": "wrap.WRAP", "basisPoints": 2100, "amount": ${amount}, "tax": ${tax}}]', charges_amount = amount`,
  ]),
  // More of a delivery than was paid, more of its tax, and at a rate that it does not have.
  ...[
    [1_991, 346, 2100],
    [1_990, 346, 2100],
    [1, 0, 1100],
  ].map(([amount, tax, basisPoints]): (typeof WRONG)[number] => [
    'DELIVERY_WORTH',
    '1001',
    `${decided(Number(amount))} UPDATE order_refund SET shipping_amount = ${amount}, shipping_tax = ${tax},
       shipping_rates = '[{"basisPoints": ${basisPoints}, "amount": ${amount}, "tax": ${tax}}]'`,
  ]),
  ['LINE_WORTH', '1001 AUDIT', decided(10_001, 10_001)],
  ['ORDER_REFUNDED', '1001', `UPDATE shop_order SET refunded = 1; ${past('shop_order')}`],
  ['ORDER_SETTLED', '1001', cheaper(100)],
  // A person was alerted and has accepted the money, so that a surplus must go back.
  [
    'ORDER_SETTLED',
    '1001',
    `${reported('payment.mismatch', { reason: 'amount' })} UPDATE payment SET accepted_at = now(), accepted_amount = captured_amount WHERE order_id = ${PAID}; ${cheaper(100)}`,
  ],
  // A report excuses what it reported, and nothing else.
  ['ORDER_SETTLED', '1001', `${back(100, 'FAILED')} ${reported('refund.failed', {})} ${cheaper(200)}`],
  ['ORDER_SETTLED', '1001', `${reported('payment.mismatch', { reason: 'undecided' })} ${cheaper(100)}`],
  [
    'ORDER_SETTLED',
    '1001',
    `${back(100, 'FAILED')} ${decided(100)} ${reported('refund.failed', {})} ${cheaper(200)}`,
  ],
  ['MONEY_HOME', '1001', `${ended} ${reported('payment.mismatch', { reason: 'undecided' })}`],
  ['MONEY_HOME', '1001', `${ended} ${back(100, 'FAILED')} ${reported('refund.failed', {})}`],
  [
    'ORDER_MONEY',
    '1001',
    `UPDATE payment SET status = 'CANCELLED', captured_amount = NULL; UPDATE shop_order SET status = 'FULFILLED' WHERE id = ${PAID};
     ${reported('payment.mismatch', { reason: 'amount' })}`,
  ],
  [
    'EXCHANGE_CREDIT',
    '1001',
    `INSERT INTO order_return (id, order_id, status, resolution, reason, exchange_order_id) VALUES (${PAID}, ${PAID}, 'EXCHANGED', 'EXCHANGE', 'OTHER', ${UNPAID});
     INSERT INTO order_return_line (id, return_id, order_line_id, quantity, received, traded) SELECT id, order_id, id, 1, 1, 100 FROM order_line WHERE order_id = ${PAID};
     UPDATE shop_order SET source = 'EXCHANGE', status = 'CANCELLED', discount = 100, updated_at = ${LONG_AGO} WHERE id = ${UNPAID};`,
  ],
  [
    'CREDIT_COVERED',
    '1001 21%',
    `INSERT INTO invoice (id, series, number, printed_number, kind, order_id, source_key, content, total_gross, currency, issued_at)
     SELECT new_id(), series, number + 1, 'planted', 'CREDIT_NOTE', order_id, 'refund:planted', jsonb_set(content, '{lines,0,net}', '1'), total_gross, currency, issued_at FROM invoice`,
  ],
  ['DOCUMENT_MONEY', '1001', `DELETE FROM invoice; ${past('shop_order')}`],
  ['DOCUMENT_MONEY', '1001', `${back(100, 'SUCCEEDED')} ${past('shop_order')}`],
  ['DOCUMENT_SUMS', 'LL-000001', `UPDATE invoice SET total_gross = total_gross + 1`],
  ['INVOICE_NUMBERS', 'LL', `DELETE FROM invoice`],
  ['TIMELINE_ONCE', '1001', `DELETE FROM order_event WHERE kind = 'CREATED'`],
  ['TIMELINE_MAILS', '1001', `DELETE FROM order_event WHERE kind = 'MAIL_SENT'`],
  ['NEWS_PLACED', '1001', `DELETE FROM outbox WHERE kind = 'order.placed'`],
  ['NEWS_PASSED_ON', '', `UPDATE outbox SET published_at = NULL, created_at = ${LONG_AGO}`],
  [
    'MAIL_CONFIRMATION',
    '1001',
    `DELETE FROM email; UPDATE shop_order SET placed_at = ${LONG_AGO} WHERE id = ${PAID}`,
  ],
  [
    'MAIL_PARCEL',
    '1001',
    `INSERT INTO shipment (id, order_id, shipped_at) VALUES (${PAID}, ${PAID}, ${LONG_AGO})`,
  ],
  ['MAIL_SENT', '', mail('UNKNOWN')],
  ['MAIL_FAILED', '', mail('FAILED')],
  ['PARCEL_UNITS', '1001 AUDIT', `UPDATE order_line SET fulfilled = 1`],
  ['FULFILLMENT_STATUS', '1001', `UPDATE order_line SET fulfilled = 1`],
  ['FULFILLMENT_STATUS', '1001', `UPDATE shop_order SET status = 'FULFILLED' WHERE id = ${PAID}`],
  ['RETURN_UNITS', '1001 AUDIT', asked(1)],
  ['ORDER_EXPIRY', '1002', `UPDATE shop_order SET expires_at = ${LONG_AGO} WHERE id = ${UNPAID}`],
  [
    'WEBHOOKS_DONE',
    'evt_planted',
    `INSERT INTO webhook_inbox (id, provider, event_id, type, verified, payload, status) VALUES (${PAID}, 'TEST', 'evt_planted', 'x', true, '{}', 'DEAD')`,
  ],
];

/** What an invariant finds after a statement that bypasses all constraints and triggers. */
async function found(
  code: string,
  statement: string | null,
): Promise<{ violations: number; samples: string[] }> {
  const invariant = CHECKS.find((candidate) => candidate.code === code);
  if (!invariant) throw new Error(`There is no invariant ${code}`);
  const client = await shop.shop.database.pool.connect();
  try {
    await client.query(`BEGIN; SET LOCAL session_replication_role = 'replica'; ${statement ?? ''}`);
    const { rows } = await client.query(invariant.statement.text, ['1 hour']);
    return rows[0] as { violations: number; samples: string[] };
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

it.each(WRONG)('%s is broken by a wrong row (%s)', async (code, sample, statement) => {
  const before = await found(code, null);

  const { violations, samples } = await found(code, statement);

  expect(before).toEqual({ violations: 0, samples: [] });
  expect(violations).toBeGreaterThan(0);
  if (sample) expect(samples).toContain(sample);
});

it.each(REPORTED)('%s is not broken by what a person was told of', async (code, statement) => {
  expect(await found(code, statement)).toEqual({ violations: 0, samples: [] });
});

it('no invariant is left out', () => {
  expect(
    CHECKS.map(({ code }) => code).filter((code) => !WRONG.some(([invariant]) => invariant === code)),
  ).toEqual([]);
});
