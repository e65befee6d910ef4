import { afterAll, beforeAll, expect, it } from 'vitest';
import { BRASOV, buy } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { seedReference } from '../../src/domains/pricing/index.js';
import { shopDay } from '../../src/kernel/shop-time.js';

const PARIS = {
  ...{ firstName: 'Anne', lastName: 'Petit', line1: 'Rue Cler 3', city: 'Paris' },
  ...{ postalCode: '75007', countryCode: 'FR' },
};
const TAXES = 'taxLines { ratePercent }';
const CART = `cart { phone phonePrinted paymentMethods ${TAXES} shippingMethods { name } } errors { code path }`;

let shop: TestShop;
let staff: GraphqlClient;
let variantId: string;
beforeAll(async () => {
  shop = await TestShop.open();
  staff = await shop.staff();
  variantId = await shop.stock({ name: 'Cană', sku: 'CANA', price: 12_100, stock: 500 });
});
afterAll(() => shop.close());

async function moveShop(homeCountry: string): Promise<Answer[]> {
  const text = `mutation($input: RegionalSettingsUpdateInput!) { regionalSettingsUpdate(input: $input) { errors { code path } } }`;
  return (await staff.ask(text, { input: { homeCountry } })).regionalSettingsUpdate.errors;
}

const homeAt = async (at: TestShop): Promise<string> =>
  (await at.guest().ask('{ shop { homeCountry countries { code } } }')).shop.homeCountry;
const rates = (country: string): Promise<unknown[]> =>
  shop.sql(
    `SELECT tax_class AS class, rate_basis_points AS rate FROM tax_rate WHERE country_code = $1 AND upper_inf(validity) ORDER BY 2 DESC`,
    [country],
  );

async function cartWith(browser: GraphqlClient): Promise<Answer> {
  const add = `mutation($input: CartLineAddInput!) { cartLineAdd(input: $input) { ${CART} } }`;
  return (await browser.ask(add, { input: { variantId, quantity: 1 } })).cartLineAdd.cart;
}
async function sendTo(browser: GraphqlClient, shippingAddress: object): Promise<Answer> {
  const text = `mutation($input: CartAddressesUpdateInput!) { cartAddressesUpdate(input: $input) { ${CART} } }`;
  return (await browser.ask(text, { input: { shippingAddress } })).cartAddressesUpdate.cart;
}

it('moved in one process, every page and cart of the other follows with its next request', async () => {
  const other = await shop.beside();
  try {
    for (let round = 0; round < 10; round++) {
      const home = round % 2 === 0 ? 'FR' : 'RO';
      expect(await moveShop(home)).toEqual([]);
      expect(await homeAt(other)).toBe(home);
      const taxes = (await cartWith(other.guest())).taxLines;
      expect(taxes).toEqual([{ ratePercent: home === 'FR' ? '20' : '21' }]);
      const [first] = (await other.guest().ask('{ shop { countries { code } } }')).shop.countries;
      expect(first.code).toBe(home);
    }
  } finally {
    await other.close();
  }
});

it('taxes each cart as one home or as the other while the shop moves, never without taxes', async () => {
  const other = await shop.beside();
  try {
    let isMoving = true;
    const seen = new Set<string>();
    const buyers = [shop, other, shop, other].map(async (process) => {
      const browser = process.guest();
      await cartWith(browser);
      while (isMoving) {
        const { cart } = await browser.ask(`{ cart { ${TAXES} lines { variant { taxRatePercent } } } }`);
        seen.add(JSON.stringify(cart.taxLines));
        for (const { variant } of cart.lines)
          seen.add(JSON.stringify([{ ratePercent: variant.taxRatePercent }]));
      }
    });

    for (let round = 0; round < 30; round++) await moveShop(round % 2 === 0 ? 'FR' : 'RO');
    isMoving = false;
    await Promise.all(buyers);

    const [asInFrance, asInRomania] = ['[{"ratePercent":"20"}]', '[{"ratePercent":"21"}]'];
    expect([...seen].filter((taxes) => taxes !== asInFrance && taxes !== asInRomania)).toEqual([]);
    expect(seen.size).toBeGreaterThan(0);
  } finally {
    await other.close();
  }
});

