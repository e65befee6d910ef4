import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buy, complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { defineModule, defineShippingRate, type AnyModule } from '../../src/plugin/index.js';

/** What the rule of the plugin returns or throws; a test breaks it. */
let broken: (() => unknown) | null = null;
let buyers = 0;

const bikes: AnyModule = defineModule({
  name: 'bikes',
  ...{ dependsOn: [], entities: [], tables: {}, resolvers: [] },
  strategies: [
    defineShippingRate({
      code: 'bike',
      label: { en: 'By bicycle', ro: 'Cu bicicleta' },
      fields: [
        { name: 'perUnit', type: 'money', required: true, max: 10_000, label: { en: 'For each unit' } },
        { name: 'note', type: 'string', label: { en: 'Note' } },
      ],
      price: ({ perUnit }, { quantity }) => (broken ? (broken() as number) : perUnit * quantity),
    }),
  ],
  setup: () => ({ services: {}, resolvers: [] }),
});

const METHODS = `{ shippingMethods { id code version rates { zone { id } strategyCode arguments { name value } strategy { code plugin label } } } }`;
const SET = `mutation($input: ShippingRateSetInput!) { shippingRateSet(input: $input) {
  method { version rates { strategyCode arguments { name value } } } errors { code path } } }`;
const CART =
  '{ cart { shippingMethods { code price { gross { amount } } freeFrom { amount } } total { gross { amount } } missingSteps } }';

let plain: TestShop;
let shop: TestShop;
let staff: GraphqlClient;
let variantId: string;
let heavyId: string;
beforeAll(async () => {
  plain = await TestShop.open();
  variantId = await plain.stock({ name: 'Mug', sku: 'MUG', price: 5000, stock: 100 });
  heavyId = await plain.stock({ name: 'Amphora', sku: 'AMPHORA', price: 5000, stock: 100 });
  shop = await plain.beside({ modules: [bikes] });
  staff = await shop.staff();
  await staff.do('productVariantUpdate', 'ProductVariantUpdateInput', {
    variantId: heavyId,
    weightGrams: 1800,
  });
});
afterAll(async () => {
  await shop.close();
  await plain.close();
});

/** The courier with its rate at home. */
const courier = async (): Promise<Answer> => {
  const found = (await staff.ask(METHODS)).shippingMethods.find(({ code }: Answer) => code === 'courier');
  return { ...found.rates[0], id: found.id, version: found.version };
};
const choose = async (
  strategy: string,
  args: Record<string, unknown>,
  more: Answer = {},
): Promise<Answer> => {
  const { id: methodId, version: expectedVersion, zone } = await courier();
  const input = {
    ...{ methodId, zoneId: zone.id, strategy, expectedVersion },
    arguments: Object.entries(args).map(([name, value]) => ({ name, value })),
    ...more,
  };
  return (await staff.ask(SET, { input })).shippingRateSet;
};
/** What the courier costs for these goods in a new cart; undefined where it is not offered. */
const costOf = async (lines: { variantId: string; quantity: number }[]): Promise<number | undefined> => {
  const browser = shop.guest();
  for (const line of lines) await browser.do('cartLineAdd', 'CartLineAddInput', line, 'cart { id }');
  const { cart } = await browser.ask(CART);
  return cart.shippingMethods.find(({ code }: Answer) => code === 'courier')?.price.gross.amount;
};
const mugs = (quantity: number) => [{ variantId, quantity }];

