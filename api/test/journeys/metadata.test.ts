import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedDemoMetadata } from '../../src/domains/metadata/demo-metadata.js';
import { buy, complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { Staff } from '@vitrine/testing/drivers/staff.js';
import { countStatements } from '@vitrine/testing/shop/statement-counter.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const UPDATE = `mutation($input: MetadataUpdateInput!) { metadataUpdate(input: $input) {
  node { id ... on Product { version updatedAt metadataVersion metadata { key value } publicMetadata { key value } }
    ... on Order { metadata { key value } } ... on Cart { metadataVersion metadata { key value } } ... on Customer { metadata { key value } } }
  errors { code path } } }`;
const PAGE =
  '{ product(slug: "jar") { publicMetadata { key value } variants { publicMetadata { key value } } } }';

let shop: TestShop;
let staff: GraphqlClient;
let variantId: string;
let product: Answer;
beforeAll(async () => {
  shop = await TestShop.open();
  staff = await shop.staff();
  variantId = await shop.stock({ name: 'Jar', sku: 'JAR', price: 5000, stock: 20 });
  product = await productNow();
});
afterAll(() => shop.close());

async function productNow(): Promise<Answer> {
  const text =
    'query($slug: String!) { product(slug: $slug) { id version updatedAt metadataVersion metadata { key value } publicMetadata { key value } } }';
  return (await staff.ask(text, { slug: 'jar' })).product;
}
async function update(input: Answer, by: GraphqlClient = staff): Promise<Answer> {
  return (await by.ask(UPDATE, { input })).metadataUpdate;
}
const codes = ({ errors }: Answer): string[] => errors.map(({ code }: Answer) => code);
const entry = (key: string, value: string): { key: string; value: string } => ({ key, value });

describe('of a product', () => {
  it('what staff write down is read by staff, and what is public by every visitor, in every process at once', async () => {
    const other = await shop.beside();
    try {
      expect((await other.guest().ask(PAGE)).product.publicMetadata).toEqual([]);
      expect((await shop.guest().ask(PAGE)).product.publicMetadata).toEqual([]);

      const written = await update({
        nodeId: product.id,
        set: [entry('erp.id', '4711'), entry('buyer', 'Ion')],
        setPublic: [entry('care:icon', 'hand-wash')],
      });

      expect(written.errors).toEqual([]);
      expect(written.node.metadata).toEqual([entry('buyer', 'Ion'), entry('erp.id', '4711')]);
      expect(written.node.publicMetadata).toEqual([entry('care:icon', 'hand-wash')]);
      for (const at of [shop, other])
        expect((await at.guest().ask(PAGE)).product.publicMetadata).toEqual([
          entry('care:icon', 'hand-wash'),
        ]);
      const seen = await shop
        .guest()
        .ask('{ product(slug: "jar") { metadata { key } metadataVersion version } }');
      expect(seen.product).toEqual({ metadata: null, metadataVersion: null, version: null });
    } finally {
      await other.close();
    }
  });

  it('a client that has the page already is told that the public part of it has changed', async () => {
    const get = (etag = ''): Promise<Response> =>
      fetch(`${shop.url}/graphql?query=${encodeURIComponent(PAGE)}`, {
        headers: { 'x-vitrine-client': 'storefront', 'cache-control': 'max-age=0', 'if-none-match': etag },
      });
    const etag = (await get()).headers.get('etag') ?? 'none';
    expect((await get(etag)).status).toBe(304);

    await update({ nodeId: variantId, setPublic: [entry('glaze', 'celadon')] });

    const again = await get(etag);
    expect(again.status).toBe(200);
    expect(JSON.stringify(await again.json())).toContain('celadon');
  });

  it('leaves the product and who is editing it alone: neither its version nor its time changes', async () => {
    await update({ nodeId: product.id, set: [entry('stays', 'yes')], setPublic: [entry('seen', 'yes')] });

    const { version, updatedAt } = await productNow();
    expect({ version, updatedAt }).toEqual({ version: product.version, updatedAt: product.updatedAt });
  });

  it('keeps every key that other programs write at the same moment', async () => {
    const keys = Array.from({ length: 20 }, (_, i) => `at-once.${i}`);

    const answers = await Promise.all(
      keys.map((key) => update({ nodeId: product.id, set: [entry(key, 'kept')] })),
    );

    expect(answers.flatMap(codes)).toEqual([]);
    const kept = (await productNow()).metadata.filter(({ value }: Answer) => value === 'kept');
    expect(kept.map(({ key }: Answer) => key).toSorted()).toEqual(keys.toSorted());
    await update({ nodeId: product.id, remove: keys });
  });

  it('is changed by one of two who began from the same version, if they say from which', async () => {
    const { metadataVersion: expectedVersion } = await productNow();
    const from = (value: string) =>
      update({ nodeId: product.id, expectedVersion, set: [entry('erp.id', value)] });

    const answers = await Promise.all([from('1'), from('2')]);

    expect(answers.flatMap(codes)).toEqual(['STALE_VERSION']);
    expect((await productNow()).metadataVersion).toBe(expectedVersion + 1);
    expect(codes(await update({ nodeId: product.id, set: [entry('erp.id', '3')] }))).toEqual([]);
  });

  it('tells of each change once, by its keys and never by values; a change without effect is none', async () => {
    const told = () =>
      shop.sql<{ payload: Answer }>(
        `SELECT payload FROM outbox WHERE kind = 'metadata.changed' ORDER BY id DESC`,
      );
    await update({ nodeId: product.id, set: [entry('secret', 'whisper')], removePublic: ['seen'] });
    const [last] = await told();
    expect(last?.payload).toMatchObject({ type: 'Product', keys: ['secret'], publicKeys: ['seen'] });
    expect(JSON.stringify(await told())).not.toContain('whisper');
    const { metadataVersion } = await productNow();

    await update({ nodeId: product.id, set: [entry('secret', 'whisper')], remove: ['never-there'] });

    expect((await productNow()).metadataVersion).toBe(metadataVersion);
    expect((await told())[0]).toEqual(last);
  });

  it('says which key or value is wrong, and that it is too much, and then writes nothing', async () => {
    const before = await productNow();
    const wrong = await update({
      nodeId: product.id,
      set: [entry('__proto__', 'x'), entry('a key', 'x'), entry('fine', 'x'.repeat(2001)), entry('fine', '')],
      setPublic: [entry('k'.repeat(65), 'x'), entry('both', 'x')],
      removePublic: ['both'],
    });
    expect(wrong.errors.map(({ path }: Answer) => path.join('.'))).toEqual([
      ...['set.0.key', 'set.1.key', 'set.2.value', 'set.3.key'],
      ...['setPublic.0.key', 'removePublic.0'],
    ]);
    expect(new Set(codes(wrong))).toEqual(new Set(['INVALID_INPUT']));

    const many = Array.from({ length: 51 }, (_, i) => entry(`many.${i}`, 'x'));
    const long = Array.from({ length: 11 }, (_, i) => entry(`long.${i}`, 'x'.repeat(2000)));
    for (const setPublic of [many, long]) {
      const refused = await update({ nodeId: product.id, setPublic });
      expect(refused.errors).toEqual([{ code: 'METADATA_TOO_LARGE', path: ['setPublic'] }]);
    }
    const wrongOnes = Array.from({ length: 3000 }, () => entry('a key', 'x'));
    expect((await update({ nodeId: product.id, set: wrongOnes })).errors).toEqual([
      { code: 'METADATA_TOO_LARGE', path: ['set'] },
    ]);
    expect(await productNow()).toEqual(before);
  });
});

describe('of a cart', () => {
  const SIGN_IN =
    'mutation { login(input: { email: "alice@example.com", password: "Alice@123" }) { errors { code } } }';
  const LINES = (): { variantId: string; quantity: number }[] => [{ variantId, quantity: 1 }];
  const keptIn = async (id: string, by = staff): Promise<Answer> =>
    (
      await by.ask(
        'query($id: ID!) { node(id: $id) { ... on Cart { version metadata { key value } publicMetadata { key value } } ... on Order { metadata { key value } publicMetadata { key value } } } }',
        { id },
      )
    ).node;

  it('is written by staff, who name any open cart, and goes with the order; its buyer reads what is public and is not held up', async () => {
    const browser = shop.guest();
    const cart = await readyCart(browser, LINES(), 'first@example.test');

    const { errors } = await update({
      ...{ nodeId: cart.id, set: [entry('crm.lead', '7')], setPublic: [entry('tour', 'north')] },
    });

    expect(errors).toEqual([]);
    const mine = { version: cart.version, metadata: null, publicMetadata: [entry('tour', 'north')] };
    expect(await keptIn(cart.id, browser)).toEqual(mine);
    expect(await keptIn(cart.id, shop.guest())).toBeNull();
    expect(await keptIn(cart.id, await shop.customer('alice@example.com', 'Alice@123'))).toBeNull();
    // The version that the buyer saw is the one of now: a program that wrote a number asks them for nothing.
    const { order } = await complete(browser, cart);
    expect(await keptIn(order.id)).toEqual({
      ...{ metadata: [entry('crm.lead', '7')], publicMetadata: [entry('tour', 'north')] },
    });
    expect(await keptIn(cart.id)).toBeNull();
    const late = await update({ nodeId: cart.id, set: [entry('crm.lead', '8')] });
    expect(late.errors).toEqual([{ code: 'NOT_FOUND', path: ['nodeId'] }]);
  });

  it('stands in the order or was refused, whichever of the two came first', async () => {
    const carts = await Promise.all(
      Array.from({ length: 4 }, async (_, at) => {
        const browser = shop.guest();
        return { browser, cart: await readyCart(browser, LINES(), `guest-${at}@example.test`) };
      }),
    );
    for (const { browser, cart } of carts) {
      const [written, { order }] = await Promise.all([
        update({ nodeId: cart.id, set: [entry('crm.lead', '9')] }),
        complete(browser, cart),
      ]);

      const isAccepted = written.errors.length === 0;
      expect((await keptIn(order.id)).metadata).toEqual(isAccepted ? [entry('crm.lead', '9')] : []);
    }
  });

  it('is kept when a guest signs in: their two carts become one with what was written about both', async () => {
    const alice = await shop.customer('alice@example.com', 'Alice@123');
    const own = await readyCart(alice, LINES(), 'alice@example.com');
    const guest = shop.guest();
    const theirs = await readyCart(guest, LINES());
    await update({ nodeId: theirs.id, set: [entry('utm', 'letter'), entry('seen', 'guest')] });
    await update({ nodeId: own.id, set: [entry('club', '1'), entry('seen', 'own')] });

    await guest.ask(SIGN_IN);

    expect((await keptIn(own.id)).metadata).toEqual([
      ...[entry('club', '1'), entry('seen', 'own'), entry('utm', 'letter')],
    ]);
    expect(await keptIn(theirs.id)).toBeNull();
  });

  it('costs the checkout nothing where there is none', async () => {
    const browser = shop.guest();
    const cart = await readyCart(browser, LINES(), 'plain@example.test');

    const { texts } = await countStatements(() => complete(browser, cart));

    expect(
      texts.filter(
        (text) => / (metadata|custom_field_values)\b/.test(text) && !text.includes('test_provider'),
      ),
    ).toEqual([]);
  });
});

describe('of orders and customers', () => {
  it('a buyer reads the public part of the own order and account, and nothing else', async () => {
    const browser = await shop.customer('alice@example.com', 'Alice@123');
    const order = await buy(browser, [{ variantId, quantity: 1 }]);
    const { customers } = await staff.ask('{ customers(search: "alice@example.com") { nodes { id } } }');
    await update({ nodeId: order.id, set: [entry('fraud', 'low')], setPublic: [entry('gift', 'yes')] });
    await update({
      nodeId: customers.nodes[0].id,
      set: [entry('vip', 'no')],
      setPublic: [entry('tier', 'gold')],
    });

    const text =
      'query($id: ID!) { node(id: $id) { ... on Order { publicMetadata { key value } metadata { key } } } me { publicMetadata { key value } } }';
    const seen = await browser.ask(text, { id: order.id });

    expect(seen.node).toEqual({ publicMetadata: [entry('gift', 'yes')], metadata: null });
    expect(seen.me.publicMetadata).toEqual([entry('tier', 'gold')]);
    const { orderByToken } = await shop
      .guest()
      .ask(
        'query($token: String!) { orderByToken(token: $token) { publicMetadata { value } metadata { key } } }',
        {
          token: order.token,
        },
      );
    expect(orderByToken).toEqual({ publicMetadata: [{ value: 'yes' }], metadata: null });
  });

  it('of an order is told in its timeline, to staff only, by its keys; what changes nothing is not', async () => {
    const browser = await shop.customer('alice@example.com', 'Alice@123');
    const order = await buy(browser, [{ variantId, quantity: 1 }]);
    const change = { nodeId: order.id, set: [entry('erp.id', '1')], setPublic: [entry('gift', 'yes')] };
    await update(change);
    await update(change);

    const text =
      'query($id: ID!) { node(id: $id) { ... on Order { events { kind actorKind data { names } } } } }';
    const told = async (by: GraphqlClient): Promise<Answer[]> =>
      (await by.ask(text, { id: order.id })).node.events.filter(
        ({ kind }: Answer) => kind === 'METADATA_CHANGED',
      );
    expect(await told(staff)).toMatchObject([{ actorKind: 'STAFF', data: { names: ['erp.id', 'gift'] } }]);
    expect(await told(browser)).toEqual([]);
  });

  it('is written by those only who may change the order, the customer or the product', async () => {
    const order = await buy(shop.guest(), [{ variantId, quantity: 1 }]);
    const { customers } = await staff.ask('{ customers(search: "alice@example.com") { nodes { id } } }');
    const codeFor = async (by: GraphqlClient, nodeId: string): Promise<string | undefined> =>
      (await by.send(UPDATE, { input: { nodeId, set: [entry('x', 'y')] } })).errors?.[0]?.extensions.code;
    const bob = await shop.customer('bob@example.com', 'Bob@123');
    expect(await codeFor(shop.guest(), order.id)).toBe('UNAUTHENTICATED');
    expect(await codeFor(bob, order.id)).toBe('FORBIDDEN');

    await shop.sql(`UPDATE app_user SET role = 'MANAGER' WHERE email = 'bob@example.com'`);
    const manager = await Staff.signIn(shop.url, { email: 'bob@example.com', password: 'Bob@123' });

    expect(await codeFor(manager, order.id)).toBeUndefined();
    expect(await codeFor(manager, customers.nodes[0].id)).toBe('FORBIDDEN');
    for (const nodeId of ['ord_zzzz', product.id.replace('prod_', 'tag_')])
      expect((await update({ nodeId, set: [entry('x', 'y')] })).errors).toEqual([
        { code: 'NOT_FOUND', path: ['nodeId'] },
      ]);
  });
});

it('gives goods of the demo shop some once: what staff changed or removed stays so', async () => {
  await shop.stock({ name: 'Demo jar', sku: 'DEMO-JAR', price: 5000, stock: 1 });
  const folder = await mkdtemp(join(tmpdir(), 'metadata-'));
  const file = join(folder, 'metadata.json');
  const values = { metadata: { 'erp.id': '1' }, publicMetadata: { care: 'hand-wash' } };
  await writeFile(
    file,
    JSON.stringify([
      { slug: 'demo-jar', ...values },
      { slug: 'gone', ...values },
    ]),
  );
  const shown = async (): Promise<Answer> =>
    (await staff.ask('{ product(slug: "demo-jar") { id metadata { key } publicMetadata { key value } } }'))
      .product;

  await seedDemoMetadata(shop.shop.database, file);
  const { id, ...seeded } = await shown();
  expect(seeded).toEqual({ metadata: [{ key: 'erp.id' }], publicMetadata: [entry('care', 'hand-wash')] });

  await update({ nodeId: id, remove: ['erp.id'], setPublic: [entry('care', 'none')] });
  await seedDemoMetadata(shop.shop.database, file);
  expect(await shown()).toMatchObject({ metadata: [], publicMetadata: [entry('care', 'none')] });
  await rm(folder, { recursive: true });
});

it('costs a list one statement for its products and one for their variants, and nothing when it is not asked for', async () => {
  await shop.stock({ name: 'Lid', sku: 'LID', price: 3000, stock: 20 });
  const list = async (fields: string): Promise<number> => {
    const text = `{ products(first: 20, sort: NEWEST) { nodes { name ${fields} } } }`;
    const { texts } = await countStatements(() => staff.ask(text));
    return texts.filter((sent) => sent.includes('FROM metadata')).length;
  };

  expect(
    await list('publicMetadata { key value } variants { publicMetadata { key } } metadata { key }'),
  ).toBe(2);
  expect(await list('')).toBe(0);
});
