import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId, newId } from '../../src/kernel/ids.js';
import { BRASOV, complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { liveClient } from '@vitrine/testing/drivers/live-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

// Apollo, urql and Relay keep each object under its id: one id must mean one thing, and what is gone must be named.
let shop: TestShop;
let mug: string;
beforeAll(async () => {
  shop = await TestShop.open({ worker: false });
  mug = await shop.stock({ name: 'Mug', sku: 'KEPT-MUG', price: 5000, stock: 90 });
});
afterAll(() => shop.close());

describe('the price of a delivery', () => {
  const QUOTES = 'shippingMethods { id shippingMethodId price { gross { amount } } }';

  async function quoteFor(quantity: number): Promise<Answer> {
    const { cartLineAdd } = await shop
      .guest()
      .ask(
        `mutation($mug: ID!, $quantity: Int!) { cartLineAdd(input: { variantId: $mug, quantity: $quantity }) { cart { ${QUOTES} } } }`,
        { mug, quantity },
      );
    return cartLineAdd.cart.shippingMethods[0];
  }

  it('has an id of its own in each cart where it differs, and in a draft, while the method stays the same', async () => {
    const [small, large] = [await quoteFor(1), await quoteFor(40)];
    const { draftOrderPreview } = await (
      await shop.staff()
    ).ask(`query($input: DraftOrderPreviewInput!) { draftOrderPreview(input: $input) { ${QUOTES} } }`, {
      input: { countryCode: 'RO', lines: [{ variantId: mug, quantity: 40 }] },
    });

    expect(small.price.gross.amount).toBeGreaterThan(large.price.gross.amount);
    expect(large.shippingMethodId).toBe(small.shippingMethodId);
    expect(large.id).not.toBe(small.id);
    expect(draftOrderPreview.shippingMethods[0]).toEqual(large);
    expect(await quoteFor(1)).toEqual(small);
  });

  it('is chosen by the id of its method, not by that of the price', async () => {
    const browser = shop.guest();
    await readyCart(browser, [{ variantId: mug, quantity: 1 }]);
    const { cart } = await browser.ask(`{ cart { ${QUOTES} } }`);
    const select = async (id: string): Promise<Answer> =>
      (
        await browser.ask(
          'mutation($id: ID!) { cartShippingMethodSelect(input: { shippingMethodId: $id }) { errors { code path } } }',
          { id },
        )
      ).cartShippingMethodSelect;

    expect((await select(cart.shippingMethods[0].id)).errors).toEqual([
      { code: 'NOT_FOUND', path: ['shippingMethodId'] },
    ]);
    expect((await select(cart.shippingMethods[0].shippingMethodId)).errors).toEqual([]);
  });
});

describe('what was deleted is named, and only when it is gone:', () => {
  async function twice(
    client: GraphqlClient,
    field: string,
    { type, input, answer }: { type: string; input: Answer; answer: string },
  ): Promise<unknown[]> {
    const query = `mutation($input: ${type}!) { ${field}(input: $input) { ${answer} errors { code } } }`;
    const answers = [await client.ask(query, { input }), await client.ask(query, { input })];
    return answers.map(({ [field]: payload }) => [payload[answer], payload.errors.length]);
  }

  it('an address', async () => {
    const alice = await shop.customer('alice@example.com', 'Alice@123');
    const { addressCreate } = await alice.ask(
      'mutation($address: AddressInput!) { addressCreate(input: { address: $address }) { address { id } } }',
      { address: BRASOV },
    );
    const addressId = addressCreate.address.id;

    const results = await twice(alice, 'addressDelete', {
      type: 'AddressDeleteInput',
      input: { addressId },
      answer: 'deletedAddressId',
    });

    expect(results).toEqual([
      [addressId, 0],
      [null, 1],
    ]);
  });

  it('a variant', async () => {
    const staff = await shop.staff();
    const values = ['red', 'blue'].map((code) => ({ code, name: code }));
    const { productCreate } = await staff.ask(
      'mutation($input: ProductCreateInput!) { productCreate(input: $input) { product { variants { id } } errors { code message } } }',
      {
        input: {
          translations: [{ locale: 'RO', name: 'Jug' }],
          options: [{ code: 'glaze', name: 'Glaze', values }],
          variants: values.map(({ code }) => ({
            sku: `KEPT-${code}`,
            price: 6000,
            options: [{ option: 'glaze', value: code }],
          })),
        },
      },
    );
    expect(productCreate.errors).toEqual([]);
    const { id } = productCreate.product.variants[1];

    const results = await twice(staff, 'productVariantDelete', {
      type: 'ProductVariantDeleteInput',
      input: { variantId: id },
      answer: 'deletedVariantId',
    });

    expect(results).toEqual([
      [id, 0],
      [null, 1],
    ]);
  });

  it('a block', async () => {
    const staff = await shop.staff();
    const uuid = newId();
    await shop.sql(
      `INSERT INTO checkout_block (id, kind, contact, expires_at) VALUES ($1, 'EMAIL', 'kept@example.test', now() + interval '1 day')`,
      [uuid],
    );
    const blockId = globalId('block', uuid);

    const results = await twice(staff, 'checkoutBlockRemove', {
      type: 'CheckoutBlockRemoveInput',
      input: { blockId },
      answer: 'deletedBlockId',
    });

    expect(results).toEqual([
      [blockId, 0],
      [null, 1],
    ]);
  });
});

describe('an order named in two ways, or in none', () => {
  it('is no order: nothing is cancelled, and the user error says why', async () => {
    const browser = shop.guest();
    const done = await complete(browser, await readyCart(browser, [{ variantId: mug, quantity: 1 }]));
    const cancel = async (named: object): Promise<Answer> =>
      (
        await browser.ask(
          'mutation($input: OrderCancelByCustomerInput!) { orderCancelByCustomer(input: $input) { order { status } errors { code message } } }',
          { input: { idempotencyKey: newId(), ...named } },
        )
      ).orderCancelByCustomer;

    const refused = [
      await cancel({ orderToken: done.orderToken, orderId: done.order.id }),
      await cancel({}),
      await cancel({ orderToken: null, orderId: '' }),
    ];
    const cancelled = await cancel({ orderToken: done.orderToken });

    expect(refused).toEqual([
      { order: null, errors: [{ code: 'INVALID_INPUT', message: expect.stringContaining('in one way') }] },
      { order: null, errors: [{ code: 'INVALID_INPUT', message: 'Say which one.' }] },
      { order: null, errors: [{ code: 'INVALID_INPUT', message: 'Say which one.' }] },
    ]);
    expect(cancelled).toEqual({ order: { status: 'CANCELLED' }, errors: [] });
  });

  it('cannot be followed either', async () => {
    const client = liveClient(shop.url);
    await client.ready();

    const heard = [
      client.listen('subscription { orderUpdated { number } }'),
      client.listen('subscription { orderUpdated(orderToken: "x", orderId: "y") { number } }'),
    ];

    await shop.eventually(async () => heard.every(({ errors }) => errors.length > 0));
    expect(heard.map(({ errors: [error] }) => error?.extensions?.code)).toEqual([
      'BAD_USER_INPUT',
      'BAD_USER_INPUT',
    ]);
    await client.close();
  });
});
