import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const ZONE = 'zone { id name version areas { countryCode region postcodePrefix } } errors { code path }';
const METHOD = `method { id code kind name version active archivedAt estimatedDaysMin estimatedDaysMax
  translations { locale name description } rates { zone { id } arguments { name value } conditions { maxGrams } } } errors { code path }`;
const TRY = `query($input: ShippingTryOutInput!) { shippingTryOut(input: $input) { zone { name } unweighedUnits
  methods { method { code } price { amount } reason grams } } }`;

let shop: TestShop;
let staff: GraphqlClient;
let variantId: string;
beforeAll(async () => {
  shop = await TestShop.open();
  variantId = await shop.stock({ name: 'Mug', sku: 'MUG', price: 5000, stock: 500 });
  staff = await shop.staff();
});
afterAll(() => shop.close());

const inputOf = (mutation: string): string => `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
const send = async (mutation: string, input: Answer, what = METHOD): Promise<Answer> =>
  (
    await staff.ask(
      `mutation($input: ${inputOf(mutation)}!) { done: ${mutation}(input: $input) { ${what} } }`,
      { input },
    )
  ).done;
const methods = async (): Promise<Answer[]> =>
  (
    await staff.ask(
      `{ shippingMethods(isArchivedToo: true) { id code version active archivedAt rates { zone { id name } } } }`,
    )
  ).shippingMethods;
const methodOf = async (code: string): Promise<Answer> => {
  const found = (await methods()).find((method) => method.code === code);
  if (!found) throw new Error(`There is no method ${code}`);
  return found;
};
const zoneOf = async (name: string): Promise<Answer> => {
  const { shippingZones } = await staff.ask(`{ shippingZones { id name version areas { countryCode } } }`);
  return shippingZones.find((zone: Answer) => zone.name === name);
};
const flat = (price: number, more: Answer = {}): Answer => ({
  strategy: 'flat',
  arguments: Object.entries({ price, ...more }).map(([name, value]) => ({ name, value })),
});
const setRate = async (code: string, zoneId: string, rate: Answer): Promise<Answer> => {
  const { id: methodId, version: expectedVersion } = await methodOf(code);
  return send('shippingRateSet', { methodId, zoneId, expectedVersion, ...rate });
};
const tryOut = async (place: Answer, goods: Answer = { grams: 500, subtotal: 5000 }): Promise<Answer> =>
  (await staff.ask(TRY, { input: { ...goods, place } })).shippingTryOut;
/** What is offered to a place, and for how much, or why not: `courier 1990`. */
const offered = async (place: Answer, goods?: Answer): Promise<string[]> =>
  (await tryOut(place, goods)).methods.map(
    ({ method, price, reason }: Answer) => `${method.code} ${price?.amount ?? reason}`,
  );

describe('a new shop', () => {
  it('delivers at home and in the European Union, as it always did', async () => {
    const { shippingZones } = await staff.ask('{ shippingZones { name areas { countryCode } } }');
    expect(shippingZones.map(({ name, areas }: Answer) => [name, areas.length])).toEqual([
      ['România', 1],
      ['Uniunea Europeană', 26],
    ]);
    expect(await offered({ countryCode: 'RO' })).toEqual(['courier 1990', 'courier-eu NO_RATE']);
    expect(await offered({ countryCode: 'FR' })).toEqual(['courier NO_RATE', 'courier-eu 8900']);
    expect(await offered({ countryCode: 'JP' })).toEqual(['courier NO_ZONE', 'courier-eu NO_ZONE']);
  });
});

describe('a zone', () => {
  it('of one county has its own price, and buyers there pay it', async () => {
    const areas = [{ countryCode: 'RO', region: 'Brasov' }];
    const { zone, errors } = await send('shippingZoneCreate', { name: 'Aproape', areas }, ZONE);
    expect(errors).toEqual([]);
    expect(zone.areas).toEqual([{ countryCode: 'RO', region: 'RO-BV', postcodePrefix: null }]);
    // A place in a zone without rates gets nothing: staff see it before a buyer does.
    expect(await offered({ countryCode: 'RO', region: 'BV' })).toEqual([
      'courier NO_RATE',
      'courier-eu NO_RATE',
    ]);
    const text = '{ deliveryCoverage { countryCode region methods { code } } }';
    const gaps = (await staff.ask(text)).deliveryCoverage.filter(
      ({ methods: list }: Answer) => list.length === 0,
    );
    expect(gaps).toEqual([{ countryCode: 'RO', region: 'RO-BV', methods: [] }]);

    expect((await setRate('courier', zone.id, flat(900))).errors).toEqual([]);

    expect((await offered({ countryCode: 'RO', postalCode: '500 001' }))[0]).toBe('courier 900');
    expect((await offered({ countryCode: 'RO', region: 'CJ' }))[0]).toBe('courier 1990');
    const cart = await readyCart(shop.guest(), [{ variantId, quantity: 1 }], 'near@example.test');
    expect(cart.total.gross.amount).toBe(5900);
  });

  it('shares no area with another, says with which, and is given each once', async () => {
    const taken = await send('shippingZoneCreate', { name: 'Again', areas: [{ countryCode: 'FR' }] }, ZONE);
    expect(taken.errors).toEqual([{ code: 'AREA_TAKEN', path: ['areas', '0'] }]);
    const twice = [
      { countryCode: 'GB', postcodePrefix: 'sw1' },
      { countryCode: 'GB', postcodePrefix: 'SW 1' },
    ];
    expect((await send('shippingZoneCreate', { name: 'Twice', areas: twice }, ZONE)).errors).toEqual([
      { code: 'AREA_TAKEN', path: ['areas', '1'] },
    ]);
    const wrong = [
      { countryCode: 'XX' },
      { countryCode: 'FR', region: 'Bretagne' },
      { countryCode: 'ZZ', region: 'RO-BV' },
    ];
    for (const area of wrong)
      expect((await send('shippingZoneCreate', { name: 'Wrong', areas: [area] }, ZONE)).errors).toMatchObject(
        [{ code: 'INVALID_INPUT' }],
      );
  });

  it('lets nobody else take what a colleague takes at this moment', async () => {
    const results = await Promise.all(
      ['One', 'Two', 'Three', 'Four'].map((name) =>
        send('shippingZoneCreate', { name, areas: [{ countryCode: 'NO' }] }, ZONE),
      ),
    );
    expect(results.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(results.flatMap(({ errors }) => errors.map(({ code }: Answer) => code))).toEqual(
      Array(3).fill('AREA_TAKEN'),
    );
  });

  it('is not deleted while a method that is offered has no other, and takes its rates with it', async () => {
    const { id: zoneId, version: expectedVersion } = await zoneOf('Uniunea Europeană');
    const input = { zoneId, expectedVersion };
    const refused = await send('shippingZoneDelete', input, ZONE);
    expect(refused).toMatchObject({ zone: { id: zoneId }, errors: [{ code: 'METHOD_WITHOUT_RATE' }] });

    const near = await zoneOf('Aproape');
    expect(
      (await send('shippingZoneDelete', { zoneId: near.id, expectedVersion: near.version }, ZONE)).errors,
    ).toEqual([]);
    expect((await methodOf('courier')).rates.map(({ zone }: Answer) => zone.name)).toEqual(['România']);
    expect((await offered({ countryCode: 'RO', region: 'BV' }))[0]).toBe('courier 1990');
  });

  it('for the rest of the world lets buyers of every country order', async () => {
    const countries = async (): Promise<string[]> =>
      (await shop.guest().ask('{ shop { countries { code } } }')).shop.countries.map(
        ({ code }: Answer) => code,
      );
    expect(await countries()).not.toContain('JP');
    const { zone } = await send('shippingZoneCreate', { name: 'Lume', areas: [{ countryCode: 'ZZ' }] }, ZONE);
    await setRate('courier-eu', zone.id, flat(19_900));

    expect(await countries()).toContain('JP');
    expect((await offered({ countryCode: 'JP' }))[1]).toBe('courier-eu 19900');
    expect((await offered({ countryCode: 'FR' }))[1]).toBe('courier-eu 8900');
  });
});

describe('a way of delivery', () => {
  it('begins switched off, and is offered once it has a price', async () => {
    const translations = [
      { locale: 'RO', name: 'Ridicare din atelier', description: 'Strada Lungă 5' },
      { locale: 'EN', name: 'Pick-up at the studio' },
    ];
    const made = await send('shippingMethodCreate', {
      ...{ kind: 'PICKUP', code: 'pick-up', translations, phoneRequired: false },
      ...{ estimatedDaysMin: 1, estimatedDaysMax: 3 },
    });
    expect(made).toMatchObject({ errors: [], method: { kind: 'PICKUP', active: false, version: 1 } });
    const { id: methodId } = made.method;
    const early = await send('shippingMethodUpdate', { methodId, expectedVersion: 1, active: true });
    expect(early.errors).toEqual([{ code: 'METHOD_WITHOUT_RATE', path: ['active'] }]);

    const home = await zoneOf('România');
    expect((await setRate('pick-up', home.id, flat(0))).errors).toEqual([]);
    expect(await offered({ countryCode: 'RO' })).toContain('pick-up INACTIVE');
    expect(
      (await send('shippingMethodUpdate', { methodId, expectedVersion: 2, active: true })).errors,
    ).toEqual([]);

    expect(await offered({ countryCode: 'RO' })).toContain('pick-up 0');
    const { shop: seen } = await shop
      .guest()
      .ask('{ shop { shippingMethods { code kind name estimatedDaysMax } } }');
    expect(seen.shippingMethods).toContainEqual({
      ...{ code: 'pick-up', kind: 'PICKUP', name: 'Pick-up at the studio', estimatedDaysMax: 3 },
    });
  });

  it('keeps its last rate while it is offered, and has no wrong days', async () => {
    const { id: methodId, version: expectedVersion, rates } = await methodOf('pick-up');
    const zoneId = rates[0].zone.id;
    const refused = await send('shippingRateRemove', { methodId, zoneId, expectedVersion });
    expect(refused.errors).toMatchObject([{ code: 'METHOD_WITHOUT_RATE' }]);
    const days = { estimatedDaysMin: 4, estimatedDaysMax: 2 };
    expect((await send('shippingMethodUpdate', { methodId, expectedVersion, ...days })).errors).toEqual([
      { code: 'INVALID_INPUT', path: ['estimatedDaysMax'] },
    ]);
  });

  it('has the place in which staff put it', async () => {
    const seen = async (): Promise<string[]> =>
      (await shop.guest().ask('{ shop { shippingMethods { code } } }')).shop.shippingMethods.map(
        ({ code }: Answer) => code,
      );
    expect(await seen()).toEqual(['courier', 'pick-up']);
    const methodIds = (await methods()).map(({ id }) => id).reverse();
    const short = await send('shippingMethodsReorder', { methodIds: methodIds.slice(1) }, 'errors { code }');
    expect(short.errors).toEqual([{ code: 'STALE_ORDER' }]);

    expect((await send('shippingMethodsReorder', { methodIds }, 'errors { code }')).errors).toEqual([]);
    expect(await seen()).toEqual(['pick-up', 'courier']);
  });

  it('that is not offered for the weight is not, and the shopkeeper is told why', async () => {
    const home = await zoneOf('România');
    await setRate('pick-up', home.id, { ...flat(0), conditions: { maxGrams: 2000 } });
    expect(await offered({ countryCode: 'RO' }, { grams: 2001, subtotal: 100 })).toContain(
      'pick-up TOO_HEAVY',
    );
    const goods = { lines: [{ variantId, quantity: 5 }] };
    const { methods: tried, unweighedUnits } = await tryOut({ countryCode: 'RO' }, goods);
    expect(unweighedUnits).toBe(5);
    expect(tried[0]).toMatchObject({ method: { code: 'pick-up' }, reason: 'TOO_HEAVY', grams: 2500 });
  });
});

describe('an order', () => {
  const ORDER = `query($id: ID!) { order(id: $id) { number shippingMethodName shippingKind estimatedDaysMin estimatedDaysMax
    shipping { gross { amount } net { amount } } cheapestShipping { amount } } }`;

  it('keeps name, kind, days and price of its delivery, and what the cheapest cost, whatever staff do later', async () => {
    const home = await zoneOf('România');
    await setRate('pick-up', home.id, flat(500));
    const browser = shop.guest();
    const cart = await readyCart(browser, [{ variantId, quantity: 1 }], 'kept@example.test');
    const { order } = await complete(browser, cart);
    const [{ id } = { id: '' }] = await shop.sql<{ id: string }>(
      `SELECT shipping_method_id AS id FROM shop_order WHERE number = $1`,
      [order.number],
    );
    const chosen = (await methods()).find(({ code }) => code === 'pick-up');
    const before = (await staff.ask(ORDER, { id: order.id })).order;
    expect(before).toMatchObject({ cheapestShipping: { amount: 500 } });
    expect(id).toBeTruthy();

    await setRate('pick-up', home.id, flat(700));
    for (const code of ['pick-up', 'courier']) {
      const method = await methodOf(code);
      const changed = await send('shippingMethodUpdate', {
        ...{ methodId: method.id, expectedVersion: method.version },
        ...{ estimatedDaysMin: 10, estimatedDaysMax: 20, kind: 'OTHER' },
        translations: [{ locale: 'RO', name: `Alt nume ${code}` }],
      });
      expect(changed.errors).toEqual([]);
    }
    expect(chosen).toBeTruthy();

    expect((await staff.ask(ORDER, { id: order.id })).order).toEqual(before);
  });
});

describe('while twenty buyers pay', () => {
  it('each order costs what was offered, whatever staff do to the delivery', async () => {
    const home = await zoneOf('România');
    const prices = new Set([1990]);
    await setRate('courier', home.id, flat(1990));
    const pickUp = await methodOf('pick-up');
    await send('shippingMethodArchive', { methodId: pickUp.id, expectedVersion: pickUp.version });
    const buyers = await Promise.all(
      Array.from({ length: 20 }, async (_none, at) => {
        const browser = shop.guest();
        const cart = await readyCart(browser, [{ variantId, quantity: 1 }], `rush-${at}@example.test`);
        return { browser, cart };
      }),
    );

    const changes = (async () => {
      for (const price of [2190, 1990, 2490, 1990]) {
        prices.add(price);
        await setRate('courier', home.id, flat(price));
      }
      const courier = await methodOf('courier');
      await send('shippingMethodArchive', { methodId: courier.id, expectedVersion: courier.version });
    })();
    const answers = await Promise.all(buyers.map(({ browser, cart }) => complete(browser, cart)));
    await changes;

    for (const [at, { order, errors }] of answers.entries()) {
      if (errors.length > 0) {
        expect(['PRICE_CHANGED', 'SHIPPING_METHOD_UNAVAILABLE']).toContain(errors[0].code);
        continue;
      }
      // Who ordered agreed to the price.
      expect(order.total.gross.amount).toBe(buyers[at]?.cart.total.gross.amount);
    }
    const stored = await shop.sql<{ shipping: number; total: number; goods: number; name: string }>(
      `SELECT shipping_gross AS shipping, total_gross AS total, subtotal_gross AS goods, shipping_method_name AS name
       FROM shop_order WHERE email LIKE 'rush-%'`,
    );
    expect(stored).toHaveLength(answers.filter(({ errors }) => errors.length === 0).length);
    for (const { shipping, total, goods } of stored) {
      expect(prices).toContain(shipping);
      expect(total).toBe(goods + shipping);
    }
    // Afterwards nobody can order by what is archived.
    const late = shop.guest();
    await late.do('cartLineAdd', 'CartLineAddInput', { variantId, quantity: 1 }, 'cart { id }');
    expect((await late.ask('{ cart { shippingMethods { code } } }')).cart.shippingMethods).toEqual([]);
  });
});
