import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buy, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { accepted, OrderEditingDriver } from '@vitrine/testing/drivers/order-editing.js';
import { setContract } from '@vitrine/testing/drivers/recorded-errors.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { giftWrap } from '../../../examples/plugin-gift-wrap/index.js';
import { createSchema, printContract } from '../../src/app/graphql/schema.js';
import { localId } from '../../src/kernel/ids.js';
import { migrateDown } from '../../src/platform/database/migrate.js';

/*
 * The example of docs/extend.md, imported from where it stands outside the API. It knows of the shop what
 * `@vitrine/api/plugin` publishes; the direction of imports is checked with everything else. Its pages and parts of pages
 * are tried in the browser, e2e/journeys/gift-wrap.test.ts.
 */

const PUBLISHED = readFileSync(join(import.meta.dirname, '../../../schema.graphql'), 'utf8');
const plugin = giftWrap({ packer: 'packer@example.test', longest: 20 });

let before: TestShop;
let shop: TestShop;
let staff: GraphqlClient;
let old: Answer;
/** The schema of a shop whose configuration does not name the plugin, although its files are there. */
let without: string;
let variantId: string;
let linen: Answer;
beforeAll(async () => {
  without = printContract(createSchema());
  before = await TestShop.open({ worker: false });
  variantId = await before.stock({ name: 'Bowl', sku: 'BOWL', price: 5000, stock: 20 });
  old = await buy(before.guest(), [{ variantId, quantity: 1 }]);
  // The same database, with the plugin in the configuration.
  shop = await before.beside({ modules: [plugin] });
  staff = await shop.staff();
  linen = (await create({})).giftWrap;
});
afterAll(async () => {
  await shop.close();
  await before.close();
});

const NAMES = [
  { language: 'EN', name: 'Linen' },
  { language: 'RO', name: 'Pânză de in' },
];
const WRAP = 'giftWrap { id name price active version translations { language name } } errors { code path }';
const create = async (change: object): Promise<Answer> => {
  const input = { translations: NAMES, price: 1250, active: true, ...change };
  const text = `mutation($input: GiftWrapInput!) { giftWrapCreate(input: $input) { ${WRAP} } }`;
  return (await staff.ask(text, { input })).giftWrapCreate;
};
const update = async (change: object): Promise<Answer> => {
  const input = { giftWrapId: linen.id, translations: NAMES, price: 1250, active: true, ...change };
  const text = `mutation($input: GiftWrapUpdateInput!) { giftWrapUpdate(input: $input) { ${WRAP} } }`;
  return (await staff.ask(text, { input })).giftWrapUpdate;
};

const CHOOSE = `mutation($input: CartGiftWrapUpdateInput!) { cartGiftWrapUpdate(input: $input) {
  cart { giftWrap { wrap { id } message } adjustments { code } total { gross { amount } } } errors { code path }
} }`;
const choose = async (browser: GraphqlClient, giftWrapId: string | null, message?: string): Promise<Answer> =>
  (await browser.ask(CHOOSE, { input: { giftWrapId, message } })).cartGiftWrapUpdate;
const ORDER = `query($token: String!) { orderByToken(token: $token) {
  number giftWrap { name message } adjustments { code kind name amount { amount } } shipping { gross { amount } } total { gross { amount } }
} }`;
const orderOf = async (order: Answer): Promise<Answer> =>
  (await shop.guest().ask(ORDER, { token: order.token })).orderByToken;

it('works in a shop that has sold already, whose orders are not wrapped', async () => {
  expect(await orderOf(old)).toMatchObject({ number: old.number, giftWrap: null, adjustments: [] });
});

