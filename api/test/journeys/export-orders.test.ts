import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buy } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';

let shop: TestShop;
let staff: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open();
  staff = await shop.staff();
  const variantId = await shop.stock({ name: 'Cană', sku: '=CANA', price: 12_100, stock: 50 });
  await buy(shop.guest(), [{ variantId, quantity: 2 }], 'ana@example.test');
  await buy(shop.guest(), [{ variantId, quantity: 1 }], 'dan@example.test');
});
afterAll(() => shop.close());

const CREATE =
  'mutation($input: OrderExportCreateInput!) { orderExportCreate(input: $input) { job { id status done resultUrl } errors { code } } }';
const LOOK =
  'query($id: ID!) { job(id: $id) { id kind status done total resultName resultUrl finishedAt expiresAt } }';

async function ask(input: object = {}): Promise<Answer> {
  const { orderExportCreate } = await staff.ask(CREATE, {
    input: { idempotencyKey: randomUUID(), ...input },
  });
  expect(orderExportCreate.errors).toEqual([]);
  return orderExportCreate.job;
}

function untilDone({ id }: Answer, limitMs?: number): Promise<Answer> {
  return shop.eventually(async () => {
    const { job } = await staff.ask(LOOK, { id });
    return job.status === 'SUCCEEDED' && job;
  }, limitMs);
}

async function download({ resultUrl }: Answer): Promise<Response> {
  return fetch(`${shop.url}${String(resultUrl)}`);
}

