import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tx } from '../../src/platform/database/database.js';
import { localId } from '../../src/kernel/ids.js';
import type { GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let mug: string;
let bowl: string;
beforeAll(async () => {
  shop = await TestShop.open({ worker: false });
  mug = await shop.stock({ name: 'Mug', sku: 'TABS-MUG', price: 5000, stock: 30 });
  bowl = await shop.stock({ name: 'Bowl', sku: 'TABS-BOWL', price: 7000, stock: 30 });
});
afterAll(() => shop.close());

const CART =
  'cart { id version lines { quantity variant { sku } } total { gross { amount } } } errors { code }';
const add = (browser: GraphqlClient, variantId: string, quantity = 1) =>
  browser.ask(`mutation($input: CartLineAddInput!) { cartLineAdd(input: $input) { ${CART} } }`, {
    input: { variantId, quantity },
  });
const skus = ({ lines }: { lines: { quantity: number; variant: { sku: string } }[] }): string[] =>
  lines.map(({ quantity, variant }) => `${quantity} ${variant.sku}`);

/** Carries out `ask` while another tab's change of the same cart is not committed yet; answers what `ask` is told. */
async function whileAnotherTab<T>(
  cartId: string,
  change: (tx: Tx, cartId: string) => Promise<unknown>,
  ask: () => Promise<T>,
): Promise<T> {
  const id = localId('cart', cartId) as string;
  let answer: Promise<T> | null = null;
  await shop.shop.database.transaction(async (tx) => {
    await tx.client.query('UPDATE cart SET version = version + 1 WHERE id = $1', [id]);
    await change(tx, id);
    answer = ask();
    await shop.eventually(async () => {
      const waiting = await shop.sql(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return waiting.length > 0;
    });
  });
  return answer as unknown as Promise<T>;
}

const doubleTheMugs = (tx: Tx, cartId: string) =>
  tx.client.query('UPDATE cart_line SET quantity = quantity * 2 WHERE cart_id = $1', [cartId]);

describe('a cart that is open in two tabs', () => {
  it('adds up what both put in at once, and counts each change', async () => {
    const browser = shop.guest();
    const first = (await add(browser, mug)).cartLineAdd.cart;

    await Promise.all(Array.from({ length: 12 }, (_, i) => add(browser, i % 2 ? mug : bowl)));

    const { cart } = await browser.ask(`{ ${CART.replace('errors { code }', '')} }`);
    expect(skus(cart)).toEqual(['7 TABS-MUG', '6 TABS-BOWL']);
    expect(cart.version).toBe(first.version + 12);
  });

  it('is answered as it is after the other tab, to whoever waited for it with an address or a contact', async () => {
    const browser = shop.guest();
    const { cart } = (await add(browser, mug, 2)).cartLineAdd;

    const { cartContactUpdate } = await whileAnotherTab(cart.id, doubleTheMugs, () =>
      browser.ask(`mutation { cartContactUpdate(input: { email: "tabs@example.test" }) { ${CART} } }`),
    );

    expect(skus(cartContactUpdate.cart)).toEqual(['4 TABS-MUG']);
    expect(cartContactUpdate.cart).toMatchObject({
      version: cart.version + 2,
      total: { gross: { amount: 20000 } },
    });
  });

  it('takes one more on top of what the other tab has just made of it', async () => {
    const browser = shop.guest();
    const { cart } = (await add(browser, mug, 2)).cartLineAdd;

    const { cartLineAdd } = await whileAnotherTab(cart.id, doubleTheMugs, () => add(browser, mug));

    expect(skus(cartLineAdd.cart)).toEqual(['5 TABS-MUG']);
    expect(cartLineAdd.cart.version).toBe(cart.version + 2);
  });

  it('refuses what would be too many only together with the other tab, and stays as that one left it', async () => {
    const browser = shop.guest();
    const { cart } = (await add(browser, mug, 14)).cartLineAdd;

    const { cartLineAdd } = await whileAnotherTab(cart.id, doubleTheMugs, () => add(browser, mug, 3));

    expect(cartLineAdd.errors).toMatchObject([{ code: 'INSUFFICIENT_STOCK' }]);
    expect(skus(cartLineAdd.cart)).toEqual(['28 TABS-MUG']);
    const after = (await browser.ask(`{ ${CART.replace('errors { code }', '')} }`)).cart;
    expect(skus(after)).toEqual(['28 TABS-MUG']);
    expect(after.version).toBe(cart.version + 1);
  });
});

describe('a first line that cannot be had', () => {
  it('makes no cart and leaves no token', async () => {
    const browser = shop.guest();

    const tooMany = await add(browser, mug, 31);
    const unknown = await add(
      browser,
      mug.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
    );

    expect(tooMany.cartLineAdd).toMatchObject({ cart: null, errors: [{ code: 'INSUFFICIENT_STOCK' }] });
    expect(unknown.cartLineAdd).toMatchObject({ cart: null, errors: [{ code: 'NOT_FOUND' }] });
    expect((await browser.ask('{ cart { id } }')).cart).toBeNull();
  });
});
