import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buy, complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { accepted, OrderEditingDriver } from '@vitrine/testing/drivers/order-editing.js';
import { MoneyDriver } from '@vitrine/testing/drivers/money-driver.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { localId } from '../../src/kernel/ids.js';
import { shopDay } from '../../src/kernel/shop-time.js';

const ADD = `mutation($input: TaxRateAddInput!) { done: taxRateAdd(input: $input) {
  taxRate { id version from until status ratePercent name } errors { code path } } }`;
const DELETE = `mutation($input: TaxRateDeleteInput!) { done: taxRateDelete(input: $input) {
  taxRate { id } deletedTaxRateId errors { code path } } }`;
const RATES = `query($country: CountryCode) { taxRates(country: $country) { id taxClass ratePercent from until status version } }`;
const CART = `cart { version total { gross { amount } net { amount } } taxLines { name ratePercent base { amount } tax { amount } }
  warnings { code lineId } lines { id variant { taxRatePercent } } }`;

const DAY_MS = 86_400_000;
let shop: TestShop;
let staff: GraphqlClient;
let made = 0;
beforeAll(async () => {
  shop = await TestShop.open({ env: { PAYMENT_METHODS: 'card,cash_on_delivery' } });
  staff = await shop.staff();
});
afterAll(() => shop.close());

const codes = ({ errors }: Answer): string[] => errors.map(({ code }: Answer) => code);
/** The day in Romania, some days from now. */
const day = (after = 0): string =>
  shopDay(new Date(shop.clock.now().getTime() + after * DAY_MS), 'Europe/Bucharest');
const variant = (price = 12_100): Promise<string> =>
  shop.stock({ name: `Cană ${++made}`, sku: `TAX-${made}`, price, stock: 500 });

async function add(input: Answer, by = staff): Promise<Answer> {
  return (await by.ask(ADD, { input: { country: 'RO', taxClass: 'standard', ...input } })).done;
}
const remove = async ({ id, version }: Answer): Promise<Answer> =>
  (await staff.ask(DELETE, { input: { taxRateId: id, expectedVersion: version } })).done;
const ratesOf = async (country: string, taxClass = 'standard'): Promise<Answer[]> =>
  (await staff.ask(RATES, { country })).taxRates.filter((rate: Answer) => rate.taxClass === taxClass);
const seen = async (browser: GraphqlClient): Promise<Answer> => (await browser.ask(`{ ${CART} }`)).cart;
const taxesOf = (cart: Answer): string[] =>
  cart.taxLines.map(({ ratePercent, tax }: Answer) => `${ratePercent}: ${tax.amount}`);

async function fill(browser: GraphqlClient, variantId: string): Promise<Answer> {
  const text = `mutation($input: CartLineAddInput!) { cartLineAdd(input: $input) { ${CART} errors { code } } }`;
  return (await browser.ask(text, { input: { variantId, quantity: 1 } })).cartLineAdd.cart;
}

