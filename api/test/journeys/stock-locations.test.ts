import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { buy, complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import { deadlocksDuring } from '@vitrine/testing/shop/deadlocks.js';
import { StockDriver } from '@vitrine/testing/drivers/stock-driver.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let driver: StockDriver;
let main: string;
let cluj: string;
let brasov: string;
beforeAll(async () => {
  shop = await TestShop.open();
  driver = await StockDriver.at(shop);
  main = await driver.main();
  cluj = await driver.place('cluj', 10);
  brasov = await driver.place('brasov', -10);
});
afterAll(() => shop.close());

describe('stock in three places', () => {
  it('serves an order from the place with the highest priority first, and from the next when that is empty', async () => {
    const bowl = await shop.stock({ name: 'Bowl', sku: 'PLACES-BOWL', price: 5000, stock: 3 });
    await driver.receive(bowl, cluj, 2);
    await driver.receive(bowl, brasov, 4);

    const browser = shop.guest();
    const waiting = await complete(browser, await readyCart(browser, [{ variantId: bowl, quantity: 7 }]));

    expect(waiting.errors).toEqual([]);
    expect(await driver.stockLevels(bowl)).toEqual(['cluj 2/2', 'main 3/3', 'brasov 4/2']);
  });

  it('takes sold goods from where they were held, and puts them back there', async () => {
    const cup = await shop.stock({ name: 'Cup', sku: 'PLACES-CUP', price: 5000, stock: 1 });
    await driver.receive(cup, cluj, 2);
    const order = await buy(shop.guest(), [{ variantId: cup, quantity: 3 }]);
    expect(await driver.stockLevels(cup)).toEqual(['cluj 0/0', 'main 0/0']);

    const { order: seen } = await driver.staff.ask('query($id: ID!) { order(id: $id) { version } }', {
      id: order.id,
    });
    const { orderCancel } = await driver.staff.ask(
      'mutation($input: OrderCancelInput!) { orderCancel(input: $input) { errors { code message } } }',
      { input: { orderId: order.id, expectedVersion: seen.version, idempotencyKey: randomUUID() } },
    );

    expect(orderCancel.errors).toEqual([]);
    expect(await driver.stockLevels(cup)).toEqual(['cluj 2/0', 'main 1/0']);
    const ledger = (await driver.movements(cup)).map(
      ({ kind, location, onHandChange, orderNumber }) =>
        `${kind} ${location.code} ${onHandChange} ${orderNumber === order.number}`,
    );
    expect(ledger.sort()).toEqual([
      'RECEIVE cluj 2 false',
      'RECEIVE main 1 false',
      'RESERVE cluj 0 true',
      'RESERVE main 0 true',
      'RETURN cluj 2 true',
      'RETURN main 1 true',
      'SALE cluj -2 true',
      'SALE main -1 true',
    ]);
  });

  it('moves free units between places, both ends under one number, once for each key', async () => {
    const jug = await shop.stock({ name: 'Jug', sku: 'PLACES-JUG', price: 5000, stock: 5 });
    const browser = shop.guest();
    await complete(browser, await readyCart(browser, [{ variantId: jug, quantity: 2 }]));
    const key = randomUUID();

    const tooMany = await driver.transfer(jug, [main, brasov], 4);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => driver.transfer(jug, [main, brasov], 3, key)),
    );
    const reused = await driver.transfer(jug, [main, brasov], 1, key);
    const nowhere = await driver.transfer(jug, [main, main], 1);

    expect(tooMany.errors).toMatchObject([{ code: 'INSUFFICIENT_STOCK', availableQuantity: 3 }]);
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(reused.errors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    expect(nowhere.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['toLocationId'] }]);
    expect(await driver.stockLevels(jug)).toEqual(['main 2/2', 'brasov 3/0']);
    expect(
      await shop.sql(`SELECT count(*)::int AS movements, count(DISTINCT transfer_id)::int AS transfers, sum(delta_on_hand)::int AS together
        FROM stock_movement m JOIN variant v ON v.id = m.variant_id WHERE v.sku = 'PLACES-JUG' AND m.kind = 'TRANSFER'`),
    ).toEqual([{ movements: 2, transfers: 1, together: 0 }]);
  });

  it('loses no unit when orders, transfers and deliveries of one variant come at once', async () => {
    const plate = await shop.stock({ name: 'Plate', sku: 'PLACES-PLATE', price: 5000, stock: 10 });
    await driver.receive(plate, cluj, 5);
    await driver.receive(plate, brasov, 5);
    const guests = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const browser = shop.guest();
        return { browser, cart: await readyCart(browser, [{ variantId: plate, quantity: 2 }]) };
      }),
    );

    const [orders] = await Promise.all([
      Promise.all(guests.map(({ browser, cart }) => complete(browser, cart))),
      Promise.all([1, 2, 3].map(() => driver.transfer(plate, [main, brasov], 1))),
      Promise.all([1, 2].map(() => driver.receive(plate, cluj, 1))),
    ]);

    const sold = orders.filter(({ order }) => order).length;
    expect(sold).toBeGreaterThanOrEqual(10);
    expect(sold).toBeLessThanOrEqual(11);
    const { onHand, reserved, available } = await driver.item(plate);
    expect([onHand, reserved, available]).toEqual([22, 2 * sold, 22 - 2 * sold]);
  });

  it('sells nothing from a place that is switched off, and says so in the shop window', async () => {
    const vase = await shop.stock({ name: 'Vase', sku: 'PLACES-VASE', price: 5000, stock: 0 });
    const attic = await driver.place('attic', 0, 'WAREHOUSE');
    await driver.receive(vase, attic, 8);
    const label = async (): Promise<string> =>
      (
        await shop.sql<{ availability: string }>(
          `SELECT availability FROM product WHERE slug = 'places-vase'`,
        )
      )[0]?.availability ?? '';
    expect(await label()).toBe('IN_STOCK');

    await driver.updatePlace({ locationId: attic, active: false });

    expect(await label()).toBe('SOLD_OUT');
    expect(await driver.item(vase)).toMatchObject({
      onHand: 0,
      available: 0,
      levels: expect.arrayContaining([
        expect.objectContaining({
          onHand: 8,
          location: expect.objectContaining({ code: 'attic', active: false }),
        }),
      ]),
    });
    await driver.updatePlace({ locationId: attic, active: true });
    expect(await label()).toBe('IN_STOCK');
  });

  it('lets buyers press on while a place is switched off and on', async () => {
    const tray = await shop.stock({ name: 'Tray', sku: 'PLACES-TRAY', price: 5000, stock: 40 });
    await driver.receive(tray, brasov, 40);
    const guests = await Promise.all(
      Array.from({ length: 16 }, async () => {
        const browser = shop.guest();
        return { browser, cart: await readyCart(browser, [{ variantId: tray, quantity: 1 }]) };
      }),
    );
    const errors: unknown[] = [];

    const deadlocks = await deadlocksDuring(shop, async () => {
      const answers = await Promise.all([
        ...guests.map(({ browser, cart }) => complete(browser, cart, randomUUID(), 'CASH_ON_DELIVERY')),
        ...[false, true, false, true].map((active) => driver.updatePlace({ locationId: brasov, active })),
      ]);
      errors.push(...answers.flatMap((answer) => answer.errors));
    });
    await driver.updatePlace({ locationId: brasov, active: true });

    expect(errors).toEqual([]);
    expect(deadlocks).toBe(0);
    expect(await driver.item(tray)).toMatchObject({ onHand: 64, reserved: 0 });
  });

  it('never switches off the last place', async () => {
    const { stockLocations } = await driver.staff.ask('{ stockLocations { id code active } }');
    const others = stockLocations.filter(({ code }: { code: string }) => code !== 'main');
    for (const { id } of others) await driver.updatePlace({ locationId: id, active: false });

    const refused = await driver.updatePlace({ locationId: main, active: false });

    expect(refused.errors).toMatchObject([{ code: 'LAST_LOCATION' }]);
    for (const { id } of others) await driver.updatePlace({ locationId: id, active: true });
  });

  it('counts the stock of one location', async () => {
    const lid = await shop.stock({ name: 'Lid', sku: 'PLACES-LID', price: 5000, stock: 4 });
    await driver.receive(lid, cluj, 2);
    const set = (changeFromQuantity: number, quantity: number): Promise<object> =>
      driver.staff.ask(
        `mutation($input: StockSetInput!) { stockSet(input: $input) { errors { code ... on StaleQuantityError { currentQuantity } } } }`,
        {
          input: {
            variantId: lid,
            locationId: cluj,
            quantity,
            changeFromQuantity,
            reason: 'count',
            idempotencyKey: randomUUID(),
          },
        },
      );

    expect(await set(4, 9)).toEqual({
      stockSet: { errors: [{ code: 'STALE_QUANTITY', currentQuantity: 2 }] },
    });
    expect(await set(2, 9)).toEqual({ stockSet: { errors: [] } });
    expect(await driver.stockLevels(lid)).toEqual(['cluj 9/0', 'main 4/0']);
  });
});

