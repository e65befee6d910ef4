import { randomUUID } from 'node:crypto';
import { isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modules } from '../../src/app/modules.js';
import { globalId, localId, newId, type IdPrefix } from '../../src/kernel/ids.js';
import { BRASOV } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { MutationDriver } from '@vitrine/testing/drivers/mutation-driver.js';
import { Fixtures, type Sold } from '@vitrine/testing/drivers/fixtures.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { ImportDriver } from '../support/imports/import-driver.js';
import { DOMAIN_CASES } from '../support/domain-cases.js';
import { shopSchema } from '@vitrine/testing/shop/shop-schema.js';

const NODE = 'query($id: ID!) { node(id: $id) { __typename id } }';
const NODES = 'query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';

let shop: TestShop;
let fixtures: Fixtures;
let sold: Sold;
/** An id of each type that is a Node, and who may see it. */
let things: Map<string, { id: string; by: GraphqlClient }>;

beforeAll(async () => {
  shop = await TestShop.open({ worker: false, env: { PAYMENT_CAPTURE: 'manual' } });
  fixtures = await Fixtures.open(shop, new MutationDriver(shopSchema));
  things = await oneOfEach();
});
afterAll(() => shop.close());

function nodeTypes(): string[] {
  return Object.values(shopSchema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node') ? [type.name] : [],
  );
}

async function oneOfEach(): Promise<typeof things> {
  const { staff } = fixtures;
  const asked = await fixtures.asked();
  sold = asked.sold;
  const seen = await staff.ask(
    'query($id: ID!) { order(id: $id) { lines { id variant { id product { id } } } shipments { id } } stockMovements(first: 1) { nodes { id } } me { id } }',
    { id: sold.id },
  );
  const line = seen['order'].lines[0];
  const cart = await fixtures.cart();
  const lines = (await cart.browser.ask('{ cart { lines { id } } }'))['cart'].lines;
  const holdId = await fixtures.held();
  const own: Record<string, string> = {
    Order: sold.id,
    OrderLine: line.id,
    ProductVariant: line.variant.id,
    Product: line.variant.product.id,
    Shipment: seen['order'].shipments[0].id,
    Return: asked.back['id'],
    StockLocation: fixtures.places[0],
    StockMovement: seen['stockMovements'].nodes[0].id,
    StockHold: holdId,
    StockReservation: await reservation(),
    WebhookEvent: await fixtures.called(),
    Job: (await fixtures.done('orderExportCreate', { search: 'x' }))['job'].id,
    User: seen['me'].id,
    Customer: await customer(),
    SavedAddress: await address(),
    Dispute: await dispute(),
    ProductImage: await image(line.variant.product.id),
    Category: await category(),
    Import: (await new ImportDriver(shop, staff).send('SKU,Quantity\nX,1\n')).id,
  };
  for (const [type, make] of DOMAIN_CASES.flatMap(({ nodes = {} }) => Object.entries(nodes)))
    own[type] = await make(fixtures);
  const all = new Map(Object.entries(own).map(([type, id]) => [type, { id, by: staff }]));
  all.set('Cart', { id: cart.cart['id'], by: cart.browser });
  all.set('CartLine', { id: lines[0].id, by: cart.browser });
  return all;
}

async function written(prefix: IdPrefix, text: string, values: unknown[] = []): Promise<string> {
  const id = newId();
  await shop.sql(text, [id, ...values]);
  return globalId(prefix, id);
}

async function reservation(): Promise<string> {
  const [row] = await shop.sql<{ id: string }>(`SELECT id FROM reservation WHERE status = 'ACTIVE' LIMIT 1`);
  return globalId('resv', row?.id ?? '');
}

async function customer(): Promise<string> {
  const [row] = await shop.sql<{ id: string }>(`SELECT id FROM app_user WHERE email = 'bob@example.com'`);
  return globalId('cust', row?.id ?? '');
}

const address = (): Promise<string> =>
  written(
    'addr',
    `INSERT INTO saved_address (id, user_id, label, address) SELECT $1, id, 'home', $2 FROM app_user WHERE email = 'bob@example.com'`,
    [JSON.stringify(BRASOV)],
  );
