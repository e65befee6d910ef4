import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import type { Guest } from '@vitrine/testing/drivers/guest.js';
import type { Staff } from '@vitrine/testing/drivers/staff.js';
import { globalId } from '../../src/kernel/ids.js';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';

/** One shop that nobody owns; each `describe` takes it one step further. */
let shop: TestShop;

beforeAll(async () => {
  shop = await TestShop.empty();
});
afterAll(() => shop.close());

const SETUP = `mutation($input: SetupCompleteInput!) {
  setupComplete(input: $input) { ok productId errors { code path } } }`;
const OWNER = {
  email: 'ilinca@example.test',
  password: 'patru cesti de lut',
  firstName: 'Ilinca',
  lastName: 'Moreau',
  language: 'FR',
};
const IN_FRANCE = {
  owner: OWNER,
  shop: {
    ...{ name: 'Atelier Moreau', country: 'FR', currency: 'EUR', timeZone: 'Europe/Paris' },
    ...{ languages: ['FR', 'EN'], chargesTax: true },
  },
  seller: {
    name: 'Moreau SARL',
    address: ['3 rue des Potiers', '69001 Lyon'],
    taxId: 'FR12345678901',
    email: 'bonjour@moreau.example',
  },
  delivery: { price: 590, freeFrom: 8_000 },
  product: { translations: [{ locale: 'FR', name: 'Tasse' }], price: 2_400, stock: 4 },
  keepCategories: true,
};

async function newToken(): Promise<string> {
  const link = await shop.shop.setup.newLink();
  return new URL(link ?? '').searchParams.get('token') ?? '';
}
const setUp = async (token: string, changes: object = {}): Promise<Answer> =>
  (await shop.guest().ask(SETUP, { input: { token, ...IN_FRANCE, ...changes } })).setupComplete;
const isRequired = async (): Promise<boolean> =>
  (await shop.guest().ask('{ shop { setupRequired } }')).shop.setupRequired;
const countOf = async (table: string): Promise<number> =>
  (await shop.sql<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]?.n ?? -1;

describe('a shop that nobody owns', () => {
  it('says so, and shows what the set-up begins with to nobody but who has the link', async () => {
    const asked =
      'query($token: String!) { setup(token: $token) { country categories countries { code currency timeZone languages vat } } }';
    const token = await newToken();

    expect(await isRequired()).toBe(true);
    expect((await shop.guest().ask(asked, { token: 'guessed' })).setup).toBeNull();
    const { setup } = await shop.guest().ask(asked, { token });
    expect(setup.country).toBe('RO');
    expect(setup.categories).toHaveLength(5);
    expect(setup.countries).toContainEqual({
      ...{ code: 'FR', currency: 'EUR', timeZone: 'Europe/Paris', languages: ['FR', 'EN'], vat: 20 },
    });
  });

  it('does not become that of the first visitor, who has no link', async () => {
    expect((await setUp('guessed')).errors).toEqual([{ code: 'SETUP_TOKEN_INVALID', path: ['token'] }]);
    expect(await countOf('app_user')).toBe(0);
  });

  it('is not opened by a link once a later start has printed another one, nor after a day', async () => {
    const earlier = await newToken();
    const token = await newToken();
    expect((await setUp(earlier)).errors).toMatchObject([{ code: 'SETUP_TOKEN_INVALID' }]);

    await shop.sql(`UPDATE setup_token SET expires_at = now() - interval '1 second'`);
    expect((await setUp(token)).errors).toMatchObject([{ code: 'SETUP_TOKEN_INVALID' }]);
  });

  it.each([
    ['a short password', { owner: { ...OWNER, password: 'lut' } }, 'WEAK_PASSWORD', ['owner', 'password']],
    [
      'a password for customers',
      { owner: { ...OWNER, password: 'cesti cu' } },
      'STAFF_PASSWORD_TOO_SHORT',
      ['owner', 'password'],
    ],
    [
      'a country without known taxes',
      { shop: { ...IN_FRANCE.shop, country: 'US' } },
      'INVALID_INPUT',
      ['shop', 'country'],
    ],
    [
      'a time zone that is none',
      { shop: { ...IN_FRANCE.shop, timeZone: 'Lyon' } },
      'INVALID_INPUT',
      ['shop', 'timeZone'],
    ],
    [
      'a seller without an address',
      { seller: { ...IN_FRANCE.seller, address: [] } },
      'INVALID_INPUT',
      ['seller', 'address'],
    ],
    [
      'a product without a name',
      { product: { ...IN_FRANCE.product, translations: [{ locale: 'FR', name: '' }] } },
      'INVALID_INPUT',
      ['product', 'translations', '0', 'name'],
    ],
  ])('is left as it was by %s, and the link still opens it', async (_what, changes, code, path) => {
    const token = await newToken();

    expect((await setUp(token, changes)).errors).toEqual([{ code, path }]);

    expect(await countOf('app_user')).toBe(0);
    expect(await countOf('product')).toBe(0);
    expect(await shop.sql(`SELECT value->>'name' AS name FROM shop_setting WHERE key = 'shop'`)).toEqual([
      { name: 'Magazinul meu' },
    ]);
    expect(await isRequired()).toBe(true);
  });
});

