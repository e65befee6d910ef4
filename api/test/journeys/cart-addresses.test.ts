import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QueryRunner } from 'typeorm';
import { AddressesInOneSpelling1763950000001 } from '../../src/platform/database/migrations/1763950000001-addresses-in-one-spelling.js';
import { BRASOV, readyCart } from '@vitrine/testing/drivers/checkout.js';
import { OrderEditingDriver } from '@vitrine/testing/drivers/order-editing.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let mug: string;
beforeAll(async () => {
  shop = await TestShop.open({ worker: false });
  mug = await shop.stock({ name: 'Mug', sku: 'ADDRESS-MUG', price: 5000, stock: 90 });
});
afterAll(() => shop.close());

const CART = `cart { email phone phonePrinted shippingMethod { id }
  shippingAddress { line1 city cityName region regionName postalCode countryCode phone phonePrinted lines } billingAddress { countryCode postalCode lines } } errors { code path }`;
const ADDRESSES = `mutation($input: CartAddressesUpdateInput!) { cartAddressesUpdate(input: $input) { ${CART} } }`;
const CONTACT = `mutation($input: CartContactUpdateInput!) { cartContactUpdate(input: $input) { ${CART} } }`;

async function withCart(): Promise<GraphqlClient> {
  const browser = shop.guest();
  await browser.ask('mutation($id: ID!) { cartLineAdd(input: { variantId: $id }) { errors { code } } }', {
    id: mug,
  });
  return browser;
}
const addresses = async (browser: GraphqlClient, input: object): Promise<Answer> =>
  (await browser.ask(ADDRESSES, { input })).cartAddressesUpdate;
const contact = async (browser: GraphqlClient, phone: string | null): Promise<Answer> =>
  (await browser.ask(CONTACT, { input: { email: 'ana@example.test', phone } })).cartContactUpdate;

describe('the addresses of a cart', () => {
  it('say which of the two is wrong', async () => {
    const browser = await withCart();

    const { errors } = await addresses(browser, {
      shippingAddress: { ...BRASOV, postalCode: '1' },
      billingAddress: null,
    });
    const billing = await addresses(browser, {
      shippingAddress: BRASOV,
      billingAddress: { ...BRASOV, countryCode: 'PL', postalCode: '1' },
    });

    expect(errors).toMatchObject([{ path: ['shippingAddress', 'postalCode'] }]);
    expect(billing.errors).toMatchObject([{ path: ['billingAddress', 'postalCode'] }]);
  });

  it('may lie in a country without postal codes, and are shown as read there', async () => {
    const { cart, errors } = await addresses(await withCart(), {
      shippingAddress: { ...BRASOV, region: 'Brasov' },
      billingAddress: { ...BRASOV, city: 'Dubai', region: null, countryCode: 'AE', postalCode: '' },
    });

    expect(errors).toEqual([]);
    expect(cart.shippingAddress).toMatchObject({ region: 'RO-BV', regionName: 'Brașov' });
    expect(cart.shippingAddress.lines).toContain('500026 Brașov, jud. Brașov');
    expect(cart.billingAddress.lines).toContain('Dubai');
  });

  it.each(['ZZ', 'XX'])('cannot lie in %s', async (countryCode) => {
    const { errors } = await addresses(await withCart(), {
      shippingAddress: BRASOV,
      billingAddress: { ...BRASOV, countryCode, postalCode: '1234' },
    });

    expect(errors).toMatchObject([{ path: ['billingAddress', 'countryCode'] }]);
  });

  it('name the sector of Bucharest', async () => {
    const { cart } = await addresses(await withCart(), {
      shippingAddress: { ...BRASOV, city: 'București', region: null, postalCode: '030 123' },
    });

    expect(cart.shippingAddress).toMatchObject({
      city: 'SECTOR3',
      cityName: 'Sector 3',
      region: 'RO-B',
      regionName: 'București',
      postalCode: '030123',
    });
  });
});

describe('the telephone number', () => {
  it('is asked for once: that of the contact is that of the delivery', async () => {
    const browser = await withCart();
    await contact(browser, '0722 123 456');

    const { cart } = await addresses(browser, { shippingAddress: BRASOV });
    const corrected = await contact(browser, 'tel. 0733/123.456');

    expect(cart).toMatchObject({ phone: '+40722123456', phonePrinted: '0722 123 456' });
    expect(cart.shippingAddress).toMatchObject({ phone: '+40722123456', phonePrinted: '0722 123 456' });
    expect(corrected.cart).toMatchObject({
      phone: '+40733123456',
      shippingAddress: { phone: '+40733123456' },
    });
  });

  it('and that of the delivery is that of the contact', async () => {
    const browser = await withCart();
    await contact(browser, null);

    const { cart } = await addresses(browser, {
      shippingAddress: {
        ...BRASOV,
        countryCode: 'DE',
        region: null,
        postalCode: 'D-10115',
        phone: '030/1234567',
      },
    });
    const again = await contact(browser, '030 7654321');

    expect(cart).toMatchObject({
      phone: '+49301234567',
      shippingAddress: { phone: '+49301234567', postalCode: '10115' },
    });
    expect(again.cart.phone).toBe('+49307654321');
  });

  it('of somebody else at the door stays beside that of the buyer', async () => {
    const browser = await withCart();
    await contact(browser, '0722123456');
    await addresses(browser, { shippingAddress: { ...BRASOV, phone: '0744 000 111' } });

    const { cart } = await contact(browser, '0755 000 111');

    expect(cart).toMatchObject({ phone: '+40755000111', shippingAddress: { phone: '+40744000111' } });
  });

  it('that is none is refused in the contact as in the address', async () => {
    const browser = await withCart();

    expect((await contact(browser, 'call me')).errors).toMatchObject([{ path: ['phone'] }]);
    expect(
      (await addresses(browser, { shippingAddress: { ...BRASOV, phone: 'call me' } })).errors,
    ).toMatchObject([{ path: ['shippingAddress', 'phone'] }]);
  });

  it('of a draft is that of its delivery too', async () => {
    const driver = await OrderEditingDriver.open(shop);
    const order = await driver.drafted([{ variantId: mug, quantity: 1 }], { phone: '0722.123.456' });

    const { order: read } = await driver.browser.ask(
      'query($id: ID!) { order(id: $id) { phone phonePrinted shippingAddress { phone } } }',
      { id: order.id },
    );
    expect(read).toEqual({
      phone: '+40722123456',
      phonePrinted: '0722 123 456',
      shippingAddress: { phone: '+40722123456' },
    });
  });
});

