import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { complete, GOOD_CARD, payWith } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { shopDay } from '../../src/kernel/shop-time.js';
import { printedTexts } from '../support/printed-texts.js';

const PARIS = {
  ...{ firstName: 'Anne', lastName: 'Petit', line1: 'Rue Cler 3', city: 'Paris' },
  ...{ postalCode: '75007', countryCode: 'FR' },
};
const TAXED = 'net { amount } tax { amount } gross { amount }';
const CART = `cart { id version total { ${TAXED} } shippingMethods { id: shippingMethodId } missingSteps
  taxLines { name ratePercent base { amount } tax { amount } } } errors { code path }`;

let shop: TestShop;
let variantId: string;
beforeAll(async () => {
  shop = await TestShop.open({
    env: {
      ...{ SHOP_COUNTRY: 'FR', SHOP_CURRENCY: 'EUR', SHOP_TIME_ZONE: 'Europe/Paris' },
      ...{ SHOP_LANGUAGES: 'fr,en', SHOP_LANGUAGE: 'fr' },
    },
  });
  variantId = await shop.stock({ name: 'Tasse', sku: 'TASSE', price: 2_400, stock: 50 });
  await shop.sql(`UPDATE product SET currency = 'EUR', name = '{"fr": "Tasse"}'`);
  await shop.sql(`UPDATE variant SET currency = 'EUR'`);
  await shop.sql(
    `WITH made AS (
       INSERT INTO shipping_method (id, code, name, currency) VALUES (new_id(), 'colis', '{"fr": "Colis"}', 'EUR') RETURNING id
     ) INSERT INTO shipping_rate (method_id, zone_id, strategy, args, currency)
     SELECT made.id, zone_id, 'flat', '{"price": 0}', 'EUR' FROM made, zone_area WHERE country = 'FR'`,
  );
  await shop.sql(`SELECT pg_notify('vitrine_catalog', '')`);
  await shop.shop.listener.caughtUp();
});
afterAll(() => shop.close());

const frenchGuest = (): GraphqlClient => shop.guest({ 'accept-language': 'fr' });

/** A cart of a French buyer who is ready to pay. */
async function frenchCart(browser: GraphqlClient, email: string): Promise<Answer> {
  const change = async (name: string, input: Answer): Promise<Answer> => {
    const text = `mutation($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { done: ${name}(input: $input) { ${CART} } }`;
    const { done } = await browser.ask(text, { input });
    expect(done.errors).toEqual([]);
    return done.cart;
  };
  await change('cartLineAdd', { variantId, quantity: 1 });
  await change('cartContactUpdate', { email, phone: '06 12 34 56 78' });
  const { shippingMethods } = await change('cartAddressesUpdate', { shippingAddress: PARIS });
  return change('cartShippingMethodSelect', { shippingMethodId: shippingMethods[0].id });
}

it('sells in euros and French: 24.00 EUR at 20 % are 20.00 and 4.00 of TVA in the cart, the mail and the invoice', async () => {
  const browser = frenchGuest();
  const cart = await frenchCart(browser, 'anne@example.test');
  expect(cart).toMatchObject({
    total: { net: { amount: 2_000 }, tax: { amount: 400 }, gross: { amount: 2_400 } },
    taxLines: [{ name: 'TVA', ratePercent: '20', base: { amount: 2_000 }, tax: { amount: 400 } }],
  });

  const done = await complete(browser, cart, randomUUID());
  expect(done.errors).toEqual([]);
  await payWith(browser, done.paymentSession.clientSecret, GOOD_CARD);

  const mail = await shop.eventually(
    async () =>
      (
        await shop.sql<{ html: string; text: string }>(
          `SELECT html, text FROM dev_inbox WHERE recipient = 'anne@example.test' AND text LIKE '%Total TTC%'`,
        )
      )[0],
  );
  const said = mail.text.replace(/[\u00a0\u202f]/g, ' ');
  expect(said).toContain('Total TTC : 24,00 EUR');
  expect(said).toContain('dont TVA 20 % sur 20,00 EUR : 4,00 EUR');

  const [invoice = []] = await printed(done.order.number);
  expect(invoice).toEqual(
    expect.arrayContaining(['Facture', 'Tasse', '20,00', '4,00', '24,00', '24,00 EUR']),
  );
  expect(invoice[invoice.indexOf('TVA 20 %') + 1]).toBe('4,00');
  await assertLedgerBalances(shop);
});

/** An order that is paid by card. */
async function bought(email: string): Promise<Answer> {
  const browser = frenchGuest();
  const done = await complete(browser, await frenchCart(browser, email), randomUUID());
  expect(done.errors).toEqual([]);
  await payWith(browser, done.paymentSession.clientSecret, GOOD_CARD);
  return { ...done.order, token: done.orderToken };
}
/** What the documents of an order say, once there are so many. */
async function printed(number: string, documents = 1): Promise<string[][]> {
  const text = `SELECT count(*)::int AS count FROM invoice i JOIN shop_order o ON o.id = i.order_id WHERE o.number = $1`;
  await shop.eventually(
    async () => (await shop.sql<{ count: number }>(text, [number]))[0]?.count === documents,
  );
  return printedTexts(shop, number);
}
async function register(input: Answer): Promise<string[]> {
  const staff = await shop.staff();
  const text = `mutation($input: TaxSettingsUpdateInput!) { done: taxSettingsUpdate(input: $input) { errors { code } } }`;
  return (await staff.ask(text, { input })).done.errors.map(({ code }: Answer) => code);
}
/** Sends the whole amount of an order back. */
async function giveBack({ id, number }: Answer): Promise<void> {
  const staff = await shop.staff();
  const { order } = await staff.ask('query($id: ID!) { order(id: $id) { version lines { id } } }', { id });
  const lines = [{ orderLineId: order.lines[0].id, quantity: 1 }];
  const input = { orderId: id, expectedVersion: order.version, lines, idempotencyKey: randomUUID() };
  const text = `mutation($input: OrderRefundInput!) { orderRefund(input: $input) { errors { code } } }`;
  expect((await staff.ask(text, { input })).orderRefund.errors).toEqual([]);
  await printed(number, 2);
}
const TAX_WORDS = /\b(TVA|TTC|HT|VAT)\b/;