describe('two browsers that complete the set-up at once', () => {
  it('make one owner, and the other is told', async () => {
    const token = await newToken();
    const other = {
      owner: { ...OWNER, email: 'dan@example.test' },
      shop: { ...IN_FRANCE.shop, name: 'Chez Dan' },
    };

    const answers = await Promise.all([setUp(token), setUp(token, other)]);

    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.flatMap(({ errors }) => errors)).toEqual([{ code: 'ALREADY_SET_UP', path: null }]);
    expect(await countOf('app_user')).toBe(1);
    expect(await countOf('product')).toBe(1);
    const [{ name } = { name: '' }] = await shop.sql<{ name: string }>(
      `SELECT value->>'name' AS name FROM shop_setting WHERE key = 'shop'`,
    );
    const [{ email } = { email: '' }] = await shop.sql<{ email: string }>('SELECT email FROM app_user');
    expect([name, email]).toEqual(
      answers[0]?.ok ? ['Atelier Moreau', OWNER.email] : ['Chez Dan', 'dan@example.test'],
    );
  });
});

describe('the shop that was set up', () => {
  it('is of its country: money, languages, hours, taxes, delivery', async () => {
    const { shop: seen, product } = await shop.guest().ask(`{
      shop { setupRequired currency homeCountry timeZone languages defaultLanguage rootLanguage
        seller { name address taxId } contact { email }
        shippingMethods { price { gross { amount currency } } freeFrom { amount } } }
      product(slug: "tasse") { name variants { price { amount currency } } } }`);

    expect(seen).toMatchObject({
      ...{ setupRequired: false, currency: 'EUR', homeCountry: 'FR', timeZone: 'Europe/Paris' },
      ...{ languages: ['EN', 'FR'], defaultLanguage: 'FR', rootLanguage: 'FR' },
      seller: { name: 'Moreau SARL', address: ['3 rue des Potiers', '69001 Lyon'], taxId: 'FR12345678901' },
      contact: { email: 'bonjour@moreau.example' },
      shippingMethods: [{ price: { gross: { amount: 590, currency: 'EUR' } }, freeFrom: { amount: 8_000 } }],
    });
    expect(product).toEqual({ name: 'Tasse', variants: [{ price: { amount: 2_400, currency: 'EUR' } }] });
    expect(
      await shop.sql(`SELECT z.name, count(*)::int AS areas FROM shipping_zone z JOIN zone_area a ON a.zone_id = z.id
      GROUP BY z.id, z.position, z.name ORDER BY z.position`),
    ).toEqual([
      { name: 'France', areas: 1 },
      { name: 'Union européenne', areas: 26 },
    ]);
    expect(await countOf('category')).toBe(5);
  });

  it('lets its owner in, and is in the activity as the work of the shop itself', async () => {
    const [{ email } = { email: '' }] = await shop.sql<{ email: string }>('SELECT email FROM app_user');
    const owner = await shop.staff({ email, password: OWNER.password });

    const { me } = await owner.ask('{ me { role permissions } }');
    expect(me.role).toBe('OWNER');
    expect(me.permissions).toContain('OWNERSHIP');
    const entries = await shop.sql(
      `SELECT actor_kind AS by FROM audit_entry WHERE operation = 'setupComplete'`,
    );
    expect(entries).toEqual([{ by: 'SYSTEM' }]);
  });

  it('is set up once: no start prints a link, and a link of before opens nothing', async () => {
    expect(await shop.shop.setup.newLink()).toBeNull();
    expect((await setUp('guessed')).errors).toMatchObject([{ code: 'ALREADY_SET_UP' }]);
    expect(await countOf('setup_token')).toBe(0);
  });
});