it('sells from France: goods are taxed as there, wherever they are sent, and a number without prefix is French', async () => {
  await moveShop('FR');
  const browser = shop.guest();
  const bare = await cartWith(browser);
  expect(bare.taxLines).toEqual([{ ratePercent: '20' }]);

  const contact = `mutation($input: CartContactUpdateInput!) { cartContactUpdate(input: $input) { ${CART} } }`;
  const input = { email: 'anne@example.test', phone: '06 12 34 56 78' };
  const { cart } = (await browser.ask(contact, { input })).cartContactUpdate;
  expect(cart).toMatchObject({ phone: '+33612345678', phonePrinted: '06 12 34 56 78' });

  const abroad = await sendTo(browser, BRASOV);
  expect(abroad.taxLines).toEqual([{ ratePercent: '20' }]);
  expect(abroad.paymentMethods).not.toContain('CASH_ON_DELIVERY');
  const home = await sendTo(browser, PARIS);
  expect(home.paymentMethods).toContain('CASH_ON_DELIVERY');

  await moveShop('RO');
  const { me } = await browser.ask('{ me { id } cart { phonePrinted } }');
  expect(me).toBeNull();
  expect((await browser.ask('{ cart { phonePrinted } }')).cart.phonePrinted).toBe('+33 6 12 34 56 78');
});

it('leaves placed orders and their invoices as they were taxed', async () => {
  await moveShop('RO');
  const placed = await buy(shop.guest(), [{ variantId, quantity: 1 }]);
  const stored = (): Promise<unknown[]> =>
    shop.sql(
      `SELECT tax_lines, total_gross, shipping_address, (SELECT content FROM invoice WHERE order_id = o.id) AS invoice
       FROM shop_order o WHERE number = $1`,
      [placed.number],
    );
  await shop.eventually(async () =>
    (await stored()).find((row) => (row as { invoice: unknown }).invoice !== null),
  );
  const before = await stored();

  await moveShop('FR');

  expect(await stored()).toEqual(before);
});

it('moves only to where the shop delivers and of which it knows the taxes; what is refused moves nothing', async () => {
  await moveShop('RO');
  const refused = (code: string): object[] => [{ code, path: ['homeCountry'] }];
  for (const country of ['ZZ', 'JP', 'CH'])
    expect(await moveShop(country)).toEqual(refused('INVALID_COUNTRY'));
  await shop.sql(
    `INSERT INTO zone_area (zone_id, country) SELECT zone_id, 'CH' FROM zone_area WHERE country = 'FR'`,
  );
  expect(await moveShop('CH')).toEqual(refused('TAX_RATES_MISSING'));
  expect(await homeAt(shop)).toBe('RO');
  expect(await rates('RO')).toHaveLength(3);
});

it.each([
  ['CY', 'Asia/Nicosia', 1900, 900],
  ['EE', 'Europe/Tallinn', 2400, 1300],
  ['LT', 'Europe/Vilnius', 2100, 1200],
  ['LU', 'Europe/Luxembourg', 1700, 1400],
  ['LV', 'Europe/Riga', 2100, 1200],
  ['MT', 'Europe/Malta', 1800, 1200],
])(
  'sells from %s: with its hours, and prices that hold its taxes',
  async (country, timeZone, standard, reduced) => {
    const text = `mutation($input: RegionalSettingsUpdateInput!) { regionalSettingsUpdate(input: $input) { errors { code path } } }`;
    const moved = await staff.ask(text, { input: { homeCountry: country, timeZone } });

    expect(moved.regionalSettingsUpdate.errors).toEqual([]);
    expect(await homeAt(shop)).toBe(country);
    expect(await rates(country)).toEqual([
      { class: 'standard', rate: standard },
      { class: 'reduced', rate: reduced },
      { class: 'exempt', rate: 0 },
    ]);
    const taxes = (await cartWith(shop.guest())).taxLines;
    expect(taxes).toEqual([{ ratePercent: String(standard / 100) }]);
  },
);

