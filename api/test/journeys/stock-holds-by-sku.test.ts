import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { StockDriver } from '@vitrine/testing/drivers/stock-driver.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let driver: StockDriver;
beforeAll(async () => {
  shop = await TestShop.open();
  driver = await StockDriver.at(shop);
});
afterAll(() => shop.close());

const fifty = (work: () => Promise<Answer>): Promise<Answer[]> =>
  Promise.all(Array.from({ length: 50 }, work));
const differing = (answers: Answer[]): number =>
  new Set(answers.map((answer) => JSON.stringify(answer))).size;

describe('a point of sale that holds stock by SKU', () => {
  it('holds, then sells, each once however often it asks', async () => {
    const soap = await shop.stock({ name: 'Soap', sku: 'HOLD-SOAP', price: 1500, stock: 3 });
    const cluj = await driver.place('cluj', 5);
    await driver.receive(soap, cluj, 2);
    const keys = [randomUUID(), randomUUID()] as const;

    const held = await fifty(() => driver.reserve([{ sku: 'hold-soap', quantity: 4 }], keys[0]));
    const stockLevels = await driver.stockLevels(soap);
    const sold = await fifty(() => driver.commit(held[0]?.hold.id, keys[1]));

    expect(held.flatMap(({ errors }) => errors)).toEqual([]);
    expect(differing(held)).toBe(1);
    expect(held[0]?.hold).toMatchObject({
      status: 'HELD',
      holder: 'register 2',
      lines: [
        { sku: 'HOLD-SOAP', quantity: 2, location: { code: 'cluj' } },
        { sku: 'HOLD-SOAP', quantity: 2, location: { code: 'main' } },
      ],
    });
    expect(stockLevels).toEqual(['cluj 2/2', 'main 3/2']);
    expect(differing(sold)).toBe(1);
    expect(sold[0]).toMatchObject({ hold: { status: 'COMMITTED' }, errors: [] });
    expect(await driver.stockLevels(soap)).toEqual(['cluj 0/0', 'main 1/0']);
    expect((await driver.movements(soap)).filter(({ kind }) => kind === 'SALE')).toMatchObject([
      { reason: 'register 2', actorName: expect.any(String) },
      { reason: 'register 2', actorName: expect.any(String) },
    ]);
  });

  it('holds, then gives back, each once however often it asks', async () => {
    const towel = await shop.stock({ name: 'Towel', sku: 'HOLD-TOWEL', price: 1500, stock: 2 });
    const key = randomUUID();
    const { hold } = await driver.reserve([{ sku: 'HOLD-TOWEL', quantity: 2 }]);

    const back = await fifty(() => driver.release(hold.id, key));

    expect(differing(back)).toBe(1);
    expect(back[0]).toMatchObject({ hold: { status: 'RELEASED' }, errors: [] });
    expect(await driver.stockLevels(towel)).toEqual(['cluj 0/0', 'main 2/0'].slice(1));
    expect((await driver.commit(hold.id)).errors).toMatchObject([
      { __typename: 'HoldClosedError', code: 'HOLD_CLOSED', status: 'RELEASED' },
    ]);
  });

  it('decides once when the same hold is sold and given back at the same moment', async () => {
    const brush = await shop.stock({ name: 'Brush', sku: 'HOLD-BRUSH', price: 1500, stock: 1 });
    const { hold } = await driver.reserve([{ sku: 'HOLD-BRUSH', quantity: 1 }]);

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? driver.commit(hold.id) : driver.release(hold.id))),
    );

    const done = answers.filter(({ errors }) => errors.length === 0);
    expect(done).toHaveLength(1);
    const sold = done[0]?.hold.status === 'COMMITTED';
    expect(await driver.item(brush)).toMatchObject({ onHand: sold ? 0 : 1, reserved: 0 });
  });

  it('gets nothing of what is short or unknown, and no second effect from a key', async () => {
    const comb = await shop.stock({ name: 'Comb', sku: 'HOLD-COMB', price: 1500, stock: 2 });
    const key = randomUUID();

    const short = await driver.reserve([
      { sku: 'HOLD-COMB', quantity: 1 },
      { sku: 'HOLD-BRUSH', quantity: 2 },
    ]);
    const unknown = await driver.reserve([{ sku: 'NO-SUCH', quantity: 1 }]);
    const twice = await driver.reserve(
      [
        { sku: 'HOLD-COMB', quantity: 1 },
        { sku: 'hold-comb', quantity: 1 },
      ],
      key,
    );
    const reused = await driver.reserve([{ sku: 'HOLD-COMB', quantity: 1 }], key);

    expect(short.errors).toMatchObject([{ code: 'INSUFFICIENT_STOCK' }]);
    expect(unknown.errors).toMatchObject([{ code: 'NOT_FOUND', path: ['lines', '0', 'sku'] }]);
    expect(twice.hold.lines).toMatchObject([{ sku: 'HOLD-COMB', quantity: 2 }]);
    expect(reused.errors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    expect(await driver.item(comb)).toMatchObject({ onHand: 2, reserved: 2 });
  });

  it('loses its hold to the clock, and the goods are for others again', async () => {
    const dish = await shop.stock({ name: 'Dish', sku: 'HOLD-DISH', price: 1500, stock: 1 });
    const [early, late] = [
      await driver.reserve([{ sku: 'HOLD-DISH', quantity: 1 }], randomUUID(), 5),
      await driver.reserve([{ sku: 'HOLD-DISH', quantity: 1 }], randomUUID(), 5),
    ];
    expect(late.errors).toMatchObject([{ code: 'INSUFFICIENT_STOCK', availableQuantity: 0 }]);

    shop.clock.advance(6 * 60_000);
    const beforeTheJob = await driver.commit(early.hold.id);
    await driver.run('inventory.expire-holds');
    const afterTheJob = await driver.commit(early.hold.id);
    const browser = shop.guest();
    const bought = await complete(browser, await readyCart(browser, [{ variantId: dish, quantity: 1 }]));

    expect(beforeTheJob.errors).toMatchObject([{ code: 'HOLD_EXPIRED' }]);
    expect(afterTheJob.errors).toMatchObject([{ code: 'HOLD_EXPIRED', status: 'RELEASED' }]);
    expect(bought.errors).toEqual([]);
  });

  it('is closed to those who may not change stock', async () => {
    const { errors } = await shop
      .guest()
      .send('mutation { stockRelease(input: { holdId: "x", idempotencyKey: "12345678" }) { hold { id } } }');

    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('and in the end the ledger balances', () => assertLedgerBalances(shop));
});