const dispute = (): Promise<string> =>
  written(
    'disp',
    `INSERT INTO dispute (id, payment_id, provider_reference, amount, currency, reason, status)
     SELECT $1, id, 'dp_1', 100, 'RON', 'fraudulent', 'WON' FROM payment LIMIT 1`,
  );
const image = (productId: string): Promise<string> =>
  written(
    'img',
    `INSERT INTO product_image (id, product_id, storage_key, width, height, position) VALUES ($1, $2, 'k', 10, 10, 0)`,
    [localId('prod', productId)],
  );
async function category(): Promise<string> {
  const id = await written(
    'cat',
    `INSERT INTO category (id, slug, name) VALUES ($1, 'mugs', '{"en":"Mugs"}')`,
  );
  await shop.eventually(
    async () => (await fixtures.staff.ask('{ category(slug: "mugs") { id } }'))['category'],
  );
  return id;
}

describe('an id', () => {
  it('belongs to one type: every type that is a Node has its own prefix and is found', () => {
    const finders = modules.flatMap(({ nodes }) => Object.values(nodes ?? {}));

    expect(finders.map(({ type }) => type).sort()).toEqual(nodeTypes().sort());
  });

  it('is answered by node for who may see the thing, whatever its type', async () => {
    const unanswered: string[] = [];
    for (const type of nodeTypes()) {
      const thing = things.get(type);
      const answer = thing && (await thing.by.ask(NODE, { id: thing.id }))['node'];
      if (answer?.__typename !== type || answer.id !== thing?.id) unanswered.push(type);
    }

    expect(unanswered).toEqual([]);
  });

  it('is answered to a stranger for what is on sale and the menus only', async () => {
    const ids = [...things.values()].map(({ id }) => id);

    const { nodes } = await shop.guest().ask(NODES, { ids });

    const types = nodes.flatMap((node: Answer | null) => node?.['__typename'] ?? []);
    expect(types.sort()).toEqual(['Category', 'Menu', 'Product', 'ProductImage', 'ProductVariant']);
  });

  it('says where it is no id of a Node', () => {
    const silent = Object.values(shopSchema.getTypeMap()).filter((type) => {
      if (!isObjectType(type) || type.name.startsWith('__') || nodeTypes().includes(type.name)) return false;
      return type.getFields()['id']?.description === 'Opaque global id.';
    });

    expect(silent.map(String)).toEqual([]);
  });
});

describe('many ids at once', () => {
  it('show a wishlist of thirty-one in one request, in the order wished for, with gaps where things are gone', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 31; i++) ids.push((await fixtures.variant()).variantId);
    const gone = globalId('vari', newId());
    const wished = [...ids.slice(0, 5), gone, 'nonsense', ...ids.slice(5).reverse(), ids[0]];

    const { nodes } = await shop
      .guest()
      .ask('query($ids: [ID!]!) { nodes(ids: $ids) { id ... on ProductVariant { product { name } } } }', {
        ids: wished,
      });

    expect(nodes.map((node: Answer | null) => node?.['id'] ?? null)).toEqual(
      wished.map((id) => (id === gone || id === 'nonsense' ? null : id)),
    );
  });

  it('are at most a hundred', async () => {
    const ids = Array.from({ length: 101 }, () => globalId('vari', newId()));

    const { errors } = await shop.guest().send(NODES, { ids });

    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('a customer', () => {
  it('has an id of its own, that lists of orders and drafts take', async () => {
    const query =
      'query($id: ID!) { customer(id: $id) { id } orders(filter: { customerId: $id }) { totalCount } }';
    const { id } = things.get('Customer')!;

    const { customer: found, orders } = await fixtures.staff.ask(query, { id });

    expect(found).toEqual({ id });
    expect(orders.totalCount).toBe(0);
    expect(id).toMatch(/^cust_/);
  });

  it('is not told of to who may not read customers', async () => {
    const bob = await shop.customer('bob@example.com', 'Bob@123');
    const { id } = things.get('Customer')!;

    expect((await bob.ask(NODE, { id }))['node']).toBeNull();
  });
});

it('an unknown order line and a stranger’s key find nothing', async () => {
  const { nodes } = await fixtures.staff.ask(NODES, {
    ids: [globalId('line', newId()), globalId('ship', newId()), randomUUID()],
  });

  expect(nodes).toEqual([null, null, null]);
});