describe('the tax classes of the shop', () => {
  const CREATE = `mutation($input: TaxClassCreateInput!) { done: taxClassCreate(input: $input) {
    taxClass { id code name version isArchived ratePercent productCount } errors { code path } } }`;
  const ARCHIVE = `mutation($input: TaxClassArchiveInput!) { done: taxClassArchive(input: $input) {
    taxClass { version isArchived } errors { code } } }`;
  const archive = async ({ id, version }: Answer, isArchived = true): Promise<Answer> =>
    (await staff.ask(ARCHIVE, { input: { taxClassId: id, expectedVersion: version, isArchived } })).done;

  it('take another one for books, taxed by its own rate from its first day on', async () => {
    const translations = [
      { locale: 'RO', name: 'Cărți' },
      { locale: 'EN', name: 'Books' },
    ];
    const { taxClass } = (await staff.ask(CREATE, { input: { code: 'books', translations } })).done;
    expect(taxClass).toMatchObject({ code: 'books', name: 'Books', ratePercent: null, productCount: 0 });
    const put = async (): Promise<Answer> =>
      (
        await staff.ask(
          `mutation($input: ProductCreateInput!) { done: productCreate(input: $input) { errors { code path }
             product { variants { id taxRatePercent } } } }`,
          {
            input: {
              translations: [{ locale: 'RO', name: `Carte ${++made}` }],
              status: 'ACTIVE',
              taxClass: 'books',
              variants: [{ sku: `BOOK-${made}`, price: 10_500, stock: 9 }],
            },
          },
        )
      ).done;
    // Goods without a tax are sold by no shop.
    expect((await put()).errors).toEqual([{ code: 'NOT_FOUND', path: ['taxClass'] }]);

    expect(codes(await add({ taxClass: 'books', ratePercent: '5', from: day() }))).toEqual([]);

    const { product } = await put();
    expect(product.variants[0].taxRatePercent).toBe('5');
    expect(taxesOf(await fill(shop.guest(), product.variants[0].id))).toEqual(['5: 500']);
    expect(codes(await archive(taxClass))).toEqual(['TAX_CLASS_IN_USE']);
    await shop.sql(`UPDATE product SET status = 'ARCHIVED' WHERE tax_class = 'books'`);
    const archived = await archive(taxClass);
    expect(archived).toMatchObject({ errors: [], taxClass: { isArchived: true } });
    expect((await put()).errors).toEqual([{ code: 'NOT_FOUND', path: ['taxClass'] }]);
    expect(codes(await add({ taxClass: 'books', ratePercent: '9', from: day(3) }))).toEqual([
      'TAX_CLASS_ARCHIVED',
    ]);
    const back = await archive({ id: taxClass.id, version: archived.taxClass.version }, false);
    expect(back.taxClass.isArchived).toBe(false);
    expect((await put()).errors).toEqual([]);
  });

  it('keep the one that new products have', async () => {
    const { taxClasses } = await staff.ask('{ taxClasses { id code version isDefault } }');
    const standard = taxClasses.find(({ isDefault }: Answer) => isDefault);

    expect(standard.code).toBe('standard');
    expect(codes(await archive(standard))).toEqual(['TAX_CLASS_IN_USE']);
  });
});

describe('a rate', () => {
  it('of a day that is over, or of one that another begins on, is refused; once it has begun it is not deleted', async () => {
    const country = 'AT';
    expect(codes(await add({ country, ratePercent: '20', from: day(-1) }))).toEqual(['RATE_IN_FORCE']);
    const { taxRate } = await add({ country, ratePercent: '20', from: day() });
    expect(taxRate).toMatchObject({ from: day(), until: null, status: 'IN_FORCE', name: 'VAT' });

    expect(codes(await add({ country, ratePercent: '22', from: day() }))).toEqual(['RATE_IN_FORCE']);
    expect(codes(await remove(taxRate))).toEqual(['RATE_IN_FORCE']);
    const later = (await add({ country, ratePercent: '22', from: day(9) })).taxRate;
    expect(codes(await add({ country, ratePercent: '23', from: day(9) }))).toEqual(['RATE_EXISTS']);
    expect(codes(await add({ country: 'JP', ratePercent: '10', from: day() }))).toEqual(['NOT_FOUND']);
    expect(await ratesOf(country)).toMatchObject([
      { ratePercent: '22', from: day(9), until: null, status: 'PLANNED' },
      { ratePercent: '20', from: day(), until: day(9), status: 'IN_FORCE' },
    ]);

    expect(await remove(later)).toMatchObject({ deletedTaxRateId: later.id, errors: [] });
    expect(await ratesOf(country)).toMatchObject([{ ratePercent: '20', from: day(), until: null }]);
  });

  it('is held by the database too: none on the days of another, and one that has begun keeps all but its end', async () => {
    const broken = (text: string): Promise<unknown> => shop.sql(text).catch((error: Error) => error.message);

    expect(
      await broken(`INSERT INTO tax_rate (id, country_code, tax_class, name, rate_basis_points, validity)
        VALUES (new_id(), 'RO', 'standard', '{}', 900, daterange(current_date + 5, NULL))`),
    ).toMatch(/tax_rate_one_a_day/);
    for (const change of [
      'rate_basis_points = 900',
      `country_code = 'BG'`,
      `validity = daterange('2020-01-01', upper(validity))`,
      `validity = daterange(lower(validity), current_date - 3)`,
    ])
      expect(
        await broken(`UPDATE tax_rate SET ${change} WHERE country_code = 'RO' AND tax_class = 'exempt'`),
      ).toMatch(/only its end changes/);
    expect(await broken(`DELETE FROM tax_rate WHERE country_code = 'RO' AND tax_class = 'exempt'`)).toMatch(
      /is not deleted/,
    );
  });

  it('added by several people at once leaves no day with two rates, and none without', async () => {
    const country = 'BE';
    await add({ country, ratePercent: '21', from: day() });
    const days = [7, 3, 7, 5, 3, 9, 5, 7, 1];

    const outcomes = await Promise.all(
      days.map((after) => add({ country, ratePercent: String(after), from: day(after) })),
    );

    expect(outcomes.flatMap(codes).sort()).toEqual(Array(4).fill('RATE_EXISTS'));
    const rates = (await ratesOf(country)).toReversed();
    expect(rates.map(({ from }) => from)).toEqual([0, 1, 3, 5, 7, 9].map((after) => day(after)));
    expect(rates.map(({ until }) => until)).toEqual([...rates.slice(1).map(({ from }) => from), null]);
  });

  it('is shown beforehand for a country and a day, with what a price of 100.00 consists of', async () => {
    const text = `query($country: CountryCode!, $date: Date) { taxPreview(country: $country, date: $date) {
      taxClass isFromHome rate { ratePercent countryCode } example { net { amount } tax { amount } gross { amount } } } }`;
    const standardOf = async (country: string, date?: string): Promise<Answer> =>
      (await staff.ask(text, { country, date })).taxPreview.find(
        ({ taxClass }: Answer) => taxClass === 'standard',
      );
    await add({ country: 'FR', ratePercent: '20', from: day(2) });

    expect(await standardOf('FR')).toMatchObject({
      ...{ isFromHome: true, rate: { ratePercent: '21', countryCode: 'RO' } },
      example: { net: { amount: 8264 }, tax: { amount: 1736 }, gross: { amount: 10_000 } },
    });
    expect(await standardOf('FR', day(2))).toMatchObject({
      ...{ isFromHome: false, rate: { ratePercent: '20', countryCode: 'FR' } },
      example: { net: { amount: 8333 }, tax: { amount: 1667 } },
    });
  });
});

