import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { buy } from '@vitrine/testing/drivers/checkout.js';
import type { GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { auditJob, INVARIANTS } from './index.js';

const REPORT =
  '{ integrityReport { checkedAt ok violations checks { code description violations samples } } }';
const HISTORY =
  'query($first: Int) { integrityHistory(first: $first) { checkedAt ok violations checks { code violations } } }';
const OWNER = 'owner@shop.example';

let shop: TestShop;
let staff: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open({ env: { ADMIN_ALERT_EMAIL: OWNER } });
  staff = await shop.staff();
  const bowl = await shop.stock({ name: 'Bowl', sku: 'AUDIT', price: 5000, stock: 10 });
  await buy(shop.guest(), [{ variantId: bowl, quantity: 2 }]);
  await shop.eventually(async () => (await shop.sql('SELECT 1 FROM invoice')).length === 1);
});
afterAll(() => shop.close());

const audit = (): Promise<void> => shop.shop.jobs.find(({ job }) => job.queue === auditJob.queue)!.run({});
const alerts = () =>
  shop.sql<{ subject: string; text: string }>(`SELECT subject, text FROM dev_inbox WHERE recipient = $1`, [
    OWNER,
  ]);

/** Executes a statement without constraints and triggers, as only a damaged disk or a careless superuser could. */
async function pastAllGuards(statement: string): Promise<void> {
  const client = await shop.shop.database.pool.connect();
  try {
    await client.query(`BEGIN; SET LOCAL session_replication_role = 'replica'; ${statement}; COMMIT`);
  } finally {
    client.release();
  }
}

/** The codes of the violated invariants, with their samples. */
async function broken(): Promise<Record<string, string[]>> {
  const { integrityReport } = await staff.ask(REPORT);
  const invariants = integrityReport.checks as { code: string; violations: number; samples: string[] }[];
  return Object.fromEntries(
    invariants.filter(({ violations }) => violations > 0).map(({ code, samples }) => [code, samples]),
  );
}

