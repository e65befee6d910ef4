import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BRASOV } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let mug: string;
beforeAll(async () => {
  shop = await TestShop.open({ worker: false });
  mug = await shop.stock({ name: 'Mug', sku: 'COURIER-MUG', price: 5000, stock: 90 });
});
afterAll(() => shop.close());

const CART =
  'cart { version missingSteps total { gross { amount } } shippingMethods { shippingMethodId code phoneRequired } } errors { code }';
const ORDER = `mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { order { phone shippingAddress { phone } }
  errors { code ... on CartNotReadyError { missingSteps } } } }`;

/** A guest's cart that lacks nothing but, perhaps, a telephone number. */
async function filled(
  method: string,
  { phone, withoutPhone }: { phone?: string; withoutPhone?: string } = {},
) {
  const browser = shop.guest();
  const steps: [field: string, type: string, input: object][] = [
    ['cartLineAdd', 'CartLineAddInput', { variantId: mug }],
    ['cartContactUpdate', 'CartContactUpdateInput', { email: `${randomUUID()}@example.test`, phone }],
    [
      'cartAddressesUpdate',
      'CartAddressesUpdateInput',
      { shippingAddress: { ...BRASOV, phone: withoutPhone ?? null } },
    ],
  ];
  let cart: Answer = {};
  for (const [field, type, input] of steps) cart = await step(browser, { field, type, input });
  const chosen = cart.shippingMethods.find(({ code }: Answer) => code === method);
  const input = { shippingMethodId: chosen.shippingMethodId };
  cart = await step(browser, {
    field: 'cartShippingMethodSelect',
    type: 'CartShippingMethodSelectInput',
    input,
  });
  return { browser, cart, chosen };
}

async function step(
  browser: GraphqlClient,
  { field, type, input }: { field: string; type: string; input: object },
): Promise<Answer> {
  const text = `mutation($input: ${type}!) { payload: ${field}(input: $input) { ${CART} } }`;
  const { payload } = await browser.ask(text, { input });
  expect(payload.errors).toEqual([]);
  return payload.cart;
}

async function order(browser: GraphqlClient, { version, total }: Answer): Promise<Answer> {
  const input = { idempotencyKey: randomUUID(), cartVersion: version, expectedTotal: total.gross.amount };
  return (await browser.ask(ORDER, { input })).checkoutComplete;
}

describe('a delivery to the door', () => {
  it('is not ordered without a telephone number, which the cart says it lacks', async () => {
    const { browser, cart, chosen } = await filled('courier');

    expect(chosen.phoneRequired).toBe(true);
    expect(cart.missingSteps).toEqual(['PHONE']);
    const refused = await order(browser, cart);
    expect(refused).toEqual({ order: null, errors: [{ code: 'CART_NOT_READY', missingSteps: ['PHONE'] }] });
  });

  it.each([
    ['of the contact', { phone: '0722 123 456' }],
    ['at the door', { withoutPhone: '0722 123 456' }],
  ])('is ordered with the number %s', async (_whose, numbers) => {
    const { browser, cart } = await filled('courier', numbers);

    expect(cart.missingSteps).toEqual([]);
    const { order: placed, errors } = await order(browser, cart);
    expect(errors).toEqual([]);
    expect(placed.shippingAddress.phone).toBe('+40722123456');
  });
});

describe('a delivery that the buyer fetches', () => {
  it('is ordered without a telephone number', async () => {
    await shop.sql(`WITH method AS (
        INSERT INTO shipping_method (id, code, kind, name, description, currency, position, phone_required)
        SELECT new_id(), 'pick-up', 'PICKUP', '{"ro": "Ridicare din atelier"}', '{}', currency, 9, false
        FROM shipping_method WHERE code = 'courier' RETURNING id
      ) INSERT INTO shipping_rate (method_id, zone_id, strategy, args, currency)
      SELECT method.id, r.zone_id, 'flat', '{"price": 0}', r.currency
      FROM method, shipping_rate r JOIN shipping_method m ON m.id = r.method_id WHERE m.code = 'courier'`);
    await shop.sql(`SELECT pg_notify('vitrine_catalog', '')`);
    const { browser, cart, chosen } = await eventuallyFilled('pick-up');

    expect(chosen.phoneRequired).toBe(false);
    expect(cart.missingSteps).toEqual([]);
    expect((await order(browser, cart)).errors).toEqual([]);
  });
});

/** The processes hear of a new method a moment after it was written. */
async function eventuallyFilled(method: string) {
  let found: Awaited<ReturnType<typeof filled>> | undefined;
  await shop.eventually(async () => {
    found = await filled(method).catch(() => undefined);
    return Boolean(found);
  });
  if (!found) throw new Error(`No delivery ${method} is offered.`);
  return found;
}
