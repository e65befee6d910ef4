import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buy } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let staff: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open();
  staff = await shop.staff();
  const variantId = await shop.stock({ name: '=Cană', sku: 'CANA', price: 12_100, stock: 50 });
  await shop.stock({ name: 'Vază', sku: '@VAZA', price: 30_000, stock: 0 });
  const order = await buy(shop.guest(), [{ variantId, quantity: 2 }], 'ana@example.test');
  await shop.sql(
    `INSERT INTO checkout_block (id, kind, contact, reason, order_id, expires_at)
     VALUES (new_id(), 'EMAIL', 'bot@example.test', '+cmd', NULL, now() + interval '7 days')`,
  );
  await shop.sql(
    `WITH asked AS (
       INSERT INTO order_return (id, number, order_id, status, resolution, reason, comment)
       SELECT new_id(), 'R1', o.id, 'REQUESTED', 'REFUND', 'DAMAGED', '-2+3' FROM shop_order o WHERE o.email = 'ana@example.test'
       RETURNING id, order_id
     )
     INSERT INTO order_return_line (id, return_id, order_line_id, quantity)
     SELECT new_id(), asked.id, l.id, 1 FROM asked JOIN order_line l ON l.order_id = asked.order_id`,
  );
  expect(order).toBeTruthy();
});
afterAll(() => shop.close());

const mutationOf = (list: string): string =>
  `mutation($input: ${list.charAt(0).toUpperCase()}${list.slice(1)}ExportCreateInput!) {
     started: ${list}ExportCreate(input: $input) { job { id } errors { code path } } }`;

/** The rows of the file of a list, each by the titles of its columns. */
async function fileOf(list: string, input: object = {}): Promise<Record<string, string>[]> {
  const { started } = await staff.ask(mutationOf(list), {
    input: { idempotencyKey: randomUUID(), ...input },
  });
  expect(started.errors).toEqual([]);
  const { resultUrl } = await shop.eventually(async () => {
    const { job } = await staff.ask('query($id: ID!) { job(id: $id) { status resultUrl } }', {
      id: started.job.id,
    });
    return job.status === 'SUCCEEDED' && (job as Answer);
  });
  const text = await (await fetch(`${shop.url}${String(resultUrl)}`)).text();
  return parse(text, { bom: true, columns: true });
}

const LISTS = [
  ...['order', 'product', 'customer', 'return', 'dispute', 'checkoutBlock'],
  ...['stockItem', 'stockMovement', 'stockReservation', 'email', 'webhookEvent', 'redirect', 'media'],
];

describe('what a list shows, as a file', () => {
  it.each(LISTS)('can be had of the list of each %s, with every column', async (list) => {
    const { type } = await staff.ask(
      'query($name: String!) { type: __type(name: $name) { enumValues { name } } }',
      {
        name: `${list.charAt(0).toUpperCase()}${list.slice(1)}ExportColumn`,
      },
    );
    const titles = (type.enumValues as Answer[]).map(({ name }) => String(name).toLowerCase());

    const rows = await fileOf(list);

    for (const row of rows) expect(Object.keys(row).toSorted()).toEqual(titles.toSorted());
  });

  it('holds goods with what they cost, their stock and their category, harmless for spreadsheets', async () => {
    const rows = await fileOf('product', {
      sort: 'PRICE_DESC',
      columns: ['NAME', 'SKUS', 'QUANTITY', 'PRICE_FROM'],
    });

    expect(rows).toEqual([
      { name: 'Vază', skus: "'@VAZA", quantity: '0', price_from: '300.00' },
      { name: "'=Cană", skus: 'CANA', quantity: '48', price_from: '121.00' },
    ]);
    expect(await fileOf('product', { search: 'vaz', columns: ['SKUS'] })).toEqual([{ skus: "'@VAZA" }]);
    expect(await fileOf('product', { filter: { statuses: ['ARCHIVED'] } })).toEqual([]);
  });

  it('holds redirects with the address that their product has now', async () => {
    for (const input of [
      { fromPath: '/cups', toPath: '/p/cana', isPrefix: true },
      { fromPath: '/fair', kind: 'GONE' },
    ])
      await staff.do('redirectCreate', 'RedirectCreateInput', input);
    await shop.sql(`UPDATE product SET slug = 'cana-mare' WHERE slug = 'cana'`);

    expect(await fileOf('redirect', { columns: ['FROM', 'TO', 'CODE', 'PREFIX'], search: 'cups' })).toEqual([
      { from: '/cups', to: '/p/cana-mare', code: '301', prefix: 'true' },
    ]);
    expect(
      await fileOf('redirect', { columns: ['FROM', 'TO', 'CODE'], filter: { kinds: ['GONE'] } }),
    ).toEqual([{ from: '/fair', to: '', code: '410' }]);
  });

  it('holds customers with what they bought', async () => {
    await shop.sql(
      `UPDATE shop_order SET user_id = u.id, customer_id = u.id FROM app_user u WHERE u.email = 'bob@example.com' AND shop_order.email = 'ana@example.test'`,
    );
    await shop.sql(
      `UPDATE app_user SET role = 'CUSTOMER', phone = '+40722123456' WHERE email = 'bob@example.com'`,
    );

    const rows = await fileOf('customer', { search: 'bob', columns: ['EMAIL', 'PHONE', 'ORDERS'] });

    expect(rows).toEqual([{ email: 'bob@example.com', phone: '00 40722123456', orders: '1' }]);
    const later = new Date(Date.now() + 3_600_000).toISOString();
    expect(await fileOf('customer', { filter: { createdFrom: later } })).toEqual([]);
  });

  it('holds returns with their goods, and blocked buyers, with the words of people kept from being formulas', async () => {
    expect(
      await fileOf('return', { columns: ['NUMBER', 'EMAIL', 'ITEMS', 'UNITS', 'COMMENT'], search: 'R1' }),
    ).toEqual([{ number: 'R1', email: 'ana@example.test', items: '1 × CANA', units: '1', comment: "'-2+3" }]);
    expect(
      await fileOf('checkoutBlock', {
        columns: ['KIND', 'CONTACT', 'REASON', 'ENDED_HOW'],
        filter: { inForce: true },
        search: 'bot@',
      }),
    ).toEqual([{ kind: 'EMAIL', contact: 'bot@example.test', reason: "'+cmd", ended_how: '' }]);
    expect(await fileOf('checkoutBlock', { filter: { inForce: false } })).toEqual([]);
  });

  it('holds stock as the list of stock has it, and why it changed', async () => {
    expect(await fileOf('stockItem', { filter: { soldOut: true }, columns: ['SKU', 'AVAILABLE'] })).toEqual([
      { sku: "'@VAZA", available: '0' },
    ]);
    const movements = await fileOf('stockMovement', { filter: { kinds: ['SALE'] } });
    expect(movements.map(({ sku }) => sku)).toEqual(['CANA']);
  });

  it('is had by those who may see the list, and by nobody else', async () => {
    await shop.sql(`UPDATE app_user SET role = 'SUPPORT' WHERE email = 'bob@example.com'`);
    const support = await shop.staff({ email: 'bob@example.com', password: 'Bob@123' });
    const input = { idempotencyKey: randomUUID() };

    for (const list of ['email', 'webhookEvent'])
      await expect(support.ask(mutationOf(list), { input })).rejects.toThrow('FORBIDDEN');
    for (const list of LISTS) {
      const refused = await shop.guest().send(mutationOf(list), { input });
      expect(refused.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    }
    expect((await support.ask(mutationOf('order'), { input })).started.errors).toEqual([]);
  });
});