describe('the price of a delivery', () => {
  it('is flat at first, as it always was, and staff change it with the border from which it is free', async () => {
    expect(await courier()).toMatchObject({
      ...{ strategyCode: 'flat', version: 1, strategy: { plugin: null, label: 'Flat price' } },
      arguments: [
        { name: 'price', value: 1990 },
        { name: 'freeFrom', value: 30_000 },
      ],
    });
    expect(await costOf(mugs(1))).toBe(1990);

    expect((await choose('flat', { price: 1500, freeFrom: 10_000 })).errors).toEqual([]);

    expect(await costOf(mugs(1))).toBe(1500);
    expect(await costOf(mugs(2))).toBe(0);
    expect(
      (await plain.guest().ask('{ shop { freeShippingFrom { amount } } }')).shop.freeShippingFrom.amount,
    ).toBe(10_000);
    expect((await choose('flat', { price: 1990 })).errors).toEqual([]);
    expect(await costOf(mugs(2))).toBe(1990);
  });

  it('follows the weight: each kilogram that is begun costs more, and what is too heavy is not offered', async () => {
    const args = {
      price: 1000,
      includedGrams: 2000,
      pricePerKilogram: 300,
      assumedGrams: 400,
      mostGrams: 9000,
    };
    expect((await choose('weight', args)).errors).toEqual([]);

    expect(await costOf(mugs(5))).toBe(1000);
    expect(await costOf(mugs(6))).toBe(1300);
    // 1,800 g each.
    expect(await costOf([{ variantId: heavyId, quantity: 1 }])).toBe(1000);
    expect(await costOf([{ variantId: heavyId, quantity: 2 }, ...mugs(1)])).toBe(1600);
    expect(await costOf([{ variantId: heavyId, quantity: 5 }])).toBe(1000 + 7 * 300);
    expect(await costOf([{ variantId: heavyId, quantity: 6 }])).toBeUndefined();
  });

  it('is what the order costs, and the buyer who saw another one is told before paying', async () => {
    await choose('bikes.bike', { perUnit: 700 });
    const order = await buy(shop.guest(), mugs(3));
    expect(await shippingOf(order)).toBe(2100);

    const browser = shop.guest();
    const seen = await readyCart(browser, mugs(1), 'late@example.test');
    await choose('bikes.bike', { perUnit: 900 });

    const refused = await complete(browser, seen);
    expect(refused.errors).toMatchObject([{ code: 'PRICE_CHANGED' }]);
    const placed = await complete(browser, {
      ...seen,
      total: { gross: { amount: seen.total.gross.amount + 200 } },
    });
    expect(placed.errors).toEqual([]);
    expect(await shippingOf(order)).toBe(2100);
  });

  it('is the same in a draft of staff', async () => {
    await choose('bikes.bike', { perUnit: 650 });
    const { id } = await courier();
    const { draftOrderPreview } = await staff.ask(
      `query($input: DraftOrderPreviewInput!) { draftOrderPreview(input: $input) { shipping { gross { amount } } } }`,
      { input: { lines: [{ variantId, quantity: 2 }], countryCode: 'RO', shippingMethodId: id } },
    );
    expect(draftOrderPreview.shipping.gross.amount).toBe(1300);
  });
});

describe('a rule that fails', () => {
  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('flat tyre');
      },
    ],
    ['returns a fraction', () => 12.5],
    ['returns less than nothing', () => -1],
    ['returns a promise', () => Promise.resolve(1)],
    ['returns nothing', () => undefined],
  ])('because it %s lets nobody order at a wrong price, and names the plugin', async (_how, fault) => {
    await choose('bikes.bike', { perUnit: 700 });
    const browser = shop.guest();
    const cart = await readyCart(browser, mugs(1), `rule-${++buyers}@example.test`);
    broken = fault;
    try {
      expect(await costOf(mugs(1))).toBeUndefined();
      expect((await browser.ask(CART)).cart.missingSteps).toContain('SHIPPING_METHOD');
      const refused = await complete(browser, cart);
      expect(refused.errors).toMatchObject([{ code: 'SHIPPING_METHOD_UNAVAILABLE' }]);
      const { plugins } = await staff.ask('{ plugins { name lastFault { hook } } }');
      expect(plugins).toEqual([{ name: 'bikes', lastFault: { hook: 'shipping-rate' } }]);
    } finally {
      broken = null;
    }
    expect((await complete(browser, cart)).errors).toEqual([]);
  });

  it('because its plugin was taken off is shown to staff, and buyers are not offered the delivery', async () => {
    await choose('bikes.bike', { perUnit: 700 });

    const browser = plain.guest();
    await browser.do('cartLineAdd', 'CartLineAddInput', { variantId, quantity: 1 }, 'cart { id }');
    expect((await browser.ask(CART)).cart.shippingMethods).toEqual([]);
    const { shippingMethods } = await (await plain.staff()).ask(METHODS);
    expect(shippingMethods.find(({ code }: Answer) => code === 'courier').rates).toMatchObject([
      { strategyCode: 'bikes.bike', strategy: null, arguments: [{ name: 'perUnit', value: 700 }] },
    ]);
    expect(await costOf(mugs(1))).toBe(700);
  });
});