it('lets staff offer papers, in their languages, and take them out of the offer', async () => {
  expect(linen).toMatchObject({ price: 1250, active: true, version: 1, translations: [...NAMES].reverse() });
  expect((await create({ price: -1 })).errors).toEqual([{ code: 'INVALID_INPUT', path: ['price'] }]);
  expect((await create({ translations: [{ language: 'EN', name: ' ' }] })).errors).toEqual([
    { code: 'INVALID_INPUT', path: ['translations'] },
  ]);

  const kraft = (await create({ translations: [{ language: 'EN', name: 'Kraft' }], active: false })).giftWrap;

  const offered = (await shop.guest().ask('{ giftWrapsOffered { name } }')).giftWrapsOffered;
  expect(offered).toEqual([{ name: linen.name }]);
  const all = (await staff.ask('{ giftWraps { id } }')).giftWraps;
  expect(all).toEqual([{ id: linen.id }, { id: kraft.id }]);
});

it('keeps what another member of staff saved meanwhile', async () => {
  expect(await update({ expectedVersion: 1, price: 1500 })).toMatchObject({
    giftWrap: { price: 1500, version: 2 },
    errors: [],
  });
  expect(await update({ expectedVersion: 1, price: 1000 })).toMatchObject({
    giftWrap: { price: 1500, version: 2 },
    errors: [{ code: 'STALE_VERSION', path: null }],
  });
});

it('adds what the paper costs, keeps paper and words with the order, and mails them to who packs', async () => {
  const browser = shop.guest();
  await readyCart(browser, [{ variantId, quantity: 1 }]);

  const before = (await browser.ask('{ cart { total { gross { amount } } } }')).cart.total.gross.amount;

  expect(await choose(browser, linen.id, '  <b>Happy birthday ')).toEqual({
    cart: {
      giftWrap: { wrap: { id: linen.id }, message: '<b>Happy birthday' },
      adjustments: [{ code: 'giftWrap.WRAP' }],
      total: { gross: { amount: before + 1500 } },
    },
    errors: [],
  });
  const order = await buy(browser, [{ variantId, quantity: 1 }]);

  const kept = await orderOf(order);
  expect(kept.giftWrap).toEqual({ name: linen.name, message: '<b>Happy birthday' });
  expect(kept.adjustments).toEqual([
    {
      code: 'giftWrap.WRAP',
      kind: 'CHARGE',
      name: `Gift wrap: ${String(linen.name)}`,
      amount: { amount: 1500 },
    },
  ]);
  expect(kept.total.gross.amount).toBe(10_000 + 1500 + kept.shipping.gross.amount);
  const [mail] = await shop.eventually(async () => {
    const mails = await shop.sql<{ subject: string; html: string }>(
      `SELECT subject, html FROM dev_inbox WHERE recipient = 'packer@example.test'`,
    );
    return mails.length > 0 && mails;
  });
  expect(mail?.subject).toContain(order.number);
  expect(mail?.html).toContain('&#60;b&#62;Happy birthday');
});

