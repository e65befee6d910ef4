import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { liveClient } from '@vitrine/testing/drivers/live-client.js';
import { complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const blocksOf = (path: string): string[] =>
  [...read(path).matchAll(/```graphql\n(.*?)```/gs)].map(([, text]) => text ?? '');

const GUIDE = blocksOf('docs/your-own-client.md');

let shop: TestShop;
let mug: string;
beforeAll(async () => {
  shop = await TestShop.open({ worker: false });
  mug = await shop.stock({ name: 'Mug', sku: 'DOC-MUG', price: 5000, stock: 20 });
});
afterAll(() => shop.close());

/** The documented request of this name. */
function documented(name: string): string {
  const text = GUIDE.find((block) => new RegExp(`^(query|mutation|subscription) ${name}\\b`).test(block));
  if (!text) throw new Error(`The guide has no request named ${name}`);
  used.add(text);
  return text;
}
const used = new Set<string>();

describe('each request in the documentation', () => {
  const schema = buildSchema(read('schema.graphql'));

  it.each(['README.md', 'docs/your-own-client.md'])('fits the schema: %s', (path) => {
    const blocks = blocksOf(path);

    expect(blocks.length).toBeGreaterThan(0);
    for (const block of blocks) {
      // The README shows several requests in one block; what a document may hold is no matter there.
      const faults = parse(block).definitions.flatMap((definition) =>
        validate(schema, { kind: 'Document', definitions: [definition] } as ReturnType<typeof parse>),
      );
      expect(faults.map(({ message }) => message)).toEqual([]);
    }
  });
});

describe('who follows the guide', () => {
  it('looks things up, fills a cart, changes and clears it', async () => {
    const buyer = shop.guest();
    const lookedUp = await buyer.ask(documented('LookUp'), { sku: 'DOC-MUG', ids: [mug, 'vari_unknown'] });
    expect(lookedUp).toMatchObject({
      product: { name: 'Mug' },
      productVariant: { id: mug },
      nodes: [{ id: mug }, null],
    });

    const added = (await buyer.ask(documented('AddLines'), { lines: [{ variantId: mug, quantity: 2 }] }))[
      'cartLinesAdd'
    ] as Answer;
    expect(added).toMatchObject({
      token: expect.any(String),
      errors: [],
      cart: { lines: [{ quantity: 2 }] },
    });
    // Another client, without the cookie: the token alone finds the cart.
    const client = new GraphqlClient(shop.url, { 'x-cart-token': added['token'] as string });
    const lineId = added['cart'].lines[0].id as string;
    const { cart } = await client.ask(documented('EstimateDelivery'), { countryCode: 'RO' });
    expect(cart.shippingEstimate.length).toBeGreaterThan(0);
    // A server that reads the cart of its visitor names it, whoever it is itself.
    for (const server of [shop.guest(), await shop.customer('alice@example.com', 'Alice@123')]) {
      const token = added['token'] as string;
      expect(await server.ask(documented('ReadCart'), { token })).toEqual({ cart: { totalQuantity: 2 } });
      expect(await server.ask(documented('ReadCart'), { token: 'guessed' })).toEqual({ cart: null });
    }

    const changes = [
      await client.ask(documented('ChangeLines'), { lines: [{ lineId, quantity: 3 }] }),
      await client.ask(documented('RemoveLines'), { lineIds: [lineId] }),
      await client.ask(documented('ClearCart')),
    ].map((answer) => Object.values(answer)[0] as Answer);
    expect(changes).toEqual([3, 0, 0].map((totalQuantity) => ({ cart: { totalQuantity }, errors: [] })));
  });

  it('signs in, renews, and reads what changed', async () => {
    const { login } = await shop
      .guest()
      .ask(documented('SignIn'), { email: 'admin@example.com', password: 'Admin@123' });
    const { tokenRefresh } = await shop
      .guest()
      .ask(documented('Renew'), { refreshToken: login.tokens.refreshToken });
    const client = new GraphqlClient(shop.url, {
      authorization: `Bearer ${tokenRefresh.tokens.accessToken}`,
    });

    const { orders } = await client.ask(documented('ChangedOrders'), { since: '2026-01-01T00:00:00Z' });

    expect(orders.pageInfo.hasNextPage).toBe(false);
  });

  it('learns which version answers', async () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };

    expect(await shop.guest().ask(documented('Version'))).toEqual({ apiVersion: version });
  });

  it('finds no customer’s cart by a token', async () => {
    const alice = await shop.customer('alice@example.com', 'Alice@123');
    const guest = shop.guest();
    const add = 'mutation($lines: [CartLineInput!]!) { cartLinesAdd(input: { lines: $lines }) { token } }';
    const { token } = (await guest.ask(add, { lines: [{ variantId: mug }] }))['cartLinesAdd'];
    await guest.ask(
      'mutation { login(input: { email: "alice@example.com", password: "Alice@123" }) { errors { code } } }',
    );

    expect((await alice.ask('{ cart { totalQuantity } }'))['cart']).toEqual({ totalQuantity: 1 });
    expect(await shop.guest().ask(documented('ReadCart'), { token })).toEqual({ cart: null });
  });

  it('follows an order', async () => {
    const buyer = shop.guest();
    const done = await complete(buyer, await readyCart(buyer, [{ variantId: mug, quantity: 1 }]));
    const client = liveClient(shop.url);
    await client.ready();
    const followed = client.listen(documented('FollowOrder'), { orderToken: done.orderToken });
    const refused = client.listen(documented('FollowOrder'), { orderToken: 'made up' });

    await shop.eventually(async () => refused.errors.length > 0);

    expect(followed.errors).toEqual([]);
    await client.close();
  });

  it('finds no request there that nobody has tried', () => {
    expect(GUIDE.filter((block) => !used.has(block))).toEqual([]);
  });
});