describe('who chooses a rule', () => {
  it('is told at which argument a value cannot be, and then nothing is changed', async () => {
    const before = await courier();
    const paths = async (rate: string, args: Record<string, unknown>): Promise<string[]> =>
      (await choose(rate, args)).errors.map(({ code, path }: Answer) => `${code} ${path.join('.')}`);

    expect(await paths('bikes.bike', { perUnit: 10_001 })).toEqual(['ARGS_INVALID arguments.0.value']);
    expect(await paths('bikes.bike', { perUnit: 1.5, more: 1 })).toEqual([
      'ARGS_INVALID arguments.1.name',
      'ARGS_INVALID arguments.0.value',
    ]);
    expect(await paths('bikes.bike', { note: 'x' })).toEqual(['ARGS_INVALID arguments']);
    expect(await paths('flat', { price: null })).toEqual(['ARGS_INVALID arguments.0.value']);
    expect(await paths('bikes.car', {})).toEqual(['INVALID_INPUT strategy']);
    expect(await courier()).toEqual(before);
  });

  it('does not undo what a colleague chose meanwhile', async () => {
    const { version: expectedVersion } = await courier();
    const answers = await Promise.all(
      [1, 2].map((perUnit) => choose('bikes.bike', { perUnit }, { expectedVersion })),
    );

    expect(answers.flatMap(({ errors }) => errors.map(({ code }: Answer) => code))).toEqual([
      'STALE_VERSION',
    ]);
    expect((await courier()).version).toBe(expectedVersion + 1);
  });

  it('sees what there is to choose, described for a form, and is staff who may change the settings', async () => {
    const text = `{ shippingStrategies { code plugin label arguments { name type stepUnit label isRequired max defaultValue } } }`;
    const { shippingStrategies } = await staff.ask(text);
    expect(shippingStrategies.map(({ code, plugin }: Answer) => `${code} ${plugin}`)).toEqual([
      ...['flat null', 'weight null', 'weight-steps null', 'subtotal-steps null', 'per-item null'],
      'bikes.bike bikes',
    ]);
    expect(shippingStrategies[5]).toMatchObject({
      label: 'By bicycle',
      arguments: [
        {
          name: 'perUnit',
          type: 'MONEY',
          label: 'For each unit',
          isRequired: true,
          max: 10_000,
          defaultValue: null,
        },
        { name: 'note', type: 'STRING', isRequired: false },
      ],
    });
    expect(shippingStrategies[2].arguments[0]).toMatchObject({
      type: 'STEPS',
      stepUnit: 'GRAMS',
      isRequired: true,
    });
    expect(shippingStrategies[1].arguments[1]).toMatchObject({ name: 'includedGrams', defaultValue: 1000 });
    const [told] = await shop.sql<{ payload: Answer }>(
      `SELECT payload FROM outbox WHERE kind = 'shipping.changed' ORDER BY id DESC LIMIT 1`,
    );
    expect(told?.payload).toMatchObject({ what: 'RATE', strategy: 'bikes.bike' });

    expect((await shop.guest().send(METHODS, {})).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

async function shippingOf(order: Answer): Promise<number> {
  const text = 'query($token: String!) { orderByToken(token: $token) { shipping { gross { amount } } } }';
  return (await shop.guest().ask(text, { token: order.token })).orderByToken.shipping.gross.amount;
}
