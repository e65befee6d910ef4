import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { StockDriver } from '@vitrine/testing/drivers/stock-driver.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { ImportDriver } from '../support/imports/import-driver.js';

let shop: TestShop;
let imports: ImportDriver;
let stock: StockDriver;
beforeAll(async () => {
  shop = await TestShop.open();
  imports = new ImportDriver(shop, await shop.staff());
  stock = await StockDriver.at(shop);
});
afterAll(() => shop.close());

describe('a list that is received while the goods are sold and counted', () => {
  const KINDS = 5;
  const FIRST = 6;
  const skus = Array.from({ length: KINDS }, (_, at) => `RACE-${at}`);
  let wanted: string[] = [];
  const listOf = (rows: number, isBackwards: boolean): string =>
    `SKU,Quantity\n${Array.from({ length: rows }, (_, at) => `${skus[(isBackwards ? rows - at : at) % KINDS]},1`).join('\n')}\n`;
  const onHand = async (): Promise<number[]> =>
    (
      await shop.sql<{ quantity: number }>(
        `SELECT sum(l.on_hand)::int AS quantity FROM variant v JOIN stock_level l ON l.variant_id = v.id WHERE v.sku = ANY($1) GROUP BY v.sku ORDER BY v.sku`,
        [skus],
      )
    ).map(({ quantity }) => quantity);

  beforeAll(async () => {
    wanted = [];
    for (const sku of skus) wanted.push(await shop.stock({ name: sku, sku, price: 1000, stock: FIRST }));
  });

  /** A guest who wants two of each, in an order of their own. Returns whether they got them. */
  async function buyer(at: number): Promise<() => Promise<boolean>> {
    const browser = shop.guest();
    const lines = wanted.map((_, k) => ({ variantId: wanted[(k + at) % KINDS] ?? '', quantity: 2 }));
    const cart = await readyCart(browser, at % 2 ? lines : lines.toReversed(), `race${at}@example.test`);
    return async () => {
      const { errors } = await complete(browser, cart, randomUUID(), 'CASH_ON_DELIVERY');
      for (const { code } of errors) expect(code).toBe('INSUFFICIENT_STOCK');
      return errors.length === 0;
    };
  }

  /** Staff count one less than they see, as often as somebody was faster. Returns what the stock changed by. */
  async function count(at: number): Promise<number> {
    const variantId = wanted[at] ?? '';
    for (;;) {
      const { onHand: seen } = await stock.item(variantId);
      const input = { variantId, changeFromQuantity: seen, quantity: seen - 1, reason: 'broken' };
      const { errors } = (
        await stock.staff.ask(
          `mutation($input: StockSetInput!) { stockSet(input: $input) { errors { code } } }`,
          { input: { ...input, idempotencyKey: randomUUID() } },
        )
      ).stockSet;
      if (errors.length === 0) return -1;
      // Until the lists are in, all there is may be held for orders.
      for (const { code } of errors) expect(['STALE_QUANTITY', 'INVALID_INPUT']).toContain(code);
    }
  }

  it('leaves exactly what came in less what went out, whoever was first', async () => {
    const buyers = await Promise.all(Array.from({ length: 6 }, (_, at) => buyer(at)));
    const lists = [
      await imports.checked(listOf(600, false), 'beside-sales.csv'),
      await imports.checked(listOf(300, true), 'beside-sales-backwards.csv'),
    ];

    const applied = lists.map((run) => imports.apply(run));
    const received = [0, 2, 4].map(async (at) => stock.receive(wanted[at]!, await stock.main(), 7));
    const counted = [1, 2].map(count);
    const bought = await Promise.all(buyers.map((buy) => buy()));
    await Promise.all([...applied, ...received]);
    for (const { id } of lists) await imports.until(id, ({ status }) => status === 'DONE');
    const changes = await Promise.all(counted);

    const sold = bought.filter((isSold) => isSold).length * 2;
    const expected = wanted.map((_, at) => FIRST + 900 / KINDS + (at % 2 ? 0 : 7) - sold);
    for (const at of [1, 2]) expected[at] = (expected[at] ?? 0) + (changes[at - 1] ?? 0);
    expect(await onHand()).toEqual(expected);
    const wrong = await shop.sql(
      `SELECT v.sku FROM variant v JOIN stock_level l ON l.variant_id = v.id WHERE v.sku = ANY($1) AND (l.on_hand < 0 OR l.reserved <> 0 OR l.on_hand <> (
         SELECT sum(delta_on_hand) FROM stock_movement m WHERE m.variant_id = l.variant_id AND m.location_id = l.location_id))`,
      [skus],
    );
    expect(wrong).toEqual([]);
  });
});

