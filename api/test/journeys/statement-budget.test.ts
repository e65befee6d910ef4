import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { BRASOV, complete, GOOD_CARD, payWith } from '@vitrine/testing/drivers/checkout.js';
import { countStatements, type Counted } from '@vitrine/testing/shop/statement-counter.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let mug: string;
let bowl: string;
beforeAll(async () => {
  // The worker sends statements whenever it likes; what a buyer waits for has none of them.
  shop = await TestShop.open({ worker: false });
  mug = await shop.stock({ name: 'Mug', sku: 'BUDGET-MUG', price: 5000, stock: 50 });
  bowl = await shop.stock({ name: 'Bowl', sku: 'BUDGET-BOWL', price: 7000, stock: 50 });
  await shop.guest().ask('{ shop { countries { code } } products(first: 1) { nodes { id } } }');
});
afterAll(() => shop.close());

const CART = `cart { version lines { quantity variant { sku } product { name slug } unitPrice { decimal } total { gross { amount } } }
  subtotal { gross { amount } } total { gross { amount } } shippingMethods { id: shippingMethodId name price { gross { amount } } } missingSteps } errors { code }`;
const ADD = `mutation($variantId: ID!) { cartLineAdd(input: { variantId: $variantId, quantity: 1 }) { ${CART} } }`;

/** Statements without the notification to the worker, which nobody waits for. */
const sent = ({ texts }: Counted<unknown>): string[] => texts.filter((text) => !text.includes('pg_notify'));

describe('the database is asked', () => {
  it('once for a cart', async () => {
    const browser = shop.guest();
    await browser.ask(ADD, { variantId: mug });
    await browser.ask(ADD, { variantId: bowl });

    const counted = await countStatements(() => browser.ask(`{ ${CART.replace('errors { code }', '')} }`));

    expect(sent(counted).length, sent(counted).join('\n')).toBeLessThanOrEqual(1);
  });

  it('for the home page no more often than for its lists of products, and not at all for another page', async () => {
    const browser = shop.guest();
    const home =
      '{ page(key: "home") { name blocks { __typename ... on HeroBlock { title } ... on ProductsBlock { products { id name } } ... on CategoriesBlock { categories { id } } } } }';
    const terms =
      '{ page(key: "terms") { name blocks { ... on TextBlock { html } } } pages { id } menu(code: FOOTER) { items { label href children { label } } } }';
    const first = await browser.ask(home);
    await browser.ask(terms);
    const lists = first.page.blocks.filter((block: object) => 'products' in block).length;
    const list = '{ products(first: 12, sort: NEWEST) { nodes { id name } } }';
    await browser.ask(list);

    const ofOneList = sent(await countStatements(() => browser.ask(list))).length;
    const ofHome = sent(await countStatements(() => browser.ask(home)));
    const ofTerms = sent(await countStatements(() => browser.ask(terms)));

    expect(lists).toBeGreaterThan(0);
    expect(ofHome.length, ofHome.join('\n')).toBeLessThanOrEqual(lists * ofOneList);
    expect(ofTerms).toEqual([]);
  });

  it('once for a new cart with its first line', async () => {
    const browser = shop.guest();

    const counted = await countStatements(() => browser.ask(ADD, { variantId: mug }));

    expect(sent(counted).length, sent(counted).join('\n')).toBeLessThanOrEqual(1);
  });

  it('at most thirty-five times for a whole purchase as a guest', async () => {
    const browser = shop.guest();
    const step = (text: string, variables: object = {}) => browser.ask(text, variables);

    const counted = await countStatements(async () => {
      await step(ADD, { variantId: mug });
      await step(ADD, { variantId: bowl });
      await step(`mutation { cartContactUpdate(input: { email: "budget@example.test" }) { ${CART} } }`);
      await step(
        `mutation($address: AddressInput!) { cartAddressesUpdate(input: { shippingAddress: $address }) { ${CART} } }`,
        { address: { ...BRASOV, phone: '0722 123 456' } },
      );
      const { cart } = await step('{ cart { shippingMethods { id: shippingMethodId } } }');
      const selected = await step(
        `mutation($id: ID!) { cartShippingMethodSelect(input: { shippingMethodId: $id }) { ${CART} } }`,
        { id: cart.shippingMethods[0].id },
      );
      const done = await complete(browser, selected.cartShippingMethodSelect.cart);
      return payWith(browser, done.paymentSession.clientSecret, GOOD_CARD);
    });

    expect(counted.result).toMatchObject({ errors: [], paymentStatus: { order: { status: 'PAID' } } });
    expect(sent(counted).length, sent(counted).join('\n')).toBeLessThanOrEqual(35);
  });

  it('at most twice for a list of products with its facets, asked for the first time', async () => {
    const list = `{ products(first: 24) { nodes { id name slug priceRange { min { amount } } availability } totalCount
      facets { code values { code count } } pageInfo { hasNextPage endCursor } } }`;

    const counted = await countStatements(() => shop.guest().ask(list));

    expect(sent(counted).length, sent(counted).join('\n')).toBeLessThanOrEqual(2);
  });

  it('at most four times for the page of a product, asked for the first time', async () => {
    const page = `{ product(slug: "budget-mug") { name description images { url alt } options { code values { code } } categories { slug }
      breadcrumbs { slug } tags { name } variants { id sku price { amount } availability availableQuantity optionValues { code } } } }`;

    const counted = await countStatements(() => shop.guest().ask(page));

    expect(counted.result.product.variants).toHaveLength(1);
    expect(sent(counted).length, sent(counted).join('\n')).toBeLessThanOrEqual(4);
  });

  it('no oftener for a cart of ten lines than for one of two', async () => {
    const browser = shop.guest();
    for (let i = 0; i < 10; i++) {
      await browser.ask(ADD, {
        variantId: await shop.stock({ name: `T${i}`, sku: `BUDGET-${i}`, price: 100, stock: 5 }),
      });
    }
    await browser.ask('{ cart { id } }');

    const counted = await countStatements(() => browser.ask(`{ ${CART.replace('errors { code }', '')} }`));

    expect(sent(counted).length, sent(counted).join('\n')).toBeLessThanOrEqual(1);
  });
});

it('and in the end the ledger balances', async () => {
  const worker = await shop.beside();
  await assertLedgerBalances(shop);
  await worker.close();
});