describe('the audit of the ledger', () => {
  it('finds nothing in a shop where all went well, and checks every invariant', async () => {
    await assertLedgerBalances(shop);

    const { integrityReport } = await staff.ask(REPORT);

    expect(integrityReport).toMatchObject({ ok: true, violations: 0 });
    expect(integrityReport.checks).toHaveLength(INVARIANTS.length);
    expect(new Set(INVARIANTS.map(({ code }) => code)).size).toBe(INVARIANTS.length);
  });

  it.each<[string, string, string]>([
    ['STOCK_LEDGER', 'AUDIT @ main', `UPDATE stock_level SET on_hand = on_hand + 1`],
    ['STOCK_RESERVED', 'AUDIT @ main', `UPDATE stock_level SET reserved = reserved + 1`],
    ['ORDER_SUMS', '1001', `UPDATE order_line SET total_net = total_net + 1`],
    ['ORDER_TAX', '1001', `UPDATE shop_order SET tax_lines = '[]'`],
    [
      'STOCK_SOLD',
      '1001 AUDIT',
      `UPDATE order_line SET quantity = quantity + 1, total_gross = total_gross + unit_price`,
    ],
    ['ORDER_MONEY', '1001', `UPDATE payment SET status = 'PENDING', captured_amount = NULL`],
    ['PAYMENT_AMOUNT', '1001', `UPDATE payment SET amount = amount + 1`],
    ['ORDER_REFUNDED', '1001', `UPDATE shop_order SET refunded = 1, updated_at = now() - interval '2 hours'`],
    [
      'MONEY_HOME',
      '1001',
      `UPDATE shop_order SET status = 'CANCELLED'; UPDATE payment SET updated_at = now() - interval '2 hours'`,
    ],
    [
      'LINE_WORTH',
      '1001 AUDIT',
      `INSERT INTO order_refund (id, order_id, amount) SELECT id, id, 10001 FROM shop_order;
       INSERT INTO order_refund_line (order_refund_id, order_line_id, quantity, amount) SELECT order_id, id, 2, 10001 FROM order_line;
       INSERT INTO refund (id, payment_id, amount, status, key, origin, reason, order_refund_id)
         SELECT new_id(), id, 10001, 'SUCCEEDED', 're:audit', 'SHOP', 'planted', order_id FROM payment`,
    ],
    [
      'LINE_WORTH',
      '1001 AUDIT',
      `UPDATE order_line SET discount = 9000, total_gross = 1000;
       INSERT INTO order_refund (id, order_id, amount) SELECT id, id, 5000 FROM shop_order;
       INSERT INTO order_refund_line (order_refund_id, order_line_id, quantity, amount) SELECT order_id, id, 1, 5000 FROM order_line;
       INSERT INTO refund (id, payment_id, amount, status, key, origin, reason, order_refund_id)
         SELECT new_id(), id, 5000, 'SUCCEEDED', 're:audit', 'SHOP', 'planted', order_id FROM payment`,
    ],
    [
      // One of two units was paid back, and both were exchanged: three in all, though their amounts fit.
      'LINE_WORTH',
      '1001 AUDIT',
      `INSERT INTO order_refund (id, order_id, amount) SELECT id, id, 5000 FROM shop_order;
       INSERT INTO order_refund_line (order_refund_id, order_line_id, quantity, amount) SELECT order_id, id, 1, 5000 FROM order_line;
       INSERT INTO refund (id, payment_id, amount, status, key, origin, reason, order_refund_id)
         SELECT new_id(), id, 5000, 'SUCCEEDED', 're:audit', 'SHOP', 'planted', order_id FROM payment;
       INSERT INTO order_return (id, order_id, status, resolution, reason, exchange_order_id)
         SELECT id, id, 'EXCHANGED', 'EXCHANGE', 'OTHER', id FROM shop_order;
       INSERT INTO order_return_line (id, return_id, order_line_id, quantity, received, exchanged, traded)
         SELECT id, order_id, id, 2, 2, 2, 5000 FROM order_line`,
    ],
    [
      'CREDIT_COVERED',
      '1001 AUDIT',
      `INSERT INTO invoice (id, series, number, printed_number, kind, order_id, source_key, content, total_gross, currency, issued_at)
         SELECT new_id(), series, number + 1, 'planted', 'CREDIT_NOTE', order_id, 'refund:planted',
           jsonb_set(content, '{lines,0,gross}', '10001'), total_gross, currency, issued_at FROM invoice`,
    ],
    [
      'CREDIT_COVERED',
      '1001 21%',
      `INSERT INTO invoice (id, series, number, printed_number, kind, order_id, source_key, content, total_gross, currency, issued_at)
         SELECT new_id(), series, number + 1, 'planted', 'CREDIT_NOTE', order_id, 'refund:planted',
           jsonb_set(content, '{lines,0,net}', '1'), total_gross, currency, issued_at FROM invoice`,
    ],
    ['DOCUMENT_SUMS', 'LL-000001', `UPDATE invoice SET total_gross = total_gross + 1`],
    ['TIMELINE_ONCE', '1001', `DELETE FROM order_event WHERE kind = 'CREATED'`],
    ['TIMELINE_MAILS', '1001', `DELETE FROM order_event WHERE kind = 'MAIL_SENT'`],
    ['NEWS_PLACED', '1001', `DELETE FROM outbox WHERE kind = 'order.placed'`],
    ['PARCEL_UNITS', '1001 AUDIT', `UPDATE order_line SET fulfilled = 1`],
  ])('finds what breaks %s', async (code, sample, statement) => {
    const tables = ['stock_level', 'order_line', 'shop_order', 'payment', 'order_event', 'outbox'];
    tables.push(
      'order_refund',
      'order_refund_line',
      'refund',
      'invoice',
      'order_return',
      'order_return_line',
    );
    await shop.sql(tables.map((table) => `CREATE TABLE kept_${table} AS SELECT * FROM ${table}`).join(';'));
    try {
      await pastAllGuards(statement);

      expect((await broken())[code]).toContain(sample);
    } finally {
      const back = async (table: string): Promise<string> => {
        const columns = await shop.sql<{ name: string }>(
          `SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 AND is_generated = 'NEVER'`,
          [table],
        );
        const names = columns.map(({ name }) => name).join(', ');
        return `DELETE FROM ${table}; INSERT INTO ${table} (${names}) SELECT ${names} FROM kept_${table}`;
      };
      await pastAllGuards((await Promise.all(tables.map(back))).join(';'));
      await shop.sql(tables.map((table) => `DROP TABLE kept_${table}`).join(';'));
    }
    expect(await broken()).toEqual({});
  });

  it('keeps each night, and tells the owner once a day when an invariant is violated', async () => {
    await audit();
    await pastAllGuards(`UPDATE stock_level SET on_hand = on_hand + 1`);
    await audit();
    await audit();
    await pastAllGuards(`UPDATE stock_level SET on_hand = on_hand - 1`);

    const { integrityHistory } = await staff.ask(HISTORY, { first: 3 });
    const mails = await shop.eventually(async () => {
      const found = (await alerts()).filter(({ subject }) => subject.startsWith('Registrele'));
      return found.length > 0 && found;
    });

    expect(integrityHistory.map(({ ok }: { ok: boolean }) => ok)).toEqual([false, false, true]);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain('STOCK_LEDGER');
  });

  it('is for administrators', async () => {
    const alice = await shop.customer('alice@example.com', 'Alice@123');

    const refused = await alice.send(REPORT);

    expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('sees one moment, and holds nobody up', async () => {
    const bowl = await shop.stock({ name: 'Bowl', sku: 'MEANWHILE', price: 5000, stock: 30 });

    const [reports] = await Promise.all([
      Promise.all(Array.from({ length: 5 }, () => broken())),
      ...Array.from({ length: 6 }, () => buy(shop.guest(), [{ variantId: bowl, quantity: 1 }])),
    ]);

    expect(reports).toEqual([{}, {}, {}, {}, {}]);
  });
});
