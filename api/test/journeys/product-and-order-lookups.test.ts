import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId, newId } from '../../src/kernel/ids.js';
import { buy } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { MutationDriver } from '@vitrine/testing/drivers/mutation-driver.js';
import { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { shopSchema } from '@vitrine/testing/shop/shop-schema.js';

const CUP = { name: 'Tall cup', sku: 'CUP-1', price: 2_000, stock: 50 };

let shop: TestShop;
let fixtures: Fixtures;
let staff: GraphqlClient;
let cup: Answer;
let plate: Answer;
beforeAll(async () => {
  shop = await TestShop.open({ worker: false });
  const [one, two] = [newId(), newId()];
  await shop.sql(`INSERT INTO category (id, slug, name) VALUES ($1, 'ones', '{}'), ($2, 'twos', '{}')`, [
    one,
    two,
  ]);
  fixtures = await Fixtures.open(shop, new MutationDriver(shopSchema));
  staff = fixtures.staff;
  await shop.stock(CUP);
  await shop.stock({ name: 'Plate for a cup', sku: 'PLATE-1', price: 3_000, stock: 50 });
  await shop.sql(`UPDATE variant SET barcode = '5940000000017' WHERE sku = 'CUP-1'`);
  await shop.sql(`UPDATE product SET category_ids = ARRAY[$1::uuid] WHERE slug = 'cup-1'`, [one]);
  await shop.sql(`UPDATE product SET category_ids = ARRAY[$1::uuid] WHERE slug = 'plate-1'`, [two]);
  cup = await product('sku: "cup-1"');
  plate = await product('slug: "plate-1"');
});
afterAll(() => shop.close());

const FIELDS = 'id name variants { id sku }';
async function product(by: string, who: GraphqlClient = shop.guest()): Promise<Answer> {
  return (await who.ask(`{ product(${by}) { ${FIELDS} } }`))['product'];
}

describe('a product', () => {
  it('is found by id, slug, SKU and barcode', async () => {
    expect(cup['name']).toBe('Tall cup');
    for (const by of [`id: "${cup['id']}"`, 'slug: "cup-1"', 'barcode: "5940000000017"'])
      expect(await product(by)).toEqual(cup);
  });

  it('is asked for in exactly one way', async () => {
    for (const by of ['', '(sku: "CUP-1", slug: "cup-1")', '(id: null)']) {
      const { errors } = await shop.guest().send(`{ product${by} { id } }`);
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });

  it('is not there for buyers once it is archived, nor under a name that nobody has', async () => {
    await shop.stock({ name: 'Gone', sku: 'GONE-1', price: 1, stock: 0 });
    await shop.sql(`UPDATE product SET status = 'ARCHIVED' WHERE slug = 'gone-1'`);

    for (const by of ['sku: "GONE-1"', 'sku: "nothing"', `id: "${globalId('prod', newId())}"`])
      expect(await product(by)).toBeNull();
  });

  it('has variants that are found by SKU and barcode, the hidden ones by staff', async () => {
    const ask = async (who: GraphqlClient, by: string): Promise<Answer> =>
      (await who.ask(`{ productVariant(${by}) { id sku } }`))['productVariant'];

    for (const by of ['sku: "cup-1"', 'barcode: "5940000000017"', `id: "${cup['variants'][0].id}"`])
      expect(await ask(shop.guest(), by)).toEqual(cup['variants'][0]);
    expect(await ask(shop.guest(), 'sku: "GONE-1"')).toBeNull();
    expect(await ask(staff, 'sku: "GONE-1"')).toMatchObject({ sku: 'GONE-1' });
  });
});

describe('a list of products', () => {
  const list = async (
    filter: object,
    who: GraphqlClient = shop.guest(),
    name = 'products',
  ): Promise<string[]> => {
    const type = name === 'products' ? 'ProductFilter' : 'StaffProductFilter';
    const query = `query($filter: ${type}) { ${name}(first: 100, filter: $filter) { nodes { id } totalCount } }`;
    const page = (await who.ask(query, { filter }))[name];
    expect(page.totalCount).toBe(page.nodes.length);
    return page.nodes.map(({ id }: Answer) => id).sort();
  };
  const both = (): string[] => [cup['id'], plate['id']].sort();

  it('is narrowed to ids and to SKUs, for buyers and staff', async () => {
    for (const [who, name] of [
      [shop.guest(), 'products'],
      [staff, 'staffProducts'],
    ] as const) {
      expect(await list({ ids: [cup['id'], plate['id'], 'nonsense'] }, who, name)).toEqual(both());
      expect(await list({ skus: ['CUP-1', 'plate-1', 'x'] }, who, name)).toEqual(both());
      expect(await list({ ids: [globalId('prod', newId())] }, who, name)).toEqual([]);
      expect(await list({ ids: [cup['id']], skus: ['plate-1'] }, who, name)).toEqual([]);
    }
  });

  it('shows a wishlist of thirty-one in one request', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 31; i++) {
      const { sku } = await fixtures.variant();
      ids.push((await product(`sku: "${sku}"`))['id']);
    }

    expect(await list({ ids })).toEqual(ids.sort());
  });

  it('is narrowed to several categories', async () => {
    expect(await list({ categories: ['ones', 'twos', 'nowhere'] })).toEqual(both());
    expect(await list({ categories: ['twos'] })).toEqual([plate['id']]);
    expect(await list({ categories: ['nowhere'] })).toEqual([]);
  });

  it('names at most a hundred', async () => {
    const ids = Array.from({ length: 101 }, () => cup['id']);
    const { errors } = await shop
      .guest()
      .send('query($ids: [ID!]) { products(filter: { ids: $ids }) { nodes { id } } }', { ids });

    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('shows what matches best first when something is searched for and no order is asked for', async () => {
    const { products } = await shop
      .guest()
      .ask('{ products(search: "tall cup plate for") { nodes { name } } }');
    const { best } = await shop.guest().ask('{ best: products(search: "cup") { nodes { name } } }');
    const { asked } = await shop
      .guest()
      .ask('{ asked: products(search: "cup", sort: RELEVANCE) { nodes { name } } }');

    expect(products).toBeDefined();
    expect(best.nodes.length).toBe(2);
    expect(best).toEqual(asked);
  });

  it('is read backward as well as forward', async () => {
    const query = `query($first: Int, $after: String, $last: Int, $before: String) {
      products(first: $first, after: $after, last: $last, before: $before, sort: NAME_ASC) {
        nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
    const read = async (page: object): Promise<Answer> => (await shop.guest().ask(query, page))['products'];

    const first = await read({ first: 3 });
    const second = await read({ first: 3, after: first['pageInfo'].endCursor });
    const back = await read({ last: 3, before: second['pageInfo'].startCursor });

    expect(back['nodes']).toEqual(first['nodes']);
    expect(back['pageInfo']).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(second['pageInfo'].hasPreviousPage).toBe(true);
  });
});

describe('an order', () => {
  it('is found by staff by its number, with or without the sign', async () => {
    const { id, number } = await buy(shop.guest(), [{ variantId: cup['variants'][0].id, quantity: 1 }]);
    const query = 'query($id: ID, $number: String) { order(id: $id, number: $number) { id number } }';

    for (const names of [{ id }, { number }, { number: `#${number}` }])
      expect((await staff.ask(query, names))['order']).toEqual({ id, number });
    expect((await staff.ask(query, { number: '1' }))['order']).toBeNull();
    expect((await staff.send(query, {})).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await staff.send(query, { id, number })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

/** All ids that a list shows, page by page, two at a time. */
async function followed(list: string, fields: string, args: string): Promise<Answer[]> {
  const seen: Answer[] = [];
  for (let after: string | null = null; ;) {
    const query = `query($after: String) { ${list}(first: 2, after: $after, ${args}) {
      nodes { ${fields} } pageInfo { hasNextPage endCursor } } }`;
    const { nodes, pageInfo }: Answer = (await staff.ask(query, { after }))[list];
    seen.push(...nodes);
    if (!pageInfo.hasNextPage) return seen;
    after = pageInfo.endCursor;
  }
}

describe('whoever keeps a copy of the shop', () => {
  it('hears of each order that changed since, old or new, once', async () => {
    const buyOne = async (): Promise<string> =>
      (await buy(shop.guest(), [{ variantId: cup['variants'][0].id, quantity: 1 }]))['id'];
    const old = await buyOne();
    const others = [await buyOne(), await buyOne(), await buyOne()];
    const known = await followed('orders', 'id updatedAt version', 'sort: UPDATED_ASC');
    const from = known.at(-1)?.['updatedAt'];
    await shop.sql(`UPDATE shop_order SET updated_at = updated_at - interval '1 hour'`);
    const sold = await fixtures.seen(old);
    await fixtures.driver.ship(sold);

    const changed = await followed(
      'orders',
      'id updatedAt version',
      `sort: UPDATED_ASC, filter: { updatedFrom: "${from}" }`,
    );
    const all = await followed('orders', 'id updatedAt', 'sort: UPDATED_ASC');

    expect(changed.map(({ id }) => id)).toEqual([old]);
    expect(changed[0]?.['version']).toBe(sold.version + 1);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining([old, ...others]));
    expect(all.map(({ updatedAt }) => updatedAt)).toEqual(all.map(({ updatedAt }) => updatedAt).sort());
  });

  it('reads many orders that changed in one moment, page by page, without losing one', async () => {
    await shop.sql(`UPDATE shop_order SET updated_at = now()`);
    const [{ count }] = (await shop.sql<{ count: number }>(
      'SELECT count(*)::int AS count FROM shop_order',
    )) as [{ count: number }];

    for (const sort of ['UPDATED_ASC', 'UPDATED_DESC']) {
      const all = await followed('orders', 'id', `sort: ${sort}`);
      expect(new Set(all.map(({ id }) => id)).size).toBe(count);
    }
  });

  it('hears of changed products, accounts and stock', async () => {
    await shop.sql(`UPDATE product SET updated_at = now() - interval '2 hours'`);
    await shop.sql(`UPDATE app_user SET updated_at = now() - interval '2 hours'`);
    await shop.sql(`UPDATE customer SET updated_at = now() - interval '2 hours'`);
    const from = new Date(Date.now() - 3_600_000).toISOString();
    const bob = await shop.customer('bob@example.com', 'Bob@123');

    await staff.ask(
      'mutation($id: ID!, $version: Int!) { productUpdate(input: { productId: $id, expectedVersion: $version, featured: true }) { errors { code } } }',
      {
        id: cup['id'],
        version: (
          await staff.ask('query($id: ID!) { staffProduct(id: $id) { version } }', { id: cup['id'] })
        )['staffProduct'].version,
      },
    );
    await bob.ask('mutation { profileUpdate(input: { firstName: "Robert" }) { errors { code } } }');
    const before = new Date().toISOString();
    await fixtures.done('stockReceive', {
      variantId: plate['variants'][0].id,
      locationId: fixtures.places[0],
      quantity: 1,
      reason: 'delivery',
    });

    const since = `filter: { updatedFrom: "${from}" }`;
    const products = await followed('staffProducts', 'id', `sort: UPDATED_ASC, ${since}`);
    const customers = await followed('customers', 'email updatedAt', `sort: UPDATED_ASC, ${since}`);
    const stock = await followed('stockItems', 'variant { sku }', `filter: { updatedFrom: "${before}" }`);
    expect(products).toEqual([{ id: cup['id'] }]);
    expect(customers.map(({ email }) => email)).toEqual(['bob@example.com']);
    expect(stock).toEqual([{ variant: { sku: 'PLATE-1' } }]);
  });
});

describe('a filter whose list is empty', () => {
  it('narrows nothing, in every list alike', async () => {
    await buy(shop.guest(), [{ variantId: cup.variants[0].id, quantity: 1 }], 'empty-list@example.test');
    const lists = [
      ['orders', 'statuses'],
      ['orders', 'paymentStatuses'],
      ['orders', 'fulfillmentStatuses'],
      ['staffProducts', 'statuses'],
      ['staffProducts', 'ids'],
      ['products', 'ids'],
      ['products', 'tags'],
    ] as const;

    for (const [list, filter] of lists) {
      const { all, empty } = await staff.ask(
        `{ all: ${list} { totalCount } empty: ${list}(filter: { ${filter}: [] }) { totalCount } }`,
      );

      expect(all.totalCount).toBeGreaterThan(0);
      expect([list, filter, empty]).toEqual([list, filter, all]);
    }
    for (const [list, filter] of [
      ['stockMovements', 'kinds'],
      ['emails', 'statuses'],
      ['webhookEvents', 'statuses'],
      ['returns', 'statuses'],
    ] as const) {
      const { all, empty } = await staff.ask(
        `{ all: ${list} { nodes { id } } empty: ${list}(filter: { ${filter}: [] }) { nodes { id } } }`,
      );

      expect([list, empty]).toEqual([list, all]);
    }
  });
});