it('of a seller who is not registered says no word of TVA, but by which law on the invoice', async () => {
  const taxed = await bought('before@example.test');
  await printed(taxed.number);
  const rewritten = frenchGuest();
  const before = await frenchCart(rewritten, 'meanwhile@example.test');

  expect(await register({ payer: false })).toEqual([]);

  expect((await frenchGuest().ask('{ shop { taxMode } }')).shop.taxMode).toBe('NOT_REGISTERED');
  const { cart } = await rewritten.ask(`{ cart { total { ${TAXED} } taxLines { name } warnings { code } } }`);
  expect(cart).toEqual({
    total: { net: { amount: 2_400 }, tax: { amount: 0 }, gross: { amount: 2_400 } },
    ...{ taxLines: [], warnings: [] },
  });
  // The buyer agreed to 24.00 and pays 24.00.
  expect((await complete(rewritten, before, randomUUID())).errors).toEqual([]);
  const order = await bought('anna@example.test');
  const [invoice = []] = await printed(order.number);
  expect(invoice).toContain('TVA non applicable, art. 293 B du CGI.');
  expect(invoice).toEqual(expect.arrayContaining(['Facture', 'Tasse', '24,00', '24,00 EUR']));
  expect(invoice.filter((text) => TAX_WORDS.test(text))).toEqual(['TVA non applicable, art. 293 B du CGI.']);
  expect(invoice.filter((text) => text.includes('%'))).toEqual([]);

  const mails = await shop.eventually(async () => {
    const sent = await shop.sql<{ subject: string; html: string; text: string }>(
      `SELECT subject, html, text FROM dev_inbox WHERE recipient = 'anna@example.test'`,
    );
    return sent.length >= 2 && sent;
  });
  for (const { subject, html, text } of mails)
    for (const part of [subject, text, html]) expect(part).not.toMatch(TAX_WORDS);
  const read = `query($token: String!) { orderByToken(token: $token) { taxMode taxLines { name } total { ${TAXED} } } }`;
  expect((await frenchGuest().ask(read, { token: order.token })).orderByToken).toMatchObject({
    ...{ taxMode: 'NOT_REGISTERED', taxLines: [] },
    total: { net: { amount: 2_400 }, tax: { amount: 0 } },
  });
  await giveBack(order);
  const [, note = []] = await printed(order.number, 2);
  expect(note.filter((text) => TAX_WORDS.test(text))).toEqual(['TVA non applicable, art. 293 B du CGI.']);

  // What was sold with TVA goes back with it.
  await giveBack(taxed);
  const [, credit = []] = await printed(taxed.number, 2);
  expect(credit[credit.indexOf('TVA 20 %') + 1]).toBe('−4,00');
  await assertLedgerBalances(shop);
});

it('turns on the day that is written, and says what staff wrote in place of the law', async () => {
  const tomorrow = shopDay(new Date(shop.clock.now().getTime() + 86_400_000), 'Europe/Paris');
  const taxesNow = async (): Promise<Answer> =>
    (await frenchCart(frenchGuest(), 'turn@example.test')).taxLines;
  const mention = [{ locale: 'FR', message: 'Franchise en base, dispense d’immatriculation.' }];
  expect(await register({ mention })).toEqual([]);
  const order = await bought('words@example.test');
  expect((await printed(order.number))[0]).toContain('Franchise en base, dispense d’immatriculation.');

  expect(await register({ payer: true, payerSince: tomorrow })).toEqual([]);
  expect(await taxesNow()).toEqual([]);
  shop.clock.advance(86_400_000);
  expect(await taxesNow()).toMatchObject([{ name: 'TVA', ratePercent: '20' }]);
  expect((await frenchGuest().ask('{ shop { taxMode } }')).shop.taxMode).toBe('TAXED');
  const later = await bought('later@example.test');
  expect((await printed(later.number))[0]).toContain('TVA 20 %');
});

it('is told that invoices need a sentence where the program does not know the law', async () => {
  await shop.sql(`UPDATE shop_setting SET value = value || '{"homeCountry": "DE"}' WHERE key = 'regional'`);
  await shop.sql(`SELECT pg_notify('vitrine_catalog', '')`);
  await shop.shop.listener.caughtUp();

  expect(await register({ payer: false, mention: [] })).toEqual(['MENTION_MISSING']);
  const mention = [{ locale: 'FR', message: 'Selon § 19 UStG, sans taxe.' }];
  expect(await register({ payer: false, mention })).toEqual([]);
});
