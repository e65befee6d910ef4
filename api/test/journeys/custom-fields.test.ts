import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buy, complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { Staff } from '@vitrine/testing/drivers/staff.js';
import { countStatements } from '@vitrine/testing/shop/statement-counter.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { defineModule, type AnyModule, type CustomFields } from '../../src/plugin/index.js';

const care = (customFields: CustomFields): AnyModule =>
  defineModule({
    name: 'care',
    ...{ dependsOn: [], entities: [], tables: {}, resolvers: [], customFields },
    setup: () => ({ services: {}, resolvers: [] }),
  });

const FIELDS: CustomFields = {
  Product: [
    {
      ...{ name: 'careGuide', type: 'text', translated: true, public: true },
      ...{ label: { en: 'Care guide', fr: 'Conseils d’entretien' }, help: { en: 'How to wash it.' } },
    },
    {
      ...{ name: 'washing', type: 'enum', public: true, label: { en: 'Washing', fr: 'Lavage' } },
      options: [
        { value: 'HAND', label: { en: 'By hand', fr: 'À la main' } },
        { value: 'MACHINE', label: { en: 'In the machine' } },
      ],
    },
    { name: 'kilnDay', type: 'date', label: { en: 'Fired on' } },
    { name: 'rack', type: 'string', label: { en: 'Rack' }, required: true, pattern: /[A-Z]\d+/ },
    { name: 'gramsOfClay', type: 'int', label: { en: 'Clay (g)' }, min: 1, max: 5000 },
    { name: 'isFragile', type: 'boolean', public: true, label: { en: 'Fragile' } },
    { name: 'glazes', type: 'string', list: true, public: true, label: { en: 'Glazes' } },
    { name: 'clayCost', type: 'money', label: { en: 'Cost of the clay' } },
  ],
  ProductVariant: [{ name: 'mould', type: 'string', label: { en: 'Mould' } }],
  Category: [{ name: 'banner', type: 'string', public: true, label: { en: 'Banner' } }],
  Order: [
    { name: 'packedBy', type: 'string', label: { en: 'Packed by' } },
    { name: 'pickUp', type: 'date', public: true, label: { en: 'Picked up on' } },
    { name: 'giftNote', type: 'text', public: true, label: { en: 'Gift note' } },
    { name: 'lead', type: 'string', label: { en: 'Lead' } },
  ],
  Cart: [
    { name: 'giftNote', type: 'text', public: true, byOwner: true, max: 200, label: { en: 'Gift note' } },
    { name: 'pickUp', type: 'date', public: true, byOwner: true, label: { en: 'Wished day' } },
    { name: 'packedBy', type: 'text', label: { en: 'Of another kind than that of the order' } },
    { name: 'lead', type: 'string', label: { en: 'Lead' } },
  ],
  Customer: [
    { name: 'club', type: 'int', public: true, label: { en: 'Number in the club' } },
    { name: 'allergy', type: 'string', label: { en: 'Allergy' } },
  ],
};

const TYPED = `mutation($input: ProductCustomFieldsUpdateInput!) { productCustomFieldsUpdate(input: $input) {
  product { customFields { careGuide washing kilnDay rack gramsOfClay isFragile glazes clayCost } customFieldSet { version } }
  errors { code path message } } }`;
const BY_NAME = `mutation($input: CustomFieldsUpdateInput!) { customFieldsUpdate(input: $input) {
  node { id ... on Product { customFieldSet { version fields { value description { name } } } } } errors { code path } } }`;
const PAGE = '{ product(slug: "jar") { customFields { careGuide washing isFragile glazes } } }';

let before: TestShop;
let shop: TestShop;
let staff: GraphqlClient;
let variantId: string;
let product: Answer;
beforeAll(async () => {
  before = await TestShop.open();
  variantId = await before.stock({ name: 'Jar', sku: 'JAR', price: 5000, stock: 20 });
  await before.stock({ name: 'Lid', sku: 'LID', price: 3000, stock: 20 });
  shop = await before.beside({ modules: [care(FIELDS)] });
  staff = await shop.staff();
  product = (await staff.ask('{ product(slug: "jar") { id version updatedAt } }')).product;
});
afterAll(async () => {
  await shop.close();
  await before.close();
});