describe('before its opening', () => {
  const STEPS = '{ cart { version total { gross { amount } } missingSteps } }';
  const ORDER = `mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { order { id } errors { code } } }`;
  const OPEN = 'mutation { shopOpen { ok errors { code ... on NotReadyError { items } } } }';
  let owner: Staff;
  let stranger: Guest;
  beforeAll(async () => {
    const [{ email } = { email: '' }] = await shop.sql<{ email: string }>('SELECT email FROM app_user');
    owner = await shop.staff({ email, password: OWNER.password });
    stranger = shop.guest();
    const { product } = await stranger.ask('{ product(slug: "tasse") { variants { id } } }');
    await stranger.do('cartLineAdd', 'CartLineAddInput', { variantId: product.variants[0].id, quantity: 1 });
  });

  const missing = async (): Promise<string[]> =>
    (await owner.ask('{ goLiveChecklist { code isRequired isMet } }')).goLiveChecklist
      .filter(({ isMet }: { isMet: boolean }) => !isMet)
      .map(({ code, isRequired }: { code: string; isRequired: boolean }) =>
        isRequired ? code : `(${code})`,
      );
  const order = async (): Promise<string[]> => {
    const { cart } = await stranger.ask(STEPS);
    const input = {
      ...{ idempotencyKey: randomUUID(), cartVersion: cart.version },
      expectedTotal: cart.total.gross.amount,
    };
    const { errors } = (await stranger.ask(ORDER, { input })).checkoutComplete;
    return errors.map(({ code }: { code: string }) => code);
  };

  it('takes no orders of strangers', async () => {
    expect((await stranger.ask('{ shop { isOpen } }')).shop.isOpen).toBe(false);
    expect((await stranger.ask(STEPS)).cart.missingSteps).toContain('SHOP_OPEN');
    expect(await order()).toEqual(['SHOP_NOT_OPEN']);
  });

  it('tells its owner what is missing, and does not open without it', async () => {
    expect(await missing()).toEqual(['PRODUCT', 'PAYMENT', 'TEXTS', '(MAIL)', '(DELIVERY_ABROAD)']);
    expect((await owner.ask(OPEN)).shopOpen).toEqual({
      ok: false,
      errors: [{ code: 'NOT_READY', items: ['PRODUCT', 'PAYMENT', 'TEXTS'] }],
    });
  });

  it('sees at once what was entered, and what was taken away again', async () => {
    const methods = (chosen: readonly string[]) =>
      owner.do(
        'paymentsSettingsUpdate',
        'PaymentsSettingsUpdateInput',
        { methods: chosen },
        'settings { __typename }',
      );
    await methods(['CASH_ON_DELIVERY']);
    await shop.sql(`INSERT INTO product_image (id, product_id, storage_key, width, height, position)
      SELECT gen_random_uuid(), id, 'k', 10, 10, 0 FROM product`);
    const pages = await shop.sql<{ id: string; version: number }>(
      'SELECT id, version FROM page WHERE start_text',
    );
    for (const { id, version: expectedVersion } of pages) {
      const read = { pageId: globalId('page', id), expectedVersion, isRead: true };
      await owner.do('pageUpdate', 'PageUpdateInput', read, 'page { id }');
    }
    expect(await missing()).toEqual(['(MAIL)', '(DELIVERY_ABROAD)']);

    const [{ id } = { id: '' }] = await shop.sql<{ id: string }>('SELECT id FROM shipping_method');
    const update = (input: object) =>
      owner.do(
        'shippingMethodUpdate',
        'ShippingMethodUpdateInput',
        { methodId: globalId('smth', id), ...input },
        'method { __typename }',
      );
    await update({ expectedVersion: 1, active: false });
    expect(await missing()).toEqual(['DELIVERY', 'PAYMENT', '(MAIL)', '(DELIVERY_ABROAD)']);
    await update({ expectedVersion: 2, active: true });

    expect((await owner.ask(OPEN)).shopOpen).toEqual({ ok: true, errors: [] });
    const opened = `SELECT e.actor_kind AS by FROM audit_entry e JOIN audit_change c ON c.entry_id = e.id WHERE operation = 'shopOpen'`;
    expect(await shop.sql(opened)).toEqual([{ by: 'STAFF' }]);
  });

  it('ends with the opening, for every process at once', async () => {
    expect((await stranger.ask('{ shop { isOpen } }')).shop.isOpen).toBe(true);
    expect((await stranger.ask(STEPS)).cart.missingSteps).not.toContain('SHOP_OPEN');
    expect(await order()).toEqual(['CART_NOT_READY']);
    expect((await owner.ask(OPEN)).shopOpen).toEqual({ ok: true, errors: [] });
  });
});

describe('an owner in a hurry', () => {
  it('gives a name and a password, and decides the rest later; the categories are dropped', async () => {
    const hurried = await TestShop.empty({ worker: false });
    const link = await hurried.shop.setup.newLink();
    const input = {
      token: new URL(link ?? '').searchParams.get('token'),
      ...{ owner: OWNER, keepCategories: false },
    };

    expect((await hurried.guest().ask(SETUP, { input })).setupComplete).toEqual({
      ok: true,
      productId: null,
      errors: [],
    });

    const { shop: seen, categoryTree } = await hurried
      .guest()
      .ask('{ shop { name homeCountry shippingMethods { name } } categoryTree { id } }');
    expect(seen).toEqual({ name: 'Magazinul meu', homeCountry: 'RO', shippingMethods: [] });
    expect(categoryTree).toEqual([]);
    await hurried.close();
  });
});
