import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buy } from '@vitrine/testing/drivers/checkout.js';
import { OrderEditingDriver } from '@vitrine/testing/drivers/order-editing.js';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';

const ASK = `mutation($input: OrderLookupRequestInput!) { orderLookupRequest(input: $input) { ok errors { code path } } }`;

let shop: TestShop;
let variantId: string;
beforeAll(async () => {
  shop = await TestShop.open();
  variantId = await shop.stock({ name: 'Cană', sku: 'CANA', price: 12_100, stock: 500 });
});
afterAll(() => shop.close());

let made = 0;
async function ordered(): Promise<{ number: string; email: string }> {
  const email = `Ana${++made}@shop.test`;
  const { number } = await buy(shop.guest(), [{ variantId, quantity: 1 }], email);
  return { number, email };
}

const at = (network: number) => shop.guest({ 'x-forwarded-for': `198.51.100.${network}` });
const ask = async (number: string, email: string, browser = at(++made)): Promise<Answer> =>
  (await browser.ask(ASK, { input: { number, email } })).orderLookupRequest;

async function linksTo(email: string): Promise<{ text: string }[]> {
  await workIsDone(shop);
  const all = await shop.sql<{ subject: string; text: string }>(
    `SELECT i.subject, i.text FROM dev_inbox i WHERE lower(i.recipient) = lower($1)`,
    [email],
  );
  return all.filter(({ text }) => text.includes('You asked for the page'));
}

describe('a buyer who has lost every mail', () => {
  it('is mailed the link of the order, however the number and the address are written', async () => {
    const { number, email } = await ordered();

    expect(await ask(` # ${number.slice(0, 2)} ${number.slice(2)} `, email.toUpperCase())).toEqual({
      ok: true,
      errors: [],
    });

    const [mail, ...more] = await linksTo(email);
    expect(more).toEqual([]);
    const token = /\/order\/([^\s?]+)/.exec(mail?.text ?? '')?.[1];
    const found = await shop
      .guest()
      .ask('query($token: String!) { orderByToken(token: $token) { number } }', { token });
    expect(found.orderByToken).toEqual({ number });
  });

  it('is answered alike whether there is such an order or not, and as much is written', async () => {
    const { number, email } = await ordered();
    const other = await ordered();

    const asked = [await ask(number, email), await ask(number, other.email), await ask('999999', email)];

    expect(asked).toEqual(Array.from({ length: 3 }, () => ({ ok: true, errors: [] })));
    const written = await shop.sql<{ isKnown: boolean }>(
      `SELECT EXISTS (SELECT FROM shop_order o WHERE o.id = aggregate_id) AS "isKnown" FROM outbox
       WHERE kind = 'order.link-requested' ORDER BY created_at DESC, id DESC LIMIT 3`,
    );
    expect(written.map(({ isKnown }) => isKnown)).toEqual([false, false, true]);
    expect(await linksTo(email)).toHaveLength(1);
    expect(await linksTo(other.email)).toEqual([]);
  });

  it('cannot be buried in mails: five an hour, and the rest is answered as ever', async () => {
    const { number, email } = await ordered();

    for (let i = 0; i < 8; i++) expect(await ask(number, email)).toMatchObject({ ok: true });

    expect(await linksTo(email)).toHaveLength(5);
  });

  it('gets the link although somebody who knows only the address has asked for other numbers all hour', async () => {
    const { number, email } = await ordered();

    for (let i = 0; i < 8; i++) await ask(String(3_000 + i), email);
    await ask(number, email);

    expect(await linksTo(email)).toHaveLength(1);
  });

  it('from a network that tries many numbers is refused after twenty', async () => {
    const browser = at(250);
    for (let i = 0; i < 20; i++) await ask(String(2_000 + i), 'nobody@shop.test', browser);

    await expect(ask('2020', 'nobody@shop.test', browser)).rejects.toThrow('RATE_LIMITED');
  });

  it('is told what is missing', async () => {
    expect(await ask('', 'ana@shop.test')).toMatchObject({
      errors: [{ code: 'INVALID_INPUT', path: ['number'] }],
    });
  });

  it('is not mailed a draft that staff is still drawing up', async () => {
    const driver = await OrderEditingDriver.open(shop);
    await driver.drafted([{ variantId, quantity: 1 }]);
    const [draft] = await shop.sql<{ number: string; email: string }>(
      `SELECT number, email FROM shop_order WHERE status = 'DRAFT'`,
    );

    await ask(draft?.number ?? '', draft?.email ?? '');

    expect(await linksTo(draft?.email ?? '')).toEqual([]);
  });
});