describe('a request that meets the lock of another', () => {
  let [variantId, locationId] = ['', ''];
  beforeAll(async () => {
    locationId = await stock.main();
    variantId = await shop.stock({ name: 'Locked', sku: 'LOCKED', price: 1000, stock: 1 });
    await shop.sql('CREATE TABLE met (id int PRIMARY KEY); INSERT INTO met VALUES (1), (2)');
    await shop.sql('CREATE SEQUENCE met_times');
  });
  afterEach(() => shop.sql('DROP TRIGGER IF EXISTS meeting ON stock_movement'));

  /** What every movement of stock does from now on, inside of its transaction. */
  async function meeting(body: string): Promise<void> {
    await shop.sql('ALTER SEQUENCE met_times RESTART');
    await shop.sql(
      `CREATE OR REPLACE FUNCTION meeting() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} RETURN NEW; END $$`,
    );
    await shop.sql(
      'CREATE TRIGGER meeting BEFORE INSERT ON stock_movement FOR EACH ROW EXECUTE FUNCTION meeting()',
    );
  }

  const RECEIVE = `mutation($input: StockReceiveInput!) { stockReceive(input: $input) { errors { code } } }`;
  const receive = async (key: string) => {
    const input = { variantId, locationId, quantity: 1, reason: 'delivery', idempotencyKey: key };
    const { data, errors = [] } = await stock.staff.send(RECEIVE, { input });
    return { data, codes: errors.map(({ extensions }: Answer) => extensions.code) };
  };
  const onHand = async (): Promise<number> => (await stock.item(variantId)).onHand;

  it('is told to come again when the lock is not free in time, has changed nothing, and then takes effect once', async () => {
    const before = await onHand();
    await meeting('PERFORM 1 FROM met WHERE id = 1 FOR UPDATE NOWAIT;');
    const key = randomUUID();
    const other = await shop.shop.database.pool.connect();
    try {
      await other.query(
        'SET idle_in_transaction_session_timeout = 0; BEGIN; SELECT 1 FROM met WHERE id = 1 FOR UPDATE',
      );

      expect((await receive(key)).codes).toEqual(['BUSY']);
      expect(await onHand()).toBe(before);
    } finally {
      await other.query('ROLLBACK');
      other.release(true);
    }

    for (let time = 0; time < 2; time++)
      expect(await receive(key)).toMatchObject({ data: { stockReceive: { errors: [] } }, codes: [] });
    expect(await onHand()).toBe(before + 1);
  });

  it('is done again by itself, and takes effect once, when both waited for each other', async () => {
    const before = await onHand();
    const other = await shop.shop.database.pool.connect();
    try {
      const pid = (await other.query('SELECT pg_backend_pid() AS pid')).rows[0].pid;
      // It holds one row and waits for the other, which `other` holds; it looks for the deadlock first.
      await meeting(`SET LOCAL deadlock_timeout = '20ms'; PERFORM 1 FROM met WHERE id = 1 FOR UPDATE; PERFORM nextval('met_times');
        WHILE currval('met_times') = 1 AND NOT EXISTS (SELECT FROM pg_locks WHERE pid = ${pid} AND NOT granted) LOOP PERFORM pg_sleep(0.01); END LOOP;
        PERFORM 1 FROM met WHERE id = 2 FOR UPDATE;`);
      await other.query(
        `SET deadlock_timeout = '60s'; SET idle_in_transaction_session_timeout = 0; BEGIN; SELECT 1 FROM met WHERE id = 2 FOR UPDATE`,
      );
      const answer = receive(randomUUID());
      await shop.eventually(
        async () =>
          (await shop.sql<{ called: boolean }>('SELECT is_called AS called FROM met_times'))[0]?.called,
      );
      await other.query('SELECT 1 FROM met WHERE id = 1 FOR UPDATE');
      await other.query('COMMIT');

      expect(await answer).toMatchObject({ data: { stockReceive: { errors: [] } }, codes: [] });
    } finally {
      await other.query('ROLLBACK');
      other.release(true);
    }
    const [times] = await shop.sql<{ last: string }>('SELECT last_value AS last FROM met_times');
    expect(Number(times?.last)).toBe(2);
    expect(await onHand()).toBe(before + 1);
  });

  it.each(['40001', '40P01'])(
    'is told to come again when it was ended with %s each time, and has changed nothing',
    async (code) => {
      const before = await onHand();
      await meeting(`PERFORM nextval('met_times'); RAISE EXCEPTION USING ERRCODE = '${code}';`);

      expect((await receive(randomUUID())).codes).toEqual(['BUSY']);

      const [times] = await shop.sql<{ last: string }>('SELECT last_value AS last FROM met_times');
      expect(Number(times?.last)).toBe(4);
      expect(await onHand()).toBe(before);
    },
  );
});
