import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buy, complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

/** Fourteen hours ahead of UTC, and eleven behind: never on the same day. */
const EARLY = 'Pacific/Kiritimati';
const LATE = 'Pacific/Midway';

let shop: TestShop;
let staff: GraphqlClient;
let variantId: string;
beforeAll(async () => {
  shop = await TestShop.open({ env: { SHOP_TIME_ZONE: 'Europe/Paris' } });
  staff = await shop.staff();
  variantId = await shop.stock({ name: 'Cană', sku: 'CANA', price: 12_100, stock: 500 });
});
afterAll(() => shop.close());

async function change(timeZone: string): Promise<Answer[]> {
  const text = `mutation($input: RegionalSettingsUpdateInput!) { regionalSettingsUpdate(input: $input) { errors { code path } } }`;
  return (await staff.ask(text, { input: { timeZone } })).regionalSettingsUpdate.errors;
}

const zoneAt = async (at: TestShop): Promise<string> =>
  (await at.guest().ask('{ shop { timeZone } }')).shop.timeZone;
const moment = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone }).format(
    new Date(at),
  );

async function invoiceZone(orderNumber: string): Promise<string> {
  return shop.eventually(async () => {
    const [row] = await shop.sql<{ zone: string }>(
      `SELECT i.content ->> 'timeZone' AS zone FROM invoice i JOIN shop_order o ON o.id = i.order_id WHERE o.number = $1`,
      [orderNumber],
    );
    return row?.zone;
  });
}

it('begins with what the environment says; changed in one process, pages of the other follow with the next request', async () => {
  const other = await shop.beside({ env: { SHOP_TIME_ZONE: 'Europe/Paris' } });
  try {
    expect(await zoneAt(shop)).toBe('Europe/Paris');
    expect(await zoneAt(other)).toBe('Europe/Paris');
    for (let round = 0; round < 10; round++) {
      const zone = round % 2 === 0 ? EARLY : LATE;
      expect(await change(zone)).toEqual([]);
      expect(await zoneAt(other)).toBe(zone);
      expect(await zoneAt(shop)).toBe(zone);
    }
  } finally {
    await other.close();
  }
});

it('is a place that knows its summer time: nothing else is taken', async () => {
  const before = await zoneAt(shop);
  for (const zone of ['Paris', 'Mars/Olympus', '+02:00', 'EST', 'Etc/GMT+5', ''])
    expect(await change(zone), zone).toEqual([{ code: 'INVALID_INPUT', path: ['timeZone'] }]);
  expect(await zoneAt(shop)).toBe(before);
  expect(await change('UTC')).toEqual([]);
});

it('says on an invoice which day it was issued, and an invoice that was issued keeps its day', async () => {
  await change(EARLY);
  const first = await buy(shop.guest(), [{ variantId, quantity: 1 }]);
  expect(await invoiceZone(first.number)).toBe(EARLY);

  await change(LATE);
  const second = await buy(shop.guest(), [{ variantId, quantity: 1 }]);

  expect(await invoiceZone(second.number)).toBe(LATE);
  expect(await invoiceZone(first.number)).toBe(EARLY);
});

it('is the one in which a mail says until when a transfer is waited for', async () => {
  await change(LATE);
  const browser = shop.guest();
  const cart = await readyCart(browser, [{ variantId, quantity: 1 }], 'zone@example.test');
  await complete(browser, cart, undefined, 'BANK_TRANSFER');
  const { text } = await shop.eventually(async () => {
    const [mail] = await shop.sql<{ text: string }>(
      `SELECT text FROM dev_inbox WHERE recipient = 'zone@example.test' AND text LIKE '%IBAN%'`,
    );
    return mail;
  });
  const [order] = await shop.sql<{ due: Date; language: string }>(
    `SELECT expires_at AS due, language FROM shop_order WHERE email = 'zone@example.test'`,
  );

  const told = (timeZone: string): string =>
    new Intl.DateTimeFormat(order?.language === 'en' ? 'en-GB' : order?.language, {
      dateStyle: 'long',
      timeZone,
    }).format(order?.due);
  expect(text).toContain(told(LATE));
  expect(text).not.toContain(told(EARLY));
});

it('is the one of the moments in a file of orders', async () => {
  await change(EARLY);
  await buy(shop.guest(), [{ variantId, quantity: 1 }], 'file@example.test');
  const { orderExportCreate } = await staff.ask(
    'mutation($input: OrderExportCreateInput!) { orderExportCreate(input: $input) { job { id } errors { code } } }',
    { input: { idempotencyKey: randomUUID(), search: 'file@example.test' } },
  );
  const done = await shop.eventually(async () => {
    const { job } = await staff.ask('query($id: ID!) { job(id: $id) { status resultUrl } }', {
      id: orderExportCreate.job.id,
    });
    return job.status === 'SUCCEEDED' && job;
  });
  const file = await (await fetch(`${shop.url}${String(done.resultUrl)}`)).text();
  const [row] = await shop.sql<{ at: string }>(
    `SELECT to_json(created_at) #>> '{}' AS at FROM shop_order WHERE email = 'file@example.test'`,
  );

  expect(file).toContain(moment(row?.at ?? '', EARLY));
});