describe('a rate that staff add while the shop sells', () => {
  it('is in every process from the next request on, and no order has some of the old and some of the new', async () => {
    const other = await shop.beside();
    try {
      const [mug, bowl] = [await variant(), await variant(6_050)];
      // The delivery and both goods are of one class: each order has one rate.
      let isSelling = true;
      const selling = [shop, other, shop, other].map(async (process, of) => {
        const placed: string[] = [];
        for (let round = 0; isSelling || placed.length === 0; round++) {
          const browser = process.guest();
          const email = `during-${of}-${round}@example.test`;
          const lines = [mug, bowl].map((variantId) => ({ variantId, quantity: 1 }));
          const cart = await readyCart(browser, lines, email);
          const done = await complete(browser, cart, randomUUID(), 'CASH_ON_DELIVERY');
          expect(codes(done)).toEqual([]);
          placed.push(done.order.number);
        }
        return placed;
      });
      try {
        const { taxRate } = await add({ ratePercent: '19', from: day() });
        expect(taxRate.status).toBe('IN_FORCE');
        for (const process of [other, shop])
          expect(taxesOf(await fill(process.guest(), mug))).toEqual(['19: 1932']);
      } finally {
        isSelling = false;
      }
      const numbers = (await Promise.all(selling)).flat();

      const orders = await shop.sql<{ rates: number[]; lines: number[] }>(
        `SELECT (SELECT array_agg((l ->> 'basisPoints')::int) FROM jsonb_array_elements(tax_lines) l) AS rates,
           (SELECT array_agg(DISTINCT tax_basis_points) FROM order_line WHERE order_id = o.id) AS lines
         FROM shop_order o WHERE number = ANY($1)`,
        [numbers],
      );
      expect(orders).toHaveLength(numbers.length);
      for (const { rates, lines } of orders) {
        expect(lines).toEqual(rates);
        expect([[1900], [2100]]).toContainEqual(rates);
      }
      await assertLedgerBalances(shop);
    } finally {
      await other.close();
    }
  });
});

