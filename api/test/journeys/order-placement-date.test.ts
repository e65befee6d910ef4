import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readyCart } from '@vitrine/testing/drivers/checkout.js';
import { accepted, OrderEditingDriver } from '@vitrine/testing/drivers/order-editing.js';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let driver: OrderEditingDriver;
let mug: string;
beforeAll(async () => {
  shop = await TestShop.open();
  driver = await OrderEditingDriver.open(shop);
  mug = await shop.stock({ name: 'Mug', sku: 'PLACED', price: 10_000, stock: 50 });
});
afterAll(() => shop.close());

const LIST = `query($filter: OrderFilter, $sort: OrderSort) { orders(first: 20, filter: $filter, sort: $sort) { nodes { number } } }`;
const list = async (filter: object | null = null, sort = 'NEWEST'): Promise<string[]> =>
  (await driver.browser.ask(LIST, { filter, sort })).orders.nodes.map(({ number }: Answer) => number);

const draft = (): Promise<Answer> => driver.drafted([{ variantId: mug, quantity: 1 }]);

describe('an order that was drawn up yesterday and is placed today', () => {
  it('is an order of today: in the list, its filter and the file', async () => {
    const first = await draft();
    const second = await draft();
    await shop.sql(`UPDATE shop_order SET created_at = now() - interval '1 day' WHERE number = $1`, [
      first.number,
    ]);
    const since = new Date(Date.now() - 60_000).toISOString();

    expect(await list({ placedFrom: since })).toEqual([]);
    accepted(await driver.markPaid(second));
    accepted(await driver.markPaid(first));

    expect(await list({ placedFrom: since })).toEqual([first.number, second.number]);
    expect(await list({ placedTo: since })).toEqual([]);
    expect((await list()).slice(0, 2)).toEqual([first.number, second.number]);
    expect((await list(null, 'OLDEST')).slice(-2)).toEqual([second.number, first.number]);
    expect(await list(null, 'NUMBER_ASC')).toEqual([first.number, second.number]);
    const rows = await exported({ placedFrom: since });
    expect(rows.map((row) => row.split(',')[0])).toEqual([second.number, first.number]);
    expect(rows[0]).toMatch(/^\d+,\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,PAID/);
  });
});

/** The lines of the file, without its head. */
async function exported(filter: object): Promise<string[]> {
  const create = `mutation($input: OrderExportCreateInput!) { orderExportCreate(input: $input) { job { id } errors { code } } }`;
  const input = { filter, idempotencyKey: randomUUID() };
  const { id } = accepted((await driver.browser.ask(create, { input })).orderExportCreate).job;
  const { resultUrl } = await shop.eventually(async () => {
    const { job } = await driver.browser.ask('query($id: ID!) { job(id: $id) { status resultUrl } }', { id });
    return job.status === 'SUCCEEDED' && job;
  });
  const text = await (await fetch(`${shop.url}${resultUrl}`)).text();
  return text.trim().split('\r\n').slice(1);
}

describe('the tax in a price', () => {
  it('has a name in each language, without the rate, which stands beside it', async () => {
    const browser = shop.guest();
    await readyCart(browser, [{ variantId: mug, quantity: 1 }], 'tax@example.test');
    const { order } = accepted(await driver.markPaid(await draft()));
    const lines = 'taxLines { name ratePercent }';
    const namesIn = async (language: string): Promise<unknown[]> => {
      const { cart } = await browser.inLanguage(language).ask(`{ cart { ${lines} } }`);
      const query = `query($id: ID!) { order(id: $id) { ${lines} } }`;
      const seen = (await driver.browser.inLanguage(language).ask(query, { id: order.id })).order;
      return [cart.taxLines, seen.taxLines];
    };

    const vat = [{ name: 'VAT', ratePercent: '21' }];
    const tva = [{ name: 'TVA', ratePercent: '21' }];
    expect(await namesIn('en')).toEqual([vat, vat]);
    expect(await namesIn('fr')).toEqual([tva, tva]);
    expect(await namesIn('ro')).toEqual([tva, tva]);
  });
});