describe('staff looking at stock', () => {
  it('find, filter and turn pages', async () => {
    const list = async (args: string): Promise<string[]> =>
      (
        await driver.staff.ask(
          `{ stockItems(${args}) { nodes { variant { sku } } pageInfo { hasNextPage endCursor } totalCount } }`,
        )
      ).stockItems.nodes.map(({ variant }: { variant: { sku: string } }) => variant.sku);

    expect(await list('search: "places-j"')).toEqual(['PLACES-JUG']);
    expect(await list('search: "vase"')).toEqual(['PLACES-VASE']);
    expect(await list('search: "100%"')).toEqual([]);
    expect(await list('search: "bowl", filter: { soldOut: true }')).toEqual([]);
    expect(await list('filter: { low: true }')).toEqual([
      'PLACES-BOWL',
      'PLACES-CUP',
      'PLACES-JUG',
      'PLACES-PLATE',
    ]);
    expect((await list('sort: NAME_ASC'))[0]).toBe('PLACES-BOWL');

    const all = await list('first: 100');
    for (const sort of ['SKU_ASC', 'NAME_ASC', 'AVAILABLE_ASC', 'AVAILABLE_DESC']) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const { stockItems } = await driver.staff.ask(
          `query($after: String) { stockItems(first: 2, after: $after, sort: ${sort}) { nodes { variant { sku } } pageInfo { hasNextPage endCursor } totalCount } }`,
          { after },
        );
        seen.push(...stockItems.nodes.map(({ variant }: { variant: { sku: string } }) => variant.sku));
        after = stockItems.pageInfo.hasNextPage ? stockItems.pageInfo.endCursor : null;
        expect(stockItems.totalCount).toBe(all.length);
      } while (after);
      expect(seen.sort()).toEqual([...all].sort());
    }
  });

  it('page through the ledger and see what is held, for whom and until when', async () => {
    const { stockMovements } = await driver.staff.ask(
      '{ stockMovements(first: 5, filter: { kinds: [RECEIVE, TRANSFER] }) { nodes { id kind } pageInfo { endCursor } totalCount } }',
    );
    const next = await driver.staff.ask(
      'query($after: String!) { stockMovements(first: 100, after: $after, filter: { kinds: [RECEIVE, TRANSFER] }) { nodes { id kind actorName } } }',
      { after: stockMovements.pageInfo.endCursor },
    );
    const ids = [...stockMovements.nodes, ...next.stockMovements.nodes].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(stockMovements.totalCount);

    const { stockReservations } = await driver.staff.ask(
      '{ stockReservations(first: 1) { nodes { id quantity orderNumber cartId hold { id } location { code } expiresAt } totalCount } }',
    );
    const held = stockReservations.nodes[0];
    expect(held).toMatchObject({ orderNumber: expect.any(String), cartId: null, hold: null });
    const again = await driver.staff.ask(
      'query($id: ID!) { node(id: $id) { id ... on StockReservation { quantity } } }',
      {
        id: held.id,
      },
    );
    expect(again.node).toEqual({ id: held.id, quantity: held.quantity });
    const stranger = await shop.guest().ask('query($id: ID!) { node(id: $id) { id } }', { id: held.id });
    expect(stranger.node).toBeNull();
  });

  it('and in the end the ledger balances', () => assertLedgerBalances(shop));
});