it('lets staff choose a paper for an order that they draw up, at its price of the day', async () => {
  const driver = await OrderEditingDriver.open(shop);
  const draft = await driver.drafted([{ variantId, quantity: 1 }]);
  const text = `mutation($input: DraftGiftWrapUpdateInput!) { draftGiftWrapUpdate(input: $input) {
    order { id version giftWrap { name message giftWrapId } adjustments { code amount { amount } } total { gross { amount } } } errors { code path }
  } }`;
  const wrapDraft = async (
    expectedVersion: number,
    giftWrapId: string | null,
    message?: string,
  ): Promise<Answer> => {
    const input = { orderId: draft['id'], expectedVersion, giftWrapId, message };
    return (await staff.ask(text, { input })).draftGiftWrapUpdate;
  };

  const cotton = (await create({ translations: [{ language: 'EN', name: 'Cotton' }], price: 1500 })).giftWrap;
  const wrapped = (await wrapDraft(draft['version'], cotton.id, ' For Ana ')).order;

  expect(wrapped).toMatchObject({
    giftWrap: { name: cotton.name, message: 'For Ana', giftWrapId: cotton.id },
    adjustments: [{ code: 'giftWrap.WRAP', amount: { amount: 1500 } }],
    total: { gross: { amount: draft['total'].gross.amount + 1500 } },
  });
  // Whoever is refused is shown the draft as it is.
  expect(await wrapDraft(draft['version'], null)).toMatchObject({
    errors: [{ code: 'STALE_VERSION' }],
    order: { version: wrapped.version, giftWrap: { name: cotton.name } },
  });
  expect((await wrapDraft(wrapped.version, cotton.id, 'x'.repeat(21))).errors).toMatchObject([
    { code: 'GIFT_MESSAGE_TOO_LONG' },
  ]);
  const hidden = (await create({ active: false })).giftWrap;
  expect((await wrapDraft(wrapped.version, hidden.id)).errors).toMatchObject([
    { code: 'GIFT_WRAP_NOT_OFFERED' },
  ]);

  // Dearer since: who sends it is told, and whoever chooses again sees the price of today.
  await update({ giftWrapId: cotton.id, expectedVersion: 1, price: 1700 });
  expect((await driver.markPaid(wrapped)).errors).toMatchObject([{ code: 'PRICE_CHANGED' }]);
  const dearer = (await wrapDraft(wrapped.version, cotton.id, 'For Ana')).order;
  expect(dearer.adjustments).toMatchObject([{ amount: { amount: 1700 } }]);
  const plain = (await wrapDraft(dearer.version, null)).order;
  expect(plain).toMatchObject({
    giftWrap: null,
    adjustments: [],
    total: draft['total'] && { gross: draft['total'].gross },
  });
  const again = (await wrapDraft(plain.version, cotton.id, 'For Ana')).order;
  const placed = accepted(await driver.markPaid(again)).order;

  expect((await wrapDraft(placed.version, null)).errors).toMatchObject([{ code: 'ILLEGAL_TRANSITION' }]);
  await shop.eventually(async () => {
    const mails = await shop.sql(
      `SELECT 1 FROM dev_inbox WHERE recipient = 'packer@example.test' AND html LIKE '%For Ana%'`,
    );
    return mails.length === 1;
  });
});