/** Many orders with their lines, copied from the first by the database itself. */
async function multiply(count: number): Promise<void> {
  const others = async (table: string, own: string): Promise<string> => {
    const columns = await shop.sql<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns
       WHERE table_name = $1 AND is_generated = 'NEVER' AND column_name <> ALL ($2)`,
      [table, own.split(', ')],
    );
    return columns.map(({ name }) => name).join(', ');
  };
  const own =
    'id, number, status, payment_status, email, shipping_address, cart_id, placed_at, expires_at, refunded';
  const columns = await others('shop_order', own);
  const lineColumns = await others('order_line', 'id, order_id, fulfilled');
  await shop.sql(
    `WITH copied AS (
       INSERT INTO shop_order (id, number, status, payment_status, email, shipping_address, ${columns})
       SELECT new_id(), 'C' || n, 'CANCELLED', 'CANCELLED', 'many@example.test',
         jsonb_set(shipping_address, '{lastName}', to_jsonb((ARRAY['=1+1', '+4', '-2', '@me', 'Pop "junior", ș'])[n % 5 + 1])), ${columns}
       FROM (SELECT * FROM shop_order WHERE email = 'ana@example.test') first, generate_series(1, ${count}) n
       RETURNING id
     )
     INSERT INTO order_line (id, order_id, ${lineColumns})
     SELECT new_id(), copied.id, ${lineColumns} FROM copied,
       (SELECT ${lineColumns} FROM order_line WHERE order_id = (SELECT id FROM shop_order WHERE email = 'ana@example.test')) line`,
  );
}

describe('orders as a file', () => {
  it('hold what the list of orders shows, and say how many they are', async () => {
    const done = await untilDone(await ask());

    const response = await download(done);
    const text = Buffer.from(await response.arrayBuffer()).toString('utf8');

    expect(done).toMatchObject({ kind: 'ORDER_EXPORT', done: 2, total: 2 });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="orders-\d{4}-\d\d-\d\d\.csv"$/,
    );
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect(text.startsWith('\uFEFFnumber,created_at')).toBe(true);
    expect(text.trim().split('\r\n')).toHaveLength(3);
    expect(text).toContain('2 × =CANA');
    expect(text).toContain('Strada Lungă 1');
  });

  it('are narrowed by search and filter', async () => {
    const searched = await untilDone(await ask({ search: 'dan@' }));
    const filtered = await untilDone(await ask({ filter: { statuses: ['CANCELLED'] } }));
    const ofToday = await untilDone(
      await ask({ filter: { placedFrom: new Date(Date.now() - 3_600_000).toISOString() } }),
    );

    expect([searched.done, filtered.done, ofToday.done]).toEqual([1, 0, 2]);
  });

  it('hold the columns of the list in its order, where that is asked for', async () => {
    const done = await untilDone(await ask({ sort: 'TOTAL_DESC', columns: ['TOTAL', 'EMAIL'] }));

    const text = await (await download(done)).text();
    const [title, dearest, cheapest] = text.trim().split('\r\n');
    expect(title?.replace('\uFEFF', '')).toBe('total,email');
    expect([dearest, cheapest].map((line) => line?.split(',')[1])).toEqual([
      'ana@example.test',
      'dan@example.test',
    ]);
    const { orderExportCreate: none } = await staff.ask(CREATE, {
      input: { columns: [], idempotencyKey: randomUUID() },
    });
    expect(none.errors).toEqual([{ code: 'INVALID_INPUT' }]);
  });

  it('have every column that one may ask for, and may be asked for every column that they have', async () => {
    const text = await (await download(await untilDone(await ask()))).text();
    const { __type: known } = await staff.ask(
      '{ __type(name: "OrderExportColumn") { enumValues { name } } }',
    );

    const names = known.enumValues.map(({ name }: Answer) => String(name).toLowerCase());
    expect(text.trim().split('\r\n')[0]?.replace('\uFEFF', '').split(',')).toEqual(names);
  });

  it('are made once for one key', async () => {
    const idempotencyKey = randomUUID();

    const asked = await Promise.all(Array.from({ length: 20 }, () => ask({ idempotencyKey })));
    const other = await staff.ask(CREATE, { input: { idempotencyKey, search: 'x' } });

    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    expect(other.orderExportCreate.errors).toEqual([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });

  it('belong to whoever asked for them, and to staff only', async () => {
    const done = await untilDone(await ask());
    await shop.sql(`UPDATE app_user SET role = 'SUPPORT' WHERE email = 'bob@example.com'`);
    const colleague = await shop.staff({ email: 'bob@example.com', password: 'Bob@123' });
    const guest = await shop.guest().send(CREATE, { input: { idempotencyKey: randomUUID() } });

    expect((await colleague.ask(LOOK, { id: done.id })).job).toBeNull();
    expect(guest.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await fetch(`${shop.url}/media/jobs/${done.id}.csv`)).status).toBe(404);
  });

  it('are thrown away after a day', async () => {
    const done = await untilDone(await ask());
    // Nor is a file of somebody else still to be written.
    await workIsDone(shop);

    shop.clock.advance(25 * 3_600_000);
    const late = await download(done);
    await shop.shop.longJobs.jobs.cleanUpFiles();
    shop.clock.advance(-25 * 3_600_000);

    expect(late.status).toBe(404);
    expect((await staff.ask(LOOK, { id: done.id })).job).toMatchObject({
      status: 'SUCCEEDED',
      resultName: null,
      resultUrl: null,
    });
    expect(await readdir(join(shop.shop.env.dataDir, 'private/jobs'))).toEqual([]);
  });

  it('are written page by page, ten thousand of them, with nothing in them that a spreadsheet would run', async () => {
    await multiply(10_000);
    // How far it was each time, however seldom somebody looks.
    await shop.sql(
      `CREATE TABLE progress (done int); CREATE FUNCTION progress() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         INSERT INTO progress VALUES (NEW.done); RETURN NEW; END $$;
       CREATE TRIGGER progress AFTER UPDATE ON long_job FOR EACH ROW EXECUTE FUNCTION progress()`,
    );

    const done = await untilDone(await ask());
    await shop.sql('DROP TRIGGER progress ON long_job');
    const seen = await shop.sql<{ done: number }>('SELECT done FROM progress');
    const text = await (await download(done)).text();

    const rows = text.trim().split('\r\n');
    expect(done.done).toBe(10_002);
    expect(rows).toHaveLength(10_003);
    expect(seen.some(({ done: count }) => count > 0 && count < 10_002)).toBe(true);
    for (const cell of ["'=1+1", "'+4", "'-2", "'@me", '"Pop ""junior"", ș"'])
      expect(text).toContain(`,${cell},`);
    expect(text).not.toMatch(/(^|,)"?[=+\-@]/m);
  });
});
