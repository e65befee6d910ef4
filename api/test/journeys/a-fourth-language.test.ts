import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { PdfPage } from '../../src/domains/invoicing/pdf/pdf-page.js';
import { buy } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { removeGermanLocales } from '../support/german-locales.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

vi.mock('../../src/kernel/locale-files.js', async () => {
  const { readGermanLocaleFile } = await import('../support/german-locales.js');
  return { readLocaleFile: readGermanLocaleFile };
});

let shop: TestShop;
let staff: GraphqlClient;
let german: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open({ env: { SHOP_LANGUAGE: 'de' } });
  staff = await shop.staff();
  german = shop.guest({ 'accept-language': 'de' });
});
afterAll(async () => {
  await shop.close();
  removeGermanLocales();
});

const CREATE =
  'mutation($input: ProductCreateInput!) { productCreate(input: $input) { product { variants { id } } errors { message } } }';

/** Saves a product in German and Romanian; returns the id of its variant. */
async function save(sku: string, de: string, ro: string): Promise<string> {
  const translations = [
    { locale: 'DE', name: de },
    { locale: 'RO', name: ro },
  ];
  const variants = [{ sku, price: 12_100, stock: 20 }];
  const { productCreate } = await staff.ask(CREATE, { input: { status: 'ACTIVE', translations, variants } });
  expect(productCreate.errors).toEqual([]);
  return productCreate.product.variants[0].id;
}

it('is offered by the schema and the shop', async () => {
  const { shop: offered } = await german.ask('{ shop { languages defaultLanguage } }');

  expect(offered).toEqual({ languages: ['RO', 'EN', 'FR', 'DE'], defaultLanguage: 'DE' });
});

it('names products, which are found and sorted by it', async () => {
  await save('TOPF', 'Bräter', 'Vas de copt');
  await save('SCHALE', 'Schüssel', 'Bol');
  const names = 'query($text: String) { products(search: $text, sort: NAME_ASC) { nodes { name } } }';

  expect((await german.ask(names)).products.nodes).toEqual([{ name: 'Bräter' }, { name: 'Schüssel' }]);
  expect((await german.ask(names, { text: 'schussel' })).products.nodes).toEqual([{ name: 'Schüssel' }]);
  expect((await shop.guest({ 'accept-language': 'ro' }).ask(names, { text: 'bol' })).products.nodes).toEqual([
    { name: 'Bol' },
  ]);
});

it('greets the buyer in the mail and prints the invoice', async () => {
  const variantId = await save('KRUG', 'Krug', 'Ulcior');
  const draw = vi.spyOn(PdfPage.prototype, 'text');
  const order: Answer = await buy(german, [{ variantId, quantity: 2 }]);

  const mail = await shop.eventually(async () =>
    (await shop.sql<{ subject: string; text: string }>('SELECT subject, text FROM dev_inbox')).find(
      ({ subject }) => subject.startsWith(`DE Your order ${order.number}`),
    ),
  );
  expect(mail.text).toContain('2 × Krug');
  const [invoice] = await shop.eventually(async () => {
    const { orderByToken } = await german.ask(
      'query($token: String!) { orderByToken(token: $token) { invoices { url } } }',
      { token: order.token },
    );
    return orderByToken.invoices.length > 0 && (orderByToken.invoices as Answer[]);
  });
  expect((await fetch(`${shop.url}${String(invoice?.url)}`)).status).toBe(200);
  const drawn = draw.mock.calls.map(([, text]) => text);
  expect(drawn).toEqual(expect.arrayContaining(['DE Invoice', 'Krug', 'DE Total']));
  expect(drawn.some((text) => /\d\. \p{L}+ 2\d{3}/u.test(text))).toBe(true);
});
