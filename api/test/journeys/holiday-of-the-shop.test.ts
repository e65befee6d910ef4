import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const HOUR = 3_600_000;

let shop: TestShop;
let staff: GraphqlClient;
let variantId: string;
beforeAll(async () => {
  shop = await TestShop.open();
  staff = await shop.staff();
  variantId = await shop.stock({ name: 'Cană', sku: 'CANA', price: 12_100, stock: 500 });
});
afterEach(() => close({ from: null, until: null }));
afterAll(() => shop.close());

const at = (hours: number): string => new Date(shop.clock.now().getTime() + hours * HOUR).toISOString();

async function close(input: object): Promise<Answer[]> {
  const text = `mutation($input: HolidaySettingsUpdateInput!) { holidaySettingsUpdate(input: $input) { errors { code path } } }`;
  return (await staff.ask(text, { input })).holidaySettingsUpdate.errors;
}

const cartOf = (browser: GraphqlClient): Promise<Answer> => readyCart(browser, [{ variantId, quantity: 1 }]);
const needs = async (browser: GraphqlClient): Promise<string[]> =>
  (await browser.ask('{ cart { missingSteps } }')).cart.missingSteps;
const shown = async (language = 'ro'): Promise<Answer> =>
  (await shop.guest({ 'accept-language': language }).ask('{ shop { holiday { from until message } } }')).shop
    .holiday;

describe('a shop on holiday', () => {
  it('can be looked at and fills carts, and takes no order until it is over, by the clock alone', async () => {
    const until = at(48);
    const browser = shop.guest();
    expect(await close({ until })).toEqual([]);

    const cart = await cartOf(browser);
    const refused = await complete(browser, cart);

    expect(refused).toMatchObject({ order: null, errors: [{ code: 'SHOP_CLOSED' }] });
    expect(await needs(browser)).toEqual(['SHOP_OPEN']);
    expect(await shop.sql(`SELECT FROM reservation WHERE status = 'ACTIVE'`)).toEqual([]);
    shop.clock.advance(48 * HOUR);
    expect(await needs(browser)).toEqual([]);
    expect((await complete(browser, cart)).errors).toEqual([]);
    shop.clock.advance(-48 * HOUR);
  });

  it('says when it takes orders again, also where nobody knows that yet', async () => {
    const DUE = `mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { errors { code ... on ShopClosedError { until } } } }`;
    const until = at(5);
    const browser = shop.guest();
    const cart = await cartOf(browser);
    const press = async (): Promise<Answer> =>
      (
        await browser.ask(DUE, {
          input: {
            ...{ idempotencyKey: crypto.randomUUID(), cartVersion: cart.version },
            expectedTotal: cart.total.gross.amount,
          },
        })
      ).checkoutComplete.errors;
    await close({ until });
    expect(await press()).toEqual([{ code: 'SHOP_CLOSED', until }]);

    await close({ from: at(-1), until: null });

    expect(await press()).toEqual([{ code: 'SHOP_CLOSED', until: null }]);
  });

  it('answers a repeat of an order that was placed before with that order, and lets it be paid', async () => {
    const browser = shop.guest();
    const cart = await cartOf(browser);
    const key = crypto.randomUUID();
    const placed = await complete(browser, cart, key);
    await close({ until: at(5) });

    const again = await complete(browser, cart, key);

    expect(again).toMatchObject({ order: { number: placed.order.number }, errors: [] });
    expect(again.paymentSession.clientSecret).toBe(placed.paymentSession.clientSecret);
  });

  it('is open before the holiday begins', async () => {
    await close({ from: at(2), until: at(4) });

    const browser = shop.guest();
    expect((await complete(browser, await cartOf(browser))).errors).toEqual([]);
  });

  it('tells buyers about it in their language, or in that of the shop', async () => {
    const [from, until] = [at(2), at(4)];
    await close({ from, until, translations: [{ locale: 'RO', message: '  Pauză de  Crăciun. ' }] });

    expect(await shown('ro')).toEqual({ from, until, message: 'Pauză de  Crăciun.' });
    expect(await shown('fr')).toMatchObject({ message: 'Pauză de  Crăciun.' });
    await close({ from: null, until: null });
    expect(await shown()).toBeNull();
  });

  it.each([
    ['ends before it begins', { from: '2027-01-02T00:00:00Z', until: '2027-01-01T00:00:00Z' }, ['until']],
    [
      'has an empty sentence',
      { translations: [{ locale: 'RO', message: ' ' }] },
      ['translations', '0', 'message'],
    ],
    [
      'says two things in one language',
      {
        translations: [
          { locale: 'RO', message: 'A' },
          { locale: 'RO', message: 'B' },
        ],
      },
      ['translations'],
    ],
    [
      'has a sentence that is a page',
      { translations: [{ locale: 'RO', message: 'x'.repeat(301) }] },
      ['translations', '0', 'message'],
    ],
  ])('is refused when it %s', async (_what, input, path) => {
    expect(await close(input)).toEqual([{ code: 'INVALID_INPUT', path }]);
  });
});