const update = async (customFields: Answer, more: Answer = {}): Promise<Answer> =>
  (await staff.ask(TYPED, { input: { productId: product.id, customFields, ...more } }))
    .productCustomFieldsUpdate;
const byName = async (nodeId: string, values: Answer, by = staff): Promise<Answer> => {
  const input = {
    nodeId,
    values: Object.entries(values).map(([name, value]) => ({ name, value })),
  };
  return (await by.ask(BY_NAME, { input })).customFieldsUpdate;
};
const pathsOf = ({ errors }: Answer): string[] =>
  errors.map(({ code, path }: Answer) => `${code} ${path.join('.')}`);
const setOf = async (by: GraphqlClient = staff): Promise<Answer> =>
  (
    await by.ask(
      '{ product(slug: "jar") { customFieldSet { version fields { isPublic value description { name label help type isRequired isList isTranslated min max pattern options { value label } } } } } }',
    )
  ).product.customFieldSet;
const valueOf = async (name: string): Promise<unknown> =>
  (await setOf()).fields.find(({ description }: Answer) => description.name === name).value;

describe('a product', () => {
  it('has the fields that a plugin declares: staff fill them in, and visitors read those that are public', async () => {
    expect((await shop.guest().ask(PAGE)).product.customFields).toEqual({
      ...{ careGuide: null, washing: null, isFragile: null, glazes: null },
    });

    const { product: now, errors } = await update({
      careGuide: [
        { language: 'EN', text: ' Wash by hand. ' },
        { language: 'FR', text: 'Lavez à la main.' },
      ],
      ...{ washing: 'HAND', kilnDay: '2026-02-28', rack: 'B12', gramsOfClay: 400 },
      ...{ isFragile: true, glazes: ['celadon', 'ash'], clayCost: 350 },
    });

    expect(errors).toEqual([]);
    expect(now.customFields).toEqual({
      ...{ careGuide: 'Wash by hand.', washing: 'HAND', kilnDay: '2026-02-28', rack: 'B12' },
      ...{ gramsOfClay: 400, isFragile: true, glazes: ['celadon', 'ash'], clayCost: 350 },
    });
    const seen = { washing: 'HAND', isFragile: true, glazes: ['celadon', 'ash'] };
    expect((await shop.guest().ask(PAGE)).product.customFields).toEqual({
      careGuide: 'Wash by hand.',
      ...seen,
    });
    const staffOnly =
      '{ product(slug: "jar") { customFields { rack clayCost } customFieldSet { version } } }';
    expect((await shop.guest().ask(staffOnly)).product).toEqual({
      customFields: { rack: null, clayCost: null },
      customFieldSet: null,
    });
    const french = await shop.guest().inLanguage('fr').ask(PAGE);
    expect(french.product.customFields.careGuide).toBe('Lavez à la main.');
  });

  it('keeps what is not sent: a form that knows some of the fields takes nothing from the others', async () => {
    await update({ rack: 'C3', gramsOfClay: null });

    expect((await update({ isFragile: false })).product.customFields).toMatchObject({
      ...{ rack: 'C3', gramsOfClay: null, isFragile: false, washing: 'HAND', careGuide: 'Wash by hand.' },
    });
  });

  it('says at which field a value cannot be, and then writes nothing', async () => {
    const { version } = await setOf();

    const wrong = await update({
      rack: 'b12',
      gramsOfClay: 0,
      glazes: Array(51).fill('x'),
      isFragile: true,
    });
    expect(pathsOf(wrong)).toEqual([
      ...['INVALID_INPUT customFields.rack', 'INVALID_INPUT customFields.gramsOfClay'],
      'INVALID_INPUT customFields.glazes',
    ]);
    expect(pathsOf(await update({ rack: null }))).toEqual(['INVALID_INPUT customFields.rack']);
    expect(pathsOf(await update({ kilnDay: '2026-02-30' }))).toEqual(['INVALID_DATE customFields.kilnDay']);

    expect(
      pathsOf(
        await byName(product.id, {
          ...{ washing: 'BOIL', kilnDay: '2026-02-30', gramsOfClay: 1.5, isFragile: 'yes' },
          ...{ careGuide: { XX: 'x' }, glazes: 'celadon', clayCost: -1, nothing: 1, __proto__x: 1 },
        }),
      ),
    ).toEqual([
      ...[
        '0.value',
        '1.value',
        '2.value',
        '3.value',
        '4.value',
        '5.value',
        '6.value',
        '7.name',
        '8.name',
      ].map((at) => `INVALID_INPUT values.${at}`),
    ]);
    expect((await setOf()).version).toBe(version);
    expect((await setOf()).fields[5].value).toBe(false);
  });

  it('is changed by one of two who began from the same version, and who edits the product is left alone', async () => {
    const { version: expectedVersion } = await setOf();

    const answers = await Promise.all(['D1', 'D2'].map((rack) => update({ rack }, { expectedVersion })));

    expect(answers.flatMap(({ errors }) => errors.map(({ code }: Answer) => code))).toEqual([
      'STALE_VERSION',
    ]);
    expect((await setOf()).version).toBe(expectedVersion + 1);
    const { version, updatedAt } = (await staff.ask('{ product(slug: "jar") { version updatedAt } }'))
      .product;
    expect({ version, updatedAt }).toEqual({ version: product.version, updatedAt: product.updatedAt });
  });

  it('keeps every field that others write at the same moment', async () => {
    await Promise.all([
      ...[update({ rack: 'E1' }), update({ gramsOfClay: 7 }), byName(product.id, { clayCost: 8 })],
      byName(product.id, { glazes: ['salt'] }),
    ]);

    const { product: now } = await update({ isFragile: true });
    expect(now.customFields).toMatchObject({ rack: 'E1', gramsOfClay: 7, clayCost: 8, glazes: ['salt'] });
  });

  it('describes its fields for a form in the language of who fills it in', async () => {
    const { fields } = await setOf();
    expect(fields.map(({ description }: Answer) => description.name)).toEqual(
      FIELDS['Product']?.map(({ name }) => name),
    );
    expect(fields[0]).toMatchObject({
      ...{ isPublic: true, value: { EN: 'Wash by hand.', FR: 'Lavez à la main.' } },
      description: {
        ...{ name: 'careGuide', label: 'Care guide', help: 'How to wash it.', type: 'TEXT' },
        ...{ isTranslated: true, isRequired: false, min: 0, max: 10_000 },
      },
    });
    expect(fields[3].description).toMatchObject({ isRequired: true, pattern: '[A-Z]\\d+', max: 255 });
    expect(fields[4].description).toMatchObject({ type: 'INT', min: 1, max: 5000 });
    const inFrench =
      '{ product(slug: "jar") { customFieldSet { fields { description { label options { label } } } } } }';
    const french = (await staff.inLanguage('fr').ask(inFrench)).product.customFieldSet;
    expect(french.fields[1].description).toEqual({
      label: 'Lavage',
      options: [{ label: 'À la main' }, { label: 'In the machine' }],
    });
  });

  it('tells of each change once by the names of the fields; a change without effect is none', async () => {
    const told = () =>
      shop.sql<{ payload: Answer }>(
        `SELECT payload FROM outbox WHERE kind = 'custom-fields.changed' ORDER BY id DESC`,
      );
    await update({ rack: 'F1', washing: 'MACHINE' });
    const [last] = await told();
    expect(last?.payload).toMatchObject({ type: 'Product', fields: ['rack', 'washing'] });
    expect(JSON.stringify(last)).not.toContain('MACHINE');

    await update({ rack: 'F1 ' });

    expect((await told())[0]).toEqual(last);
  });

  it('shows a new public value to visitors who have the page already, in every process', async () => {
    const other = await before.beside({ modules: [care(FIELDS)] });
    try {
      const url = `${other.url}/graphql?query=${encodeURIComponent(PAGE)}`;
      const get = (etag = ''): Promise<Response> =>
        fetch(url, {
          headers: { 'x-vitrine-client': 'storefront', 'cache-control': 'max-age=0', 'if-none-match': etag },
        });
      const etag = (await get()).headers.get('etag') ?? 'none';
      expect((await get(etag)).status).toBe(304);

      await update({ careGuide: [{ language: 'EN', text: 'Never boil.' }] });

      expect(JSON.stringify(await (await get(etag)).json())).toContain('Never boil.');
    } finally {
      await other.close();
    }
  });
});

