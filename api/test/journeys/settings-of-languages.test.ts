import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { accepted, OrderEditingDriver } from '@vitrine/testing/drivers/order-editing.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let staff: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open({ env: { SHOP_LANGUAGES: 'en, ro', SHOP_LANGUAGE: 'en' } });
  staff = await shop.staff();
  // It has no name in French, and sorts last in English only.
  await shop.stock({ name: 'Mug', sku: 'CANA', price: 12_100, stock: 500 });
  await shop.stock({ name: 'Bowl', sku: 'BOL', price: 9_900, stock: 500 });
  await rename('cana', { RO: 'Bărdacă' });
});
afterAll(() => shop.close());
beforeEach(async () => {
  expect(await change({ offered: ['RO', 'EN'], defaultLanguage: 'EN' })).toEqual([]);
});

const UPDATE =
  'mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { errors { code path } } }';

/** As staff do in the form of the product. */
async function rename(slug: string, names: Readonly<Record<string, string>>): Promise<void> {
  const { product } = await staff.ask('query($slug: String!) { product(slug: $slug) { id version } }', {
    slug,
  });
  const translations = Object.entries(names).map(([locale, name]) => ({ locale, name }));
  const input = { productId: product.id, expectedVersion: product.version, translations };
  expect((await staff.ask(UPDATE, { input })).productUpdate.errors).toEqual([]);
}

async function change(input: object): Promise<Answer[]> {
  const text = `mutation($input: LanguagesSettingsUpdateInput!) { languagesSettingsUpdate(input: $input) { errors { code path } } }`;
  return (await staff.ask(text, { input })).languagesSettingsUpdate.errors;
}

const languagesAt = async (at: TestShop): Promise<Answer> =>
  (await at.guest().ask('{ shop { languages defaultLanguage } }')).shop;
const firstName = async (browser: GraphqlClient): Promise<string> =>
  (await browser.ask('{ products(first: 1, sort: NAME_ASC) { nodes { name } } }')).products.nodes[0].name;

it('begins with those of the environment', async () => {
  const english = await TestShop.open({ env: { SHOP_LANGUAGES: 'en', SHOP_LANGUAGE: 'en' } });
  expect(await languagesAt(english)).toEqual({ languages: ['EN'], defaultLanguage: 'EN' });
  await english.close();
});

it('changed in one process, the other speaks to its next buyer in those that are offered then', async () => {
  const other = await shop.beside();
  try {
    for (let round = 0; round < 10; round++) {
      const [language, name] = round % 2 === 0 ? ['RO', 'Bărdacă'] : ['EN', 'Bowl'];
      expect(await change({ offered: [language], defaultLanguage: language })).toEqual([]);
      expect(await languagesAt(other)).toEqual({ languages: [language], defaultLanguage: language });
      for (const accepted of ['ro', 'en', 'fr'])
        expect(await firstName(other.guest({ 'accept-language': accepted }))).toBe(name);
    }
  } finally {
    await other.close();
  }
});