it('is not wrapped in another paper while it is being ordered, for the price of the first', async () => {
  const names = [{ language: 'EN', name: 'Silk' }];
  const silk = (await create({ translations: names, price: 9_000 })).giftWrap;
  const browser = shop.guest();
  await readyCart(browser, [{ variantId, quantity: 1 }], 'race@example.test');
  await choose(browser, linen.id);
  // What a checkout holds from before it computes the price until the order is placed.
  const client = await shop.shop.database.pool.connect();
  let choosing: Promise<Answer>;
  try {
    await client.query('BEGIN');
    await client.query(`SELECT FROM cart WHERE email = 'race@example.test' FOR UPDATE`);
    choosing = choose(browser, silk.id);
    await shop.eventually(async () => {
      const waiting = await shop.sql(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return waiting.length > 0;
    });
    expect(
      await shop.sql(`SELECT gift_wrap_id AS id FROM cart_gift_wrap
        WHERE cart_id = (SELECT id FROM cart WHERE email = 'race@example.test')`),
    ).toEqual([{ id: localId('wrap', linen.id) }]);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
  expect((await choosing).cart.giftWrap.wrap.id).toBe(silk.id);
  await choose(browser, null);
});

it('says what cannot be: words that do not fit, a paper that is not offered, no cart', async () => {
  const browser = shop.guest();
  await readyCart(browser, [{ variantId, quantity: 1 }], 'two@example.test');
  await choose(browser, linen.id, 'Hello');

  expect((await choose(browser, linen.id, 'x'.repeat(21))).errors).toEqual([
    { code: 'GIFT_MESSAGE_TOO_LONG', path: ['message'] },
  ]);
  const late = shop.guest();
  await readyCart(late, [{ variantId, quantity: 1 }], 'three@example.test');
  await update({ expectedVersion: 2, active: false });
  expect((await choose(late, linen.id)).errors).toEqual([
    { code: 'GIFT_WRAP_NOT_OFFERED', path: ['giftWrapId'] },
  ]);
  // Who has it already keeps it.
  expect((await choose(browser, linen.id, 'Hi')).cart.giftWrap.message).toBe('Hi');
  expect((await choose(browser, null)).cart.giftWrap).toBeNull();
  expect((await choose(shop.guest(), linen.id)).errors).toEqual([{ code: 'NOT_FOUND', path: null }]);
});

it('gives products and orders fields of its own, which visitors read as far as they are public', async () => {
  const { product } = await staff.ask('{ product(slug: "bowl") { id } }');
  const customFields = {
    giftHint: [{ language: 'EN', text: 'Fits into the small box.' }],
    wrapSize: 'SMALL',
  };
  const { productCustomFieldsUpdate: written } = await staff.ask(
    `mutation($input: ProductCustomFieldsUpdateInput!) { productCustomFieldsUpdate(input: $input) {
      product { customFields { giftHint wrapSize } } errors { code path } } }`,
    { input: { productId: product.id, customFields } },
  );
  expect(written).toEqual({
    product: { customFields: { giftHint: 'Fits into the small box.', wrapSize: 'SMALL' } },
    errors: [],
  });

  const text = '{ product(slug: "bowl") { customFields { giftHint wrapSize } } }';
  expect((await shop.guest().ask(text)).product.customFields).toEqual({
    giftHint: 'Fits into the small box.',
    wrapSize: null,
  });
});

const mutationOf = (
  name: string,
): string => `mutation($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) {
  started: ${name}(input: $input) { job { id } errors { code } } }`;
const JOB = `query($id: ID!) { job(id: $id) { kind status done errorCount canUndo resultUrl rowErrors { nodes { code value } } } }`;
async function done(mutation: string, given: object): Promise<Answer> {
  const input = { idempotencyKey: randomUUID(), ...given };
  const { started } = await staff.ask(mutationOf(mutation), { input });
  expect(started.errors).toEqual([]);
  return shop.eventually(async () => {
    const { job } = await staff.ask(JOB, { id: started.job.id });
    return job.status === 'SUCCEEDED' && { id: started.job.id, ...(job as Answer) };
  });
}

it('lets staff take many papers out of the offer, and put those back that nobody has changed since', async () => {
  const isOffered = async ({ id }: Answer): Promise<boolean> => {
    const { node } = await staff.ask('query($id: ID!) { node(id: $id) { ... on GiftWrap { active } } }', {
      id,
    });
    return node.active;
  };
  const [red, blue] = [
    (await create({ translations: [{ language: 'EN', name: 'Red' }] })).giftWrap,
    (await create({})).giftWrap,
  ];
  const filter = { ids: [red.id, blue.id] };

  const withdrawn = await done('giftWrapBulkOffer', { filter, offered: false });
  expect(withdrawn).toMatchObject({ kind: 'GIFT_WRAP_OFFER', done: 2, errorCount: 0, canUndo: true });
  expect([await isOffered(red), await isOffered(blue)]).toEqual([false, false]);
  const again = await done('giftWrapBulkOffer', { filter, offered: false });
  expect(again).toMatchObject({ done: 2, canUndo: false });
  const names = [{ language: 'EN', name: 'Ruby' }];
  await update({ giftWrapId: red.id, expectedVersion: 2, translations: names, active: false });

  const undone = await done('jobUndo', { jobId: withdrawn.id });
  expect(undone).toMatchObject({ kind: 'GIFT_WRAP_OFFER_UNDO', done: 2, errorCount: 1 });
  expect(undone.rowErrors.nodes).toEqual([{ code: 'STALE_VERSION', value: 'Ruby' }]);
  expect([await isOffered(red), await isOffered(blue)]).toEqual([false, true]);
});

it('gives the list of papers its file', async () => {
  await create({ translations: [{ language: 'EN', name: '=Paper' }], price: 990, active: false });

  const { resultUrl } = await done('giftWrapExportCreate', {
    columns: ['NAME', 'PRICE', 'OFFERED'],
    filter: { offered: false },
  });

  const text = await (await fetch(`${shop.url}${String(resultUrl)}`)).text();
  expect(text).toContain("'=Paper,9.90,false");
  expect(text).not.toContain('true');
});

it('lets who packs note of many orders in the list of the shop that they are wrapped', async () => {
  const offered = (await create({ translations: [{ language: 'EN', name: 'Gold' }] })).giftWrap;
  const buying = async (email: string, giftWrapId: string | null): Promise<Answer> => {
    const browser = shop.guest();
    await readyCart(browser, [{ variantId, quantity: 1 }], email);
    await choose(browser, giftWrapId);
    return buy(browser, [{ variantId, quantity: 1 }], email);
  };
  const wrapped = await buying('many@example.test', offered.id);
  const plain = await buying('many@example.test', null);
  const wrappedAt = async (): Promise<Answer[]> => {
    const { orders } = await staff.ask(
      '{ orders(search: "many@example.test", sort: OLDEST) { nodes { giftWrap { wrappedAt } } } }',
    );
    return (orders.nodes as Answer[]).map(({ giftWrap }) => giftWrap?.wrappedAt ?? null);
  };

  const noted = await done('orderBulkMarkWrapped', { search: 'many@example.test' });
  expect(noted).toMatchObject({ done: 2, errorCount: 1 });
  expect(noted.rowErrors.nodes).toEqual([{ code: 'GIFT_WRAP_NONE', value: plain.number }]);
  expect(await wrappedAt()).toEqual([expect.any(String), null]);

  await done('jobUndo', { jobId: noted.id });
  expect(await wrappedAt()).toEqual([null, null]);
  expect(wrapped.number).not.toBe(plain.number);
});

it('is shown to staff with what it adds', async () => {
  const text =
    '{ plugins { name version description fields hooks strategies tables permissions integrations lastFault { at } } }';

  const [shown] = (await staff.ask(text)).plugins;

  expect(shown).toMatchObject({
    ...{ name: 'giftWrap', version: '1.0.0' },
    description: 'Orders are wrapped in a paper of the buyer’s choice, with a card.',
    hooks: ['cart.priced', 'checkout.beforePlace'],
    strategies: ['giftWrap.boxes'],
    tables: ['gift_wrap', 'cart_gift_wrap', 'order_gift_wrap'],
    ...{ permissions: ['GIFT_WRAP_WRITE'], integrations: [], lastFault: null },
  });
  expect(shown.fields).toContain('Cart.giftWrap');
  expect(shown.fields).toContain('Mutation.orderBulkMarkWrapped');
  expect(shown.fields).toContain('Product.customFields.giftHint');
  expect((await (await before.staff()).ask('{ plugins { name } }')).plugins).toEqual([]);
});

it('leaves nothing in the schema, and no table, once it is removed', async () => {
  expect(without).toBe(PUBLISHED);
  const { source } = shop.shop.database;
  // What staff did with it stays in the audit log.
  const done =
    await shop.sql(`SELECT DISTINCT e.operation FROM audit_entry e JOIN audit_change c ON c.entry_id = e.id
    WHERE c.record = 'gift_wrap'`);
  expect(done).toEqual(
    expect.arrayContaining([{ operation: 'giftWrapCreate' }, { operation: 'giftWrapUpdate' }]),
  );

  for (let migration = 0; migration < 4; migration++)
    await migrateDown(source, shop.shop.modules, 'giftWrap');

  expect(await shop.sql(`SELECT tablename FROM pg_tables WHERE tablename LIKE '%gift%'`)).toEqual([]);
  setContract(PUBLISHED);
  const order = await buy(before.guest(), [{ variantId, quantity: 1 }]);
  expect(order.number).not.toBe(old.number);
});