describe('orders, customers, variants and categories', () => {
  it('have theirs too: a buyer reads the public ones of the own order and account, and nothing else', async () => {
    const browser = await shop.customer('alice@example.com', 'Alice@123');
    const order = await buy(browser, [{ variantId, quantity: 1 }]);
    const { customers } = await staff.ask('{ customers(search: "alice@example.com") { nodes { id } } }');
    const [customer] = customers.nodes;
    expect((await byName(order.id, { packedBy: 'Ion', pickUp: '2026-12-01' })).errors).toEqual([]);
    expect((await byName(customer.id, { club: 12, allergy: 'nuts' })).errors).toEqual([]);
    expect((await byName(variantId, { mould: 'M7' })).errors).toEqual([]);

    const seen = await browser.ask(
      'query($id: ID!) { node(id: $id) { ... on Order { customFields { packedBy pickUp } } } me { customFields { club } } }',
      { id: order.id },
    );

    expect(seen.node.customFields).toEqual({ packedBy: null, pickUp: '2026-12-01' });
    expect(seen.me.customFields).toEqual({ club: 12 });
    const typed = await staff.ask(
      `query($id: ID!, $order: ID!) { customer(id: $id) { customFields { club allergy } } order(id: $order) { customFields { packedBy } }
        product(slug: "jar") { variants { customFields { mould } } } }`,
      { id: customer.id, order: order.id },
    );
    expect(typed).toEqual({
      customer: { customFields: { club: 12, allergy: 'nuts' } },
      order: { customFields: { packedBy: 'Ion' } },
      product: { variants: [{ customFields: { mould: 'M7' } }] },
    });
    // Staff see the change in the timeline of the order; its buyer does not.
    const timeline = 'query($id: ID!) { node(id: $id) { ... on Order { events { kind data { names } } } } }';
    const [forStaff, forBuyer] = await Promise.all(
      [staff, browser].map((by) => by.ask(timeline, { id: order.id })),
    );
    const entry = { kind: 'FIELDS_CHANGED', data: { names: ['packedBy', 'pickUp'] } };
    expect(forStaff!.node.events).toContainEqual(entry);
    expect(forBuyer!.node.events.map(({ kind }: Answer) => kind)).not.toContain('FIELDS_CHANGED');
  });

  it('are written by those only who may change the object', async () => {
    const order = await buy(shop.guest(), [{ variantId, quantity: 1 }]);
    const { customers } = await staff.ask('{ customers(search: "alice@example.com") { nodes { id } } }');
    const codeFor = async (by: GraphqlClient, nodeId: string): Promise<string | undefined> =>
      (await by.send(BY_NAME, { input: { nodeId, values: [] } })).errors?.[0]?.extensions.code;
    const typedCode = async (by: GraphqlClient): Promise<string | undefined> =>
      (await by.send(TYPED, { input: { productId: product.id, customFields: {} } })).errors?.[0]?.extensions
        .code;
    const bob = await shop.customer('bob@example.com', 'Bob@123');
    expect(await codeFor(shop.guest(), order.id)).toBe('UNAUTHENTICATED');
    expect(await codeFor(bob, order.id)).toBe('FORBIDDEN');
    expect(await typedCode(bob)).toBe('FORBIDDEN');

    await shop.sql(`UPDATE app_user SET role = 'MANAGER' WHERE email = 'bob@example.com'`);
    const manager = await Staff.signIn(shop.url, { email: 'bob@example.com', password: 'Bob@123' });

    expect(await codeFor(manager, order.id)).toBeUndefined();
    expect(await typedCode(manager)).toBeUndefined();
    expect(await codeFor(manager, customers.nodes[0].id)).toBe('FORBIDDEN');
    for (const nodeId of ['ord_zzzz', product.id.replace('prod_', 'tag_')])
      expect(pathsOf(await byName(nodeId, {}))).toEqual(['NOT_FOUND nodeId']);
  });
});

