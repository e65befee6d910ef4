import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const STOCK_SET = `mutation($input: StockSetInput!) { stockSet(input: $input) {
  variant { availability stock { onHand reserved available } }
  errors { code path ... on StaleQuantityError { currentQuantity } } } }`;

let shop: TestShop;
let staff: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open();
  staff = await shop.staff();
});
afterAll(() => shop.close());

const count = async (
  variantId: string,
  from: number,
  to: number,
  key: string = randomUUID(),
): Promise<Answer> => {
  const input = { variantId, quantity: to, changeFromQuantity: from, reason: 'count', idempotencyKey: key };
  return (await staff.ask(STOCK_SET, { input })).stockSet;
};

describe('counting stock', () => {
  it('writes what is there, and why, once for each key', async () => {
    const bowl = await shop.stock({ name: 'Bowl', sku: 'COUNT-1', price: 5000, stock: 10 });
    const key = randomUUID();

    const answers = await Promise.all(Array.from({ length: 10 }, () => count(bowl, 10, 7, key)));

    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    expect(answers[0]?.variant.stock).toEqual({ onHand: 7, reserved: 0, available: 7 });
    expect(
      await shop.sql(
        `SELECT delta_on_hand, reason FROM stock_movement WHERE kind = 'ADJUST' AND reason = 'count'`,
      ),
    ).toEqual([{ delta_on_hand: -3, reason: 'count' }]);
  });

  it('is refused when stock changed meanwhile, and says what is there now', async () => {
    const cup = await shop.stock({ name: 'Cup', sku: 'COUNT-2', price: 5000, stock: 4 });

    const refused = await count(cup, 5, 9);

    expect(refused).toMatchObject({
      variant: { stock: { onHand: 4 } },
      errors: [{ code: 'STALE_QUANTITY', currentQuantity: 4 }],
    });
  });

  it('never takes what is held for an order', async () => {
    const vase = await shop.stock({ name: 'Vase', sku: 'COUNT-3', price: 5000, stock: 3 });
    const browser = shop.guest();
    await complete(browser, await readyCart(browser, [{ variantId: vase, quantity: 2 }]));

    const refused = await count(vase, 3, 1);
    const enough = await count(vase, 3, 2);

    expect(refused.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['quantity'] }]);
    expect(enough.variant).toEqual({
      availability: 'SOLD_OUT',
      stock: { onHand: 2, reserved: 2, available: 0 },
    });
  });

  it('counts for the list of products what is there, and of that what nobody holds', async () => {
    const jug = await shop.stock({ name: 'Jug', sku: 'COUNT-4', price: 5000, stock: 2 });
    const browser = shop.guest();
    await complete(browser, await readyCart(browser, [{ variantId: jug, quantity: 2 }]));

    const { staffProducts } = await staff.ask(
      '{ staffProducts(search: "COUNT-4") { nodes { availability totalStock totalAvailable } } }',
    );

    expect(staffProducts.nodes).toEqual([{ availability: 'SOLD_OUT', totalStock: 2, totalAvailable: 0 }]);
  });

  it('and in the end the ledger balances', async () => {
    await assertLedgerBalances(shop);
  });
});