it('lets staff work in every language, also in one that buyers are not offered', async () => {
  const inRomanian = { 'accept-language': 'ro', 'x-vitrine-client': 'admin' };
  await change({ offered: ['EN'] });
  expect(await firstName(shop.guest({ 'accept-language': 'ro' }))).toBe('Bowl');
  const response = await fetch(`${shop.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...inRomanian },
    body: JSON.stringify({ query: '{ product(slug: "cana") { name } }' }),
  });
  expect(await response.json()).toMatchObject({ data: { product: { name: 'Bărdacă' } } });
});

it('writes to a buyer in the default language when hers is not offered any more', async () => {
  const reset = 'mutation($email: EmailAddress!) { passwordResetRequest(input: { email: $email }) { ok } }';
  const register = `mutation($input: SignUpInput!) { signUp(input: $input) { errors { code } } }`;
  const account = { email: 'ana@example.test', password: 'hot chestnuts', firstName: 'Ana', lastName: 'Pop' };
  const { errors } = (await shop.guest({ 'accept-language': 'ro' }).ask(register, { input: account })).signUp;
  expect(errors).toEqual([]);
  const subjects = async (): Promise<string[]> =>
    (
      await shop.sql<{ subject: string }>(
        `SELECT subject FROM dev_inbox WHERE recipient = $1 AND text LIKE '%reset-password%'`,
        [account.email],
      )
    ).map(({ subject }) => subject);

  await shop.guest().ask(reset, { email: account.email });
  await shop.eventually(async () => (await subjects()).includes('Alege o parolă nouă'));
  expect(await change({ offered: ['EN'] })).toEqual([]);
  await shop.guest().ask(reset, { email: account.email });

  await shop.eventually(async () => (await subjects()).includes('Choose a new password'));
});

it('takes no language from an account that buyers are not offered any more; what else she changes is kept', async () => {
  const account = { email: 'ilinca@example.test', password: 'hot chestnuts' };
  const register = `mutation($input: SignUpInput!) { signUp(input: $input) { errors { code } } }`;
  const inRomanian = shop.guest({ 'accept-language': 'ro' });
  const input = { ...account, firstName: 'Ilinca', lastName: 'Pop' };
  expect((await inRomanian.ask(register, { input })).signUp.errors).toEqual([]);
  expect(await change({ offered: ['EN'] })).toEqual([]);
  const browser = await shop.customer(account.email, account.password);
  const profile = async (input: object): Promise<Answer> =>
    (
      await browser.ask(
        'mutation($input: ProfileUpdateInput!) { profileUpdate(input: $input) { user { language lastName } errors { code path } } }',
        { input },
      )
    ).profileUpdate;

  const refused = await profile({ language: 'RO', lastName: 'Ene' });
  expect(refused).toEqual({
    user: { language: 'RO', lastName: 'Pop' },
    errors: [{ code: 'LANGUAGE_NOT_OFFERED', path: ['language'] }],
  });
  expect(await profile({ lastName: 'Ene' })).toEqual({
    user: { language: 'RO', lastName: 'Ene' },
    errors: [],
  });
  expect(await profile({ language: 'EN' })).toMatchObject({ user: { language: 'EN' }, errors: [] });
});

it('writes to the owner in every language, whatever buyers are offered', async () => {
  const { profileUpdate } = await staff.ask(
    'mutation { profileUpdate(input: { language: FR }) { user { language } errors { code } } }',
  );
  expect(profileUpdate).toEqual({ user: { language: 'FR' }, errors: [] });
});

it('draws up no order in a language that buyers are not offered, also when it was when the draft began', async () => {
  const editing = await OrderEditingDriver.open(shop);
  const { variants } = (await staff.ask('{ product(slug: "cana") { variants { id } } }')).product;
  const lines = [{ variantId: variants[0].id, quantity: 1 }];
  const draft = await editing.draft(lines, { language: 'RO' });
  const order = await editing.drafted(lines, { language: 'RO' });
  expect(await change({ offered: ['EN'] })).toEqual([]);

  for (const refused of [await editing.create(draft), await editing.update(order, draft)])
    expect(refused.errors).toMatchObject([{ code: 'LANGUAGE_NOT_OFFERED', path: ['draft', 'language'] }]);

  accepted(await editing.update(order, { ...draft, language: 'EN' }));
});

it('offers at least one language, and the default one', async () => {
  const refused = (code: string, field: string): object[] => [{ code, path: [field] }];
  expect(await change({ offered: [] })).toEqual(refused('INVALID_INPUT', 'offered'));
  expect(await change({ offered: ['RO'] })).toEqual(refused('LANGUAGE_NOT_OFFERED', 'defaultLanguage'));
  expect(await change({ defaultLanguage: 'FR' })).toEqual(refused('LANGUAGE_NOT_OFFERED', 'defaultLanguage'));
  expect(await languagesAt(shop)).toEqual({ languages: ['RO', 'EN'], defaultLanguage: 'EN' });
});

it('takes a language as the default one when everything for sale has a name in it, and sorts by that', async () => {
  const french = { offered: ['EN', 'FR'], defaultLanguage: 'FR' };
  expect(await change(french)).toEqual([{ code: 'DEFAULT_LANGUAGE_INCOMPLETE', path: ['defaultLanguage'] }]);
  expect(await firstName(shop.guest({ 'accept-language': 'fr' }))).toBe('Bowl');

  await rename('cana', { FR: 'Tasse' });
  await rename('bol', { FR: 'Écuelle' });

  expect(await change(french)).toEqual([]);
  expect(await firstName(shop.guest({ 'accept-language': 'de' }))).toBe('Écuelle');
  expect(await firstName(shop.guest({ 'accept-language': 'en' }))).toBe('Bowl');
});