describe('a cart', () => {
  const WRITE = `mutation($input: CartFieldsUpdateInput!) { cartFieldsUpdate(input: $input) {
    cart { id version customFields { giftNote pickUp lead } } errors { code path } } }`;
  const write = async (browser: GraphqlClient, customFields: Answer): Promise<Answer> =>
    (await browser.ask(WRITE, { input: { customFields } })).cartFieldsUpdate;
  const orderOf = async (id: string): Promise<Answer> =>
    (
      await staff.ask(
        'query($id: ID!) { order(id: $id) { customFields { packedBy pickUp giftNote lead } customFieldSet { version } } }',
        { id },
      )
    ).order;

  it('takes what its buyer writes and what staff add, and the order has the fields that orders have too', async () => {
    const browser = shop.guest();
    const cart = await readyCart(browser, [{ variantId, quantity: 1 }], 'note@example.test');

    const wrong = await write(browser, { giftNote: 'x'.repeat(201) });
    const { cart: now, errors } = await write(browser, { giftNote: ' For Ana. ', pickUp: '2026-12-24' });

    expect(pathsOf(wrong)).toEqual(['INVALID_INPUT customFields.giftNote']);
    expect(errors).toEqual([]);
    expect(now.customFields).toEqual({ giftNote: 'For Ana.', pickUp: '2026-12-24', lead: null });
    expect((await byName(cart.id, { lead: 'L1', packedBy: 'Ion' })).errors).toEqual([]);
    // The buyer's own change counts: a checkout that shows the cart of before is told so.
    expect((await complete(browser, cart)).errors[0].code).toBe('STALE_VERSION');
    const done = await complete(browser, { ...now, total: cart.total });
    expect(done.errors).toEqual([]);
    expect(await orderOf(done.order.id)).toEqual({
      customFields: { packedBy: null, pickUp: '2026-12-24', giftNote: 'For Ana.', lead: 'L1' },
      customFieldSet: { version: 1 },
    });
    expect((await write(browser, { giftNote: 'Too late' })).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(pathsOf(await byName(cart.id, { lead: 'L2' }))).toEqual(['NOT_FOUND nodeId']);
  });

  it('takes from its buyer nothing that is meant for staff, and has none of it in the schema of buyers', async () => {
    const browser = shop.guest();
    await readyCart(browser, [{ variantId, quantity: 1 }]);

    const answer = await browser.send(WRITE, { input: { customFields: { lead: 'me' } } });

    expect(answer.errors?.[0]?.message).toContain('lead');
  });

  it('keeps the newer of two values when its guest signs in, and finds its values again when its order was cancelled', async () => {
    const alice = await shop.customer('alice@example.com', 'Alice@123');
    await readyCart(alice, [{ variantId, quantity: 1 }], 'alice@example.com');
    await write(alice, { giftNote: 'Older', pickUp: '2026-12-01' });
    const guest = shop.guest();
    const { id } = await readyCart(guest, [{ variantId, quantity: 1 }]);
    await write(guest, { giftNote: 'Newer' });
    await guest.ask(
      'mutation { login(input: { email: "alice@example.com", password: "Alice@123" }) { errors { code } } }',
    );

    const shown = 'query { cart { id version total { gross { amount } } customFields { giftNote pickUp } } }';
    const { cart } = await guest.ask(shown);
    expect(cart.id).not.toBe(id);
    expect(cart.customFields).toEqual({ giftNote: 'Newer', pickUp: '2026-12-01' });
    const { order } = await complete(guest, cart);
    const version = 'query($id: ID!) { order(id: $id) { version } }';
    await staff.do('orderCancel', 'OrderCancelInput', {
      ...{ orderId: order.id, expectedVersion: (await staff.ask(version, { id: order.id })).order.version },
      idempotencyKey: randomUUID(),
    });
    await shop.eventually(async () => (await guest.ask(shown)).cart?.id === cart.id);
    expect((await guest.ask(shown)).cart.customFields).toEqual({ giftNote: 'Newer', pickUp: '2026-12-01' });
  });
});

describe('a plugin that is taken off', () => {
  it('leaves nothing in the API, and finds its values again when it is put back', async () => {
    await update({ rack: 'Z9' });
    const plain = await before.staff();

    expect(
      (await plain.ask('{ product(slug: "jar") { customFieldSet { version fields { value } } } }')).product,
    ).toEqual({
      customFieldSet: { version: 0, fields: [] },
    });
    const gone = await plain.send('{ product(slug: "jar") { customFields { rack } } }', {});
    expect(gone.errors?.[0]?.message).toContain('customFields');
    const unknown = await plain.ask(BY_NAME, {
      input: { nodeId: product.id, values: [{ name: 'rack', value: 'A1' }] },
    });
    expect(pathsOf(unknown.customFieldsUpdate)).toEqual(['INVALID_INPUT values.0.name']);

    const back = await before.beside({ modules: [care(FIELDS)] });
    const found = await (await back.staff()).ask('{ product(slug: "jar") { customFields { rack } } }');
    await back.close();
    expect(found.product.customFields.rack).toBe('Z9');
  });

  it('that comes back with another type shows nothing that does not fit, until that is written anew', async () => {
    await update({ careGuide: [{ language: 'EN', text: 'Never boil.' }], washing: 'HAND' });
    // As a former declaration has left it: a number for the rack, a choice that there is no more, a text in one language.
    await shop.sql(
      `UPDATE custom_field_values SET field_values = field_values || '{"rack": 7, "washing": "BOIL", "careGuide": "x", "old": "kept"}'`,
    );

    expect((await update({ clayCost: 9 })).product.customFields).toMatchObject({
      ...{ rack: null, washing: null, careGuide: null, clayCost: 9 },
    });
    expect(await valueOf('rack')).toBeNull();

    await update({ washing: 'HAND' });
    const [stored] = await shop.sql<{ values: Answer }>(
      `SELECT field_values AS values FROM custom_field_values WHERE entity_type = 'Product'`,
    );
    expect(stored?.values).toMatchObject({ rack: 7, washing: 'HAND', careGuide: 'x', old: 'kept' });
  });
});

it('costs a list one statement for its products and one for their variants, and nothing when it is not asked for', async () => {
  const list = async (fields: string, by = staff): Promise<number> => {
    const text = `{ products(first: 20, sort: NEWEST) { nodes { name ${fields} } } }`;
    const { texts } = await countStatements(() => by.ask(text));
    return texts.filter((sent) => sent.includes('custom_field_values')).length;
  };

  expect(
    await list(
      'customFields { washing rack } customFieldSet { version } variants { customFields { mould } }',
    ),
  ).toBe(2);
  expect(await list('')).toBe(0);
  expect(await list('customFieldSet { fields { value } }', await before.staff())).toBe(0);
});

it('are in the audit log with who changed them; what stands in those of orders and people is not', async () => {
  const told = await shop.sql<{ operation: string; type: string; isHidden: boolean }>(
    `SELECT DISTINCT e.operation, c.entity_type AS type, c.changes -> 'field_values' = '[]' AS "isHidden"
     FROM audit_change c JOIN audit_entry e ON e.id = c.entry_id JOIN app_user u ON u.id = e.actor_id
     WHERE c.record = 'custom_field_values'`,
  );

  expect(told).toContainEqual({ operation: 'customFieldsUpdate', type: 'Product', isHidden: false });
  for (const { type, isHidden } of told)
    expect(isHidden).toBe(!['Product', 'ProductVariant', 'Category'].includes(type));
});