describe('a guest who signs in', () => {
  const LOGIN = `mutation { login(input: { email: "alice@example.com", password: "Alice@123" }) { errors { code } } }`;

  it('keeps what was typed as a guest: telephone, address and delivery', async () => {
    const alice = await shop.customer('alice@example.com', 'Alice@123');
    await alice.ask('mutation($id: ID!) { cartLineAdd(input: { variantId: $id }) { errors { code } } }', {
      id: mug,
    });
    await addresses(alice, { shippingAddress: { ...BRASOV, line1: 'Strada Veche 1' } });
    const guest = shop.guest();
    await readyCart(guest, [{ variantId: mug, quantity: 2 }], 'guest@example.test');
    await contact(guest, '0744 555 666');

    await guest.ask(LOGIN);
    const { cart } = await guest.ask(`{ ${CART.replace(' errors { code path }', '')} }`);

    expect(cart).toMatchObject({
      phone: '+40744555666',
      shippingAddress: { line1: BRASOV.line1, phone: '+40744555666' },
      shippingMethod: { id: expect.any(String) },
    });
  });

  it('without an address keeps that of the own cart', async () => {
    const guest = await withCart();

    await guest.ask(LOGIN);
    const { cart } = await guest.ask(`{ ${CART.replace(' errors { code path }', '')} }`);

    expect(cart.shippingAddress).toMatchObject({ line1: BRASOV.line1 });
  });
});

describe('a form of any client', () => {
  it('learns what an address needs in a country', async () => {
    const { addressFormat, hongKong, nowhere, countryCodes } = await shop.guest().ask(`{
      addressFormat(countryCode: "RO") { postalCodeRequired postalCodeFirst regionKind regionRequired regions { code name towns { code name } } }
      hongKong: addressFormat(countryCode: "HK") { postalCodeRequired regionKind regions { code } }
      nowhere: addressFormat(countryCode: "ZZ") { countryCode } countryCodes }`);

    expect(addressFormat).toMatchObject({
      postalCodeRequired: true,
      regionKind: 'COUNTY',
      regionRequired: true,
    });
    expect(addressFormat.regions).toHaveLength(42);
    expect(addressFormat.regions.find(({ code }: Answer) => code === 'RO-B').towns).toHaveLength(6);
    expect(hongKong).toEqual({ postalCodeRequired: false, regionKind: null, regions: [] });
    expect(nowhere).toBeNull();
    expect(countryCodes.length).toBeGreaterThan(245);
    expect(countryCodes).toEqual(expect.arrayContaining(['GB', 'CH', 'US', 'RO']));
  });
});

describe('an address that was written down before', () => {
  it('is brought into the one spelling as far as it is certain', async () => {
    const old = { firstName: 'A', lastName: 'B', line1: 'x', countryCode: 'RO' };
    const rows = [
      [
        { ...old, city: 'Brașov', region: 'jud. Brasov', postalCode: '500026', phone: '0722 123 456' },
        { region: 'RO-BV', phone: '+40722123456' },
      ],
      [
        { ...old, city: 'București', region: 'București', postalCode: '010322', phone: null },
        { region: 'RO-B', city: 'SECTOR1', phone: null },
      ],
      [
        { ...old, city: 'Cluj', region: 'Transilvania', postalCode: '400114', phone: 'ring twice' },
        { region: 'Transilvania', phone: 'ring twice' },
      ],
      [
        {
          ...old,
          city: 'Berlin',
          region: null,
          countryCode: 'DE',
          postalCode: '10115',
          phone: '+49 30 1234567',
        },
        { region: null, phone: '+49301234567' },
      ],
    ] as const;
    for (const [i, [address]] of rows.entries()) {
      await shop.sql(
        `INSERT INTO saved_address (id, user_id, label, address) SELECT new_id(), id, $2, $1 FROM app_user WHERE email = 'bob@example.com'`,
        [JSON.stringify(address), `old ${i}`],
      );
    }

    const client = await shop.shop.database.pool.connect();
    await new AddressesInOneSpelling1763950000001().up({
      query: (text: string) => client.query(text),
    } as unknown as QueryRunner);
    client.release();

    const after = await shop.sql<{ address: object }>(
      `SELECT address FROM saved_address WHERE label LIKE 'old %' ORDER BY label`,
    );
    expect(after.map(({ address }) => address)).toMatchObject(rows.map(([, wanted]) => wanted));
  });
});