it('moves to where it is still the day before, and back', async () => {
  const text = `mutation($input: RegionalSettingsUpdateInput!) { regionalSettingsUpdate(input: $input) { errors { code path } } }`;
  const move = async (homeCountry: string, timeZone: string): Promise<unknown> =>
    (await staff.ask(text, { input: { homeCountry, timeZone } })).regionalSettingsUpdate.errors;

  // A day and an hour lie between the two, whenever this runs.
  expect(await move('CY', 'Pacific/Kiritimati')).toEqual([]);
  expect(await move('LU', 'Pacific/Niue')).toEqual([]);
  expect((await cartWith(shop.guest())).taxLines).toEqual([{ ratePercent: '17' }]);
  expect(await move('CY', 'Pacific/Kiritimati')).toEqual([]);
  expect((await cartWith(shop.guest())).taxLines).toEqual([{ ratePercent: '19' }]);
  expect(await move('RO', 'Europe/Bucharest')).toEqual([]);
});

it('starts without other countries than before: none that was taken out, and its home alone if that is missing', async () => {
  const countries = async (): Promise<string[]> =>
    (await shop.sql<{ code: string }>('SELECT code FROM country ORDER BY 1')).map(({ code }) => code);
  const before = await countries();
  await shop.sql(`DELETE FROM country WHERE code IN ('DK', 'SE')`);
  const start = (homeCountry: string) => seedReference(shop.shop.database, { currency: 'RON', homeCountry });

  await start('RO');
  expect(await countries()).toEqual(before.filter((code) => code !== 'DK' && code !== 'SE'));

  await start('DK');
  expect(await countries()).toEqual(before.filter((code) => code !== 'SE'));
});

it('keeps rates that somebody stored for the country that the shop leaves', async () => {
  await moveShop('RO');
  const tomorrow = shopDay(new Date(Date.now() + 86_400_000), 'Europe/Nicosia');
  const text = `mutation($input: TaxRateAddInput!) { taxRateAdd(input: $input) { errors { code path } } }`;
  const input = { country: 'RO', taxClass: 'standard', ratePercent: '19', from: tomorrow };
  expect((await staff.ask(text, { input })).taxRateAdd.errors).toEqual([]);

  await moveShop('DE');

  // What holds until then stays too; the rates that nobody touched end with the move.
  expect(await rates('RO')).toEqual([{ class: 'standard', rate: 1900 }]);
  expect(
    await shop.sql(
      `SELECT rate_basis_points AS rate FROM tax_rate WHERE country_code = 'RO' AND upper(validity) = $1`,
      [tomorrow],
    ),
  ).toEqual([{ rate: 2100 }]);
  expect(await rates('DE')).toEqual([
    { class: 'standard', rate: 1900 },
    { class: 'reduced', rate: 700 },
    { class: 'exempt', rate: 0 },
  ]);
});

it('begins in the country of the environment, and a shop of before this setting stays where it was', async () => {
  const french = await TestShop.open({ env: { SHOP_COUNTRY: 'fr' } });
  try {
    expect(await homeAt(french)).toBe('FR');
    const french20 = await french.stock({ name: 'Bol', sku: 'BOL', price: 12_000, stock: 5 });
    const add = `mutation($input: CartLineAddInput!) { cartLineAdd(input: $input) { ${CART} } }`;
    const { cart } = (await french.guest().ask(add, { input: { variantId: french20, quantity: 1 } }))
      .cartLineAdd;
    expect(cart.taxLines).toEqual([{ ratePercent: '20' }]);

    await french.sql(`UPDATE shop_setting SET value = value - 'homeCountry' WHERE key = 'regional'`);
    const next = await french.beside({ env: { SHOP_COUNTRY: 'RO' } });
    await next.close();
    const later = await french.beside({ env: { SHOP_COUNTRY: 'DE' } });
    expect(await homeAt(later)).toBe('RO');
    await later.close();
  } finally {
    await french.close();
  }
});
