import { afterAll, beforeAll, expect, it } from 'vitest';
import { complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const ACCOUNT = { transferHolder: 'Lut Nou SRL', transferIban: 'RO66BACX0000001234567890' };
const NO_ACCOUNT = { methods: ['CARD'], transferHolder: null, transferIban: null };
const ALL = ['CARD', 'BANK_TRANSFER'];

let shop: TestShop;
let staff: GraphqlClient;
let variantId: string;
beforeAll(async () => {
  shop = await TestShop.open({ worker: false });
  staff = await shop.staff();
  variantId = await shop.stock({ name: 'Cană', sku: 'CANA', price: 12_100, stock: 500 });
});
afterAll(() => shop.close());

async function change(input: object): Promise<Answer[]> {
  const answer = await staff.ask(
    `mutation($input: PaymentsSettingsUpdateInput!) { paymentsSettingsUpdate(input: $input) { errors { code path } } }`,
    { input },
  );
  return answer.paymentsSettingsUpdate.errors;
}

async function byTransfer(): Promise<Answer> {
  const browser = shop.guest();
  return complete(
    browser,
    await readyCart(browser, [{ variantId, quantity: 1 }]),
    undefined,
    'BANK_TRANSFER',
  );
}

async function cancel({ order, orderToken }: Answer): Promise<void> {
  const answer = await shop
    .guest()
    .ask(
      `mutation($input: OrderCancelByCustomerInput!) { orderCancelByCustomer(input: $input) { errors { code } } }`,
      { input: { orderToken, idempotencyKey: `cancel-${order.id}` } },
    );
  expect(answer.orderCancelByCustomer.errors).toEqual([]);
}

it('the account can be changed, not taken away, as long as a buyer has to transfer money to it', async () => {
  await change({ methods: ALL, ...ACCOUNT });
  const placed = await byTransfer();

  expect(await change({ ...NO_ACCOUNT, transferHolder: 'Lut SRL' })).toEqual([
    { code: 'TRANSFERS_AWAITED', path: ['transferIban'] },
  ]);
  expect(await change({ methods: ['CARD'], transferHolder: 'Lut și Lână SRL' })).toEqual([]);
  await cancel(placed);
  expect(await change(NO_ACCOUNT)).toEqual([]);
});

it('taken away after a checkout has read the ways to pay, it takes the checkout with it', async () => {
  expect(await change({ methods: ALL, ...ACCOUNT })).toEqual([]);
  const browser = shop.guest();
  const cart = await readyCart(browser, [{ variantId, quantity: 1 }]);

  const pressed = await whileLocked('LOCK TABLE request_key IN EXCLUSIVE MODE', async () => {
    const waiting = complete(browser, cart, undefined, 'BANK_TRANSFER');
    await someoneWaits(1);
    expect(await change(NO_ACCOUNT)).toEqual([]);
    return { waiting };
  });

  expect(await pressed.waiting).toMatchObject({
    ...{ order: null, errors: [{ code: 'PAYMENT_METHOD_NOT_OFFERED' }] },
  });
});

it('cannot be taken away while a checkout is about to write an order by transfer', async () => {
  expect(await change({ methods: ALL, ...ACCOUNT })).toEqual([]);
  const browser = shop.guest();
  const cart = await readyCart(browser, [{ variantId, quantity: 1 }]);

  const pressed = await whileLocked('SELECT 1 FROM stock_level FOR UPDATE', async () => {
    const waiting = complete(browser, cart, undefined, 'BANK_TRANSFER');
    await someoneWaits(1);
    const removed = change(NO_ACCOUNT);
    await someoneWaits(2);
    return { waiting, removed };
  });

  const placed = await pressed.waiting;
  expect(placed.errors).toEqual([]);
  expect(await pressed.removed).toEqual([{ code: 'TRANSFERS_AWAITED', path: ['transferHolder'] }]);
  await cancel(placed);
});

it('an order whose shop has lost its account gets its instructions as soon as there is one again', async () => {
  await change({ methods: ALL, ...ACCOUNT });
  const { order } = await byTransfer();
  const before = 'SELECT value FROM shop_setting WHERE key = $1';
  const [stored] = await shop.sql<{ value: object }>(before, ['payments']);
  await write({ ...stored?.value, transferIban: null });
  const worker = await shop.beside();
  try {
    await worker.eventually(async () => {
      const [found] = await shop.sql(
        `SELECT 1 FROM pgboss.job WHERE name = 'notifications.mail' AND data ->> 'mail' = 'transfer-instructions'
           AND (state = 'retry' OR retry_count > 0) AND output::text LIKE '%names no account%'`,
      );
      return found;
    });
    expect(await change(ACCOUNT)).toEqual([]);

    await worker.eventually(async () => {
      const [mail] = await shop.sql(
        `SELECT 1 FROM email WHERE template = 'transfer-instructions' AND model::text LIKE '%' || $1 || '%'`,
        [order.number],
      );
      return mail;
    });
  } finally {
    await worker.close();
  }
});

/** Does `work` while another connection holds the locks of a statement. */
async function whileLocked<T>(statement: string, work: () => Promise<T>): Promise<T> {
  const client = await shop.shop.database.pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(statement);
    return await work();
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

async function someoneWaits(count: number): Promise<void> {
  await shop.eventually(async () => {
    const waiting = await shop.sql(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return waiting.length >= count;
  });
}

/** As a shop that was filled before accounts were kept. */
async function write(value: object): Promise<void> {
  await shop.sql(`UPDATE shop_setting SET value = $1 WHERE key = 'payments'`, [JSON.stringify(value)]);
  await shop.sql(`SELECT pg_notify('vitrine_catalog', '')`);
}
