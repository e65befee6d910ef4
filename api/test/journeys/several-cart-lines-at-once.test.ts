import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId, newId } from '../../src/kernel/ids.js';
import { BRASOV } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const ANSWER = `cart { id version totalQuantity email shippingAddress { city } lines { id quantity variant { id } } }
  token errors { __typename code path ... on InsufficientStockError { availableQuantity } }`;
const of = (name: string, type: string): string =>
  `mutation($input: ${type}!) { ${name}(input: $input) { ${ANSWER} } }`;
const ADD = of('cartLinesAdd', 'CartLinesAddInput');
const UPDATE = of('cartLinesUpdate', 'CartLinesUpdateInput');
const REMOVE = of('cartLinesRemove', 'CartLinesRemoveInput');
const CLEAR = `mutation { cartClear { ${ANSWER} } }`;

let shop: TestShop;
let cup: string;
let plate: string;
let last: string;
beforeAll(async () => {
  shop = await TestShop.open({ worker: false });
  cup = await shop.stock({ name: 'Cup', sku: 'CUP', price: 2_500, stock: 40 });
  plate = await shop.stock({ name: 'Plate', sku: 'PLATE', price: 4_000, stock: 40 });
  last = await shop.stock({ name: 'Last one', sku: 'LAST', price: 9_000, stock: 1 });
});
afterAll(() => shop.close());

const add = async (browser: GraphqlClient, lines: object[]): Promise<Answer> =>
  (await browser.ask(ADD, { input: { lines } }))['cartLinesAdd'];

/** A guest with two cups and three plates. */
async function filled(): Promise<{ browser: GraphqlClient; cart: Answer }> {
  const browser = shop.guest();
  const { cart } = await add(browser, [
    { variantId: cup, quantity: 2 },
    { variantId: plate, quantity: 3 },
  ]);
  return { browser, cart };
}

const quantities = ({ lines }: Answer): number[] => lines.map(({ quantity }: Answer) => quantity);

describe('several lines at once', () => {
  it('fill a cart, each variant one line', async () => {
    const { browser } = await filled();

    const { cart, errors } = await add(browser, [{ variantId: cup }, { variantId: cup, quantity: 4 }]);

    expect(errors).toEqual([]);
    expect(quantities(cart)).toEqual([7, 3]);
  });

  it('are added all or not at all, and the user error names the line', async () => {
    const { browser } = await filled();

    const short = await add(browser, [{ variantId: cup }, { variantId: last, quantity: 2 }]);
    const unknown = await add(browser, [{ variantId: cup }, { variantId: globalId('vari', newId()) }]);
    const mistaken = await add(browser, [{ variantId: cup }, { variantId: 'no id' }]);

    expect(short['errors']).toMatchObject([
      { code: 'INSUFFICIENT_STOCK', path: ['lines', '1', 'quantity'], availableQuantity: 1 },
    ]);
    for (const answer of [unknown, mistaken])
      expect(answer['errors']).toMatchObject([{ code: 'NOT_FOUND', path: ['lines', '1', 'variantId'] }]);
    for (const answer of [short, unknown, mistaken]) expect(quantities(answer['cart'])).toEqual([2, 3]);
  });

  it('get new quantities together, and those with none go', async () => {
    const { browser, cart } = await filled();
    const [cups, plates] = cart['lines'];
    const lines = [
      { lineId: cups.id, quantity: 0 },
      { lineId: plates.id, quantity: 9 },
    ];

    const { cartLinesUpdate } = await browser.ask(UPDATE, { input: { lines } });

    expect(cartLinesUpdate.errors).toEqual([]);
    expect(quantities(cartLinesUpdate.cart)).toEqual([9]);
    expect(cartLinesUpdate.cart.version).toBe(cart['version'] + 1);
  });

  it('keep their quantities when one of them is refused', async () => {
    const { browser, cart } = await filled();
    const [cups, plates] = cart['lines'];
    const update = async (lines: object[]): Promise<Answer> =>
      (await browser.ask(UPDATE, { input: { lines } }))['cartLinesUpdate'];

    const tooMany = await update([
      { lineId: cups.id, quantity: 1 },
      { lineId: plates.id, quantity: 41 },
    ]);
    const twice = await update([
      { lineId: cups.id, quantity: 1 },
      { lineId: cups.id, quantity: 5 },
    ]);
    const negative = await update([{ lineId: cups.id, quantity: -1 }]);

    // Forty are there; above ten nobody is told how many.
    expect(tooMany['errors']).toMatchObject([
      { code: 'INSUFFICIENT_STOCK', path: ['lines', '1', 'quantity'], availableQuantity: null },
    ]);
    expect(twice['errors']).toMatchObject([{ code: 'INVALID_INPUT', path: ['lines', '1', 'lineId'] }]);
    expect(negative['errors']).toMatchObject([{ code: 'INVALID_INPUT', path: ['lines', '0', 'quantity'] }]);
    for (const answer of [tooMany, twice, negative]) expect(quantities(answer['cart'])).toEqual([2, 3]);
  });

  it('are taken out together, or stay together', async () => {
    const { browser, cart } = await filled();
    const [cups, plates] = cart['lines'];
    const strange = globalId('cline', newId());

    const refused = await browser.ask(REMOVE, { input: { lineIds: [cups.id, strange] } });
    const done = await browser.ask(REMOVE, { input: { lineIds: [cups.id, plates.id] } });

    expect(refused['cartLinesRemove'].errors).toMatchObject([{ code: 'NOT_FOUND', path: ['lineIds', '1'] }]);
    expect(quantities(refused['cartLinesRemove'].cart)).toEqual([2, 3]);
    expect(done['cartLinesRemove'].cart.lines).toEqual([]);
  });

  it('are at least one and at most fifty', async () => {
    const browser = shop.guest();

    const none = await add(browser, []);
    const many = await add(
      browser,
      Array.from({ length: 51 }, () => ({ variantId: cup })),
    );

    for (const answer of [none, many])
      expect(answer['errors']).toMatchObject([{ code: 'INVALID_INPUT', path: ['lines'] }]);
  });
});

