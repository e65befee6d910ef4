import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buy, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { setContract } from '@vitrine/testing/drivers/recorded-errors.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { giftMessage } from '../../../examples/plugin-gift-message/index.js';
import { createSchema, printContract } from '../../src/app/graphql/schema.js';
import { migrateDown } from '../../src/platform/database/migrate.js';

/*
 * The example of docs/extend.md, imported from where it stands outside the API. It knows of the shop what
 * `@vitrine/api/plugin` publishes; the direction of imports is checked with everything else.
 */

const PUBLISHED = readFileSync(join(import.meta.dirname, '../../../schema.graphql'), 'utf8');
const plugin = giftMessage({ packer: 'packer@example.test', longest: 20 });

let before: TestShop;
let shop: TestShop;
let old: Answer;
/** The schema of a shop whose configuration does not name the plugin, although its files are there. */
let without: string;
let variantId: string;
beforeAll(async () => {
  without = printContract(createSchema());
  before = await TestShop.open({ worker: false });
  variantId = await before.stock({ name: 'Bowl', sku: 'BOWL', price: 5000, stock: 20 });
  old = await buy(before.guest(), [{ variantId, quantity: 1 }]);
  // The same database, with the plugin in the configuration.
  shop = await before.beside({ modules: [plugin] });
});
afterAll(async () => {
  await shop.close();
  await before.close();
});

const WRITE = `mutation($message: String) { cartGiftMessageUpdate(input: { message: $message }) { cart { giftMessage } errors { code path } } }`;
const write = async (browser: GraphqlClient, message: string | null): Promise<Answer> =>
  (await browser.ask(WRITE, { message })).cartGiftMessageUpdate;
const ORDER = `query($token: String!) { orderByToken(token: $token) { number giftMessage } }`;
const orderOf = async (order: Answer): Promise<Answer> =>
  (await shop.guest().ask(ORDER, { token: order.token })).orderByToken;

it('works in a shop that has sold already, whose orders have no card', async () => {
  expect(await orderOf(old)).toEqual({ number: old.number, giftMessage: null });
});

it('keeps the words of the cart with the order, and mails them to who packs', async () => {
  const browser = shop.guest();
  await readyCart(browser, [{ variantId, quantity: 1 }]);

  expect(await write(browser, '  <b>Happy birthday ')).toEqual({
    cart: { giftMessage: '<b>Happy birthday' },
    errors: [],
  });
  const order = await buy(browser, [{ variantId, quantity: 1 }]);

  expect((await orderOf(order)).giftMessage).toBe('<b>Happy birthday');
  const [mail] = await shop.eventually(async () => {
    const mails = await shop.sql<{ subject: string; html: string }>(
      `SELECT subject, html FROM dev_inbox WHERE recipient = 'packer@example.test'`,
    );
    return mails.length > 0 && mails;
  });
  expect(mail?.subject).toContain(order.number);
  expect(mail?.html).toContain('&#60;b&#62;Happy birthday');
});

it('is shown to staff with what it adds', async () => {
  const text =
    '{ plugins { name version description fields hooks tables permissions integrations lastFault { at } } }';

  expect((await (await shop.staff()).ask(text)).plugins).toEqual([
    {
      ...{ name: 'giftMessage', version: '1.0.0' },
      description: 'A card with the words of the buyer goes into the shipment.',
      fields: ['Cart.giftMessage', 'Mutation.cartGiftMessageUpdate', 'Order.giftMessage'],
      hooks: ['checkout.beforePlace'],
      tables: ['gift_message', 'order_gift_message'],
      ...{ permissions: [], integrations: [], lastFault: null },
    },
  ]);
  expect((await (await before.staff()).ask('{ plugins { name } }')).plugins).toEqual([]);
});

it('says that words do not fit on the card, and takes the card back', async () => {
  const browser = shop.guest();
  await readyCart(browser, [{ variantId, quantity: 1 }], 'two@example.test');
  await write(browser, 'Hello');

  expect((await write(browser, 'x'.repeat(21))).errors).toEqual([
    { code: 'GIFT_MESSAGE_TOO_LONG', path: ['message'] },
  ]);
  expect((await browser.ask('{ cart { giftMessage } }')).cart.giftMessage).toBe('Hello');
  expect((await write(browser, ' ')).cart.giftMessage).toBeNull();
  expect((await write(shop.guest(), 'Hello')).errors).toEqual([{ code: 'NOT_FOUND', path: null }]);
});

it('leaves nothing in the schema, and no table, once it is removed', async () => {
  expect(without).toBe(PUBLISHED);
  const { source } = shop.shop.database;

  await migrateDown(source, shop.shop.modules, 'giftMessage');

  expect(await shop.sql(`SELECT tablename FROM pg_tables WHERE tablename LIKE '%gift_message%'`)).toEqual([]);
  setContract(PUBLISHED);
  const order = await buy(before.guest(), [{ variantId, quantity: 1 }]);
  expect(order.number).not.toBe(old.number);
});