describe('a rate of a day to come', () => {
  it('holds from midnight of the shop on: carts that are open say so, and orders that were placed keep theirs', async () => {
    const [mug, jug] = [await variant(), await variant()];
    const placed = await buy(shop.guest(), [{ variantId: mug, quantity: 2 }], 'before@example.test');
    const cod = shop.guest();
    const cashOrder = accepted(
      await complete(
        cod,
        await readyCart(cod, [{ variantId: mug, quantity: 1 }], 'door@example.test'),
        randomUUID(),
        'CASH_ON_DELIVERY',
      ),
    ).order;
    const stored = (): Promise<unknown[]> =>
      shop.sql(`SELECT tax_lines, total_net, total_gross, shipping_rates FROM shop_order WHERE number = $1`, [
        placed.number,
      ]);
    const before = await stored();
    const open = shop.guest();
    expect(taxesOf(await fill(open, mug))).toEqual(['19: 1932']);

    const { taxRate } = await add({ ratePercent: '24', from: day(1) });
    expect(taxRate).toMatchObject({ status: 'PLANNED' });
    expect((await seen(open)).warnings).toEqual([]);
    expect(taxesOf(await seen(open))).toEqual(['19: 1932']);
    shop.clock.advance(DAY_MS);
    staff = await shop.staff();
    const driver = await OrderEditingDriver.open(shop);

    const cart = await seen(open);
    expect(taxesOf(cart)).toEqual(['24: 2342']);
    // Buyers pay what they were shown: the tax is another part of it.
    expect(cart.total.gross.amount).toBe(12_100);
    expect(cart.warnings).toEqual([{ code: 'TAX_CHANGED', lineId: cart.lines[0].id }]);
    expect(cart.lines[0].variant.taxRatePercent).toBe('24');
    expect(taxesOf(await fill(shop.guest(), mug))).toEqual(['24: 2342']);
    expect(codes(await remove((await ratesOf('RO'))[0] as Answer))).toEqual(['RATE_IN_FORCE']);

    expect(await stored()).toEqual(before);
    const refunded = await staff.ask(
      `mutation($input: OrderRefundInput!) { orderRefund(input: $input) { refund { amount { amount } } errors { code } } }`,
      {
        input: {
          orderId: placed.id,
          expectedVersion: (await driver.look(placed)).version,
          lines: [{ orderLineId: (await driver.look(placed)).lines[0].id, quantity: 1 }],
          idempotencyKey: randomUUID(),
        },
      },
    );
    expect(refunded.orderRefund.errors).toEqual([]);
    const [line] = await shop.sql<{ amount: string; tax: string }>(
      `SELECT l.amount, l.tax FROM order_refund_line l JOIN order_refund d ON d.id = l.order_refund_id
       JOIN shop_order o ON o.id = d.order_id WHERE o.number = $1`,
      [placed.number],
    );
    expect([Number(line?.amount), Number(line?.tax)]).toEqual([12_100, 1_932]);

    // What is added to an order that was placed before has the rate of that day.
    const look = await driver.look(cashOrder);
    const edited = accepted(
      await driver.edit(look, [
        { variantId: mug, quantity: 1 },
        { variantId: jug, quantity: 1 },
      ]),
    );
    expect(edited.order.total.gross.amount).toBeGreaterThan(look.total.gross.amount);
    const [order] = await shop.sql<{ rates: number[]; lines: number[] }>(
      `SELECT (SELECT array_agg((l ->> 'basisPoints')::int) FROM jsonb_array_elements(tax_lines) l) AS rates,
         (SELECT array_agg(DISTINCT tax_basis_points) FROM order_line WHERE order_id = o.id) AS lines
       FROM shop_order o WHERE number = $1`,
      [cashOrder.number],
    );
    expect(order).toEqual({ rates: [1900], lines: [1900] });
    await assertLedgerBalances(shop);
  });

  it('is that of the day on which an order is placed, not of the one on which its cart was filled', async () => {
    const browser = shop.guest();
    const ready = await readyCart(
      browser,
      [{ variantId: await variant(), quantity: 1 }],
      'late@example.test',
    );
    await add({ ratePercent: '25', from: day(1) });
    shop.clock.advance(DAY_MS);
    staff = await shop.staff();

    const done = await complete(browser, ready, randomUUID(), 'CASH_ON_DELIVERY');

    expect(codes(done)).toEqual([]);
    const [order] = await shop.sql<{ rates: number[] }>(
      `SELECT (SELECT array_agg((l ->> 'basisPoints')::int) FROM jsonb_array_elements(tax_lines) l) AS rates
       FROM shop_order o WHERE number = $1`,
      [done.order.number],
    );
    expect(order?.rates).toEqual([2500]);
  });

  it('is that of the day also where an order waited past midnight for its goods; a draft says that its taxes are others', async () => {
    const goods = { variantId: await variant(), quantity: 1 };
    const browser = shop.guest();
    const ready = await readyCart(browser, [goods], 'midnight@example.test');
    staff = await shop.staff();
    await add({ ratePercent: '26', from: day(1) });
    const done = await overMidnight(goods, () => complete(browser, ready, randomUUID(), 'CASH_ON_DELIVERY'));
    expect(codes(done)).toEqual([]);
    expect(await ratesOfOrder(done.order)).toEqual([2600]);

    // The money of a sold order goes into an exchange, which is ordered and taxed on the new day as well.
    staff = await shop.staff();
    const money = await MoneyDriver.open(shop);
    const back = await money.sentBack(await money.paid([{ price: 12_100, quantity: 1 }], 0), 0, 1);
    const draft = await money.driver.drafted([goods]);
    await add({ ratePercent: '27', from: day(1) });
    expect(await overMidnight(goods, () => money.driver.send(draft))).toMatchObject({
      order: { status: 'DRAFT' },
      errors: [{ code: 'PRICE_CHANGED' }],
    });

    staff = await shop.staff();
    await add({ ratePercent: '28', from: day(1) });
    const { staff: clerk } = await MoneyDriver.open(shop);
    const input = { returnId: back.id, expectedVersion: back.version, idempotencyKey: randomUUID() };
    const exchanged = await overMidnight({ variantId: back.lines[0].orderLine.variant.id }, () =>
      clerk.do('returnExchange', 'ReturnExchangeInput', input, 'return { exchangeOrder { number } }'),
    );
    expect(await ratesOfOrder(exchanged.return.exchangeOrder)).toEqual([2800]);
    await assertLedgerBalances(shop);
  });

  it('is changed by the day of the change, also where it waited past midnight for a colleague', async () => {
    await shop.sql('DELETE FROM rate_limit');
    staff = await shop.staff();
    const country = 'CZ';
    const today = day();
    const late = await overMidnight({ country }, () => add({ country, ratePercent: '21', from: today }));
    expect(codes(late)).toEqual(['RATE_IN_FORCE']);

    staff = await shop.staff();
    const { taxRate } = await add({ country, ratePercent: '19', from: day(1) });
    expect(codes(await overMidnight({ country }, () => remove(taxRate)))).toEqual(['RATE_IN_FORCE']);
    staff = await shop.staff();
    expect(await ratesOf(country)).toMatchObject([{ ratePercent: '19', status: 'IN_FORCE' }]);
  });
});

/** The tax rates of an order, as it has stored them. */
async function ratesOfOrder({ number }: Answer): Promise<unknown> {
  const [order] = await shop.sql<{ rates: number[] }>(
    `SELECT array_agg(DISTINCT l.tax_basis_points) AS rates FROM order_line l JOIN shop_order o ON o.id = l.order_id WHERE o.number = $1`,
    [number],
  );
  return order?.rates;
}

/** Has somebody wait for the stock of a variant, or for the rates of a country, until another day has begun. */
async function overMidnight(
  held: { variantId: string } | { country: string },
  press: () => Promise<Answer>,
): Promise<Answer> {
  const [table, where, value] =
    'country' in held
      ? ['country', 'code', held.country]
      : ['stock_level', 'variant_id', localId('vari', held.variantId)];
  const { answer } = await shop.shop.database.transaction(async ({ client }) => {
    await client.query(`SELECT FROM ${table} WHERE ${where} = $1 FOR UPDATE`, [value]);
    const pressed = { answer: press() };
    await shop.eventually(async () => {
      const waiting = await shop.sql(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0 AND query LIKE '%${table}%'`,
      );
      return waiting.length > 0;
    });
    shop.clock.advance(DAY_MS);
    return pressed;
  });
  return answer;
}