describe('clearing a cart', () => {
  it('takes the goods out and keeps what the buyer typed', async () => {
    const { browser, cart } = await filled();
    const type = `mutation($address: AddressInput!) {
      cartContactUpdate(input: { email: "ana@example.test" }) { errors { code } }
      cartAddressesUpdate(input: { shippingAddress: $address }) { errors { code } } }`;
    await browser.ask(type, { address: BRASOV });

    const { cartClear } = await browser.ask(CLEAR);

    expect(cartClear).toMatchObject({
      errors: [],
      cart: { id: cart['id'], lines: [], totalQuantity: 0, email: 'ana@example.test' },
    });
    expect(cartClear.cart.shippingAddress.city).toBe('Brașov');
  });

  it('gives back what the cart held', async () => {
    const holding = await shop.beside({ worker: false, env: { STOCK_HOLD: 'cart' } });
    const [ana, bob] = [holding.guest(), holding.guest()];
    await add(ana, [{ variantId: last }]);
    const before = await add(bob, [{ variantId: last }]);

    await ana.ask(CLEAR);
    const after = await add(bob, [{ variantId: last }]);
    await bob.ask(CLEAR);
    await holding.close();

    expect(before['errors']).toMatchObject([{ code: 'INSUFFICIENT_STOCK' }]);
    expect(after['errors']).toEqual([]);
  });

  it('of who has none is refused', async () => {
    const { cartClear } = await shop.guest().ask(CLEAR);

    expect(cartClear).toMatchObject({ cart: null, errors: [{ code: 'CART_EMPTY' }] });
  });
});

it('a guest who sends everything in one document has one cart', async () => {
  const query = `mutation($cup: ID!, $plate: ID!, $address: AddressInput!) {
    first: cartLineAdd(input: { variantId: $cup }) { cart { id } token }
    second: cartLineAdd(input: { variantId: $plate, quantity: 2 }) { cart { id } token }
    contact: cartContactUpdate(input: { email: "ana@example.test" }) { cart { id } errors { code } }
    address: cartAddressesUpdate(input: { shippingAddress: $address }) { cart { id email lines { quantity } } errors { code } } }`;
  const browser = shop.guest();

  const { first, second, contact, address } = await browser.ask(query, { cup, plate, address: BRASOV });

  expect(first.token).toEqual(expect.any(String));
  expect(second.token).toBeNull();
  expect([contact.errors, address.errors]).toEqual([[], []]);
  expect(new Set([first, second, contact, address].map(({ cart }) => cart.id)).size).toBe(1);
  expect(address.cart).toMatchObject({
    email: 'ana@example.test',
    lines: [{ quantity: 1 }, { quantity: 2 }],
  });
  expect((await browser.ask('{ cart { id } }'))['cart'].id).toBe(first.cart.id);
});

describe('what delivery would cost', () => {
  it('is told by country alone, as it will be once the address is typed', async () => {
    const { browser } = await filled();
    const methods = 'shippingMethods { code price { gross { amount } } }';
    const estimate = `{ cart { ro: shippingEstimate(countryCode: "RO") { code price { gross { amount } } }
      de: shippingEstimate(countryCode: "DE") { code price { gross { amount } } } shippingAddress { city } } }`;

    const { cart } = await browser.ask(estimate);
    const typed = await browser.ask(
      `mutation($address: AddressInput!) { cartAddressesUpdate(input: { shippingAddress: $address }) { cart { ${methods} } } }`,
      { address: { ...BRASOV, countryCode: 'DE', region: null, city: 'Berlin', postalCode: '10115' } },
    );

    expect(cart.shippingAddress).toBeNull();
    expect(cart.ro.length).toBeGreaterThan(0);
    expect(cart.de).not.toEqual(cart.ro);
    expect(typed['cartAddressesUpdate'].cart.shippingMethods).toEqual(cart.de);
  });

  it('is nothing where the shop does not deliver', async () => {
    const { browser } = await filled();

    const { cart } = await browser.ask('{ cart { shippingEstimate(countryCode: "AQ") { code } } }');

    expect(cart.shippingEstimate).toEqual([]);
  });
});
