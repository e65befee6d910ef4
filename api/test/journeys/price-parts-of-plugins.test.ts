import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { complete, GOOD_CARD, payWith, readyCart } from '@vitrine/testing/drivers/checkout.js';
import { GraphqlClient, type Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { countStatements } from '@vitrine/testing/shop/statement-counter.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';
import {
  defineModule,
  handleCartPriced,
  localId,
  statement,
  t,
  type CartToPrice,
  type HookQuerying,
  type PricePart,
} from '../../src/plugin/index.js';

const NAME = { en: 'Gift wrap', ro: 'Ambalaj cadou', fr: 'Papier cadeau' };

const wrapsOf = statement('wrapPrice.of-cart', {
  params: { cartId: t.uuid },
  row: { price: t.int },
  sql: 'SELECT p.price FROM wrap_choice c JOIN wrap_price p ON p.id = c.wrap WHERE c.cart_id = :cartId',
});
const wait = statement('wrapPrice.wait', { row: { pg_sleep: t.nothing }, sql: 'SELECT pg_sleep(20)' });
const broken = statement('wrapPrice.broken', { row: { one: t.int }, sql: 'SELECT 1 / 0 AS one' });

type Wrap = { readonly price: number } | null;
const readWrap = (querying: Pick<HookQuerying, 'row' | 'rows'>, { id }: CartToPrice): Promise<Wrap> =>
  querying.row(wrapsOf, { cartId: id });
const priceWrap = (_cart: CartToPrice, wrap: Wrap): PricePart[] =>
  wrap ? [{ kind: 'CHARGE', code: 'WRAP', name: NAME, amount: wrap.price }] : [];

/** What the plugins do; each test sets its own. */
const acts = { read: readWrap, price: priceWrap, club: (_cart: CartToPrice): readonly PricePart[] => [] };

const wrapModule = defineModule({
  ...{ name: 'wrapPrice', dependsOn: [], entities: [], resolvers: [] },
  tables: { wrap_price: 'Kept: what the shop offers.', wrap_choice: 'Deleted with its cart.' },
  migrations: [
    {
      name: '001-wraps',
      up: `CREATE TABLE wrap_price (id int PRIMARY KEY, price bigint NOT NULL);
        CREATE TABLE wrap_choice (cart_id uuid PRIMARY KEY REFERENCES cart ON DELETE CASCADE, wrap int NOT NULL REFERENCES wrap_price);
        INSERT INTO wrap_price VALUES (1, 1500);`,
      down: 'DROP TABLE wrap_choice; DROP TABLE wrap_price',
    },
  ],
  setup: () => ({
    services: {},
    resolvers: [],
    hooks: [
      handleCartPriced({
        read: (querying, cart) => acts.read(querying, cart),
        price: (cart, wrap) => acts.price(cart, wrap),
      }),
    ],
  }),
});
/** Another plugin, which needs to read nothing. */
const clubModule = defineModule({
  ...{ name: 'club', dependsOn: [], entities: [], tables: {}, resolvers: [] },
  setup: () => ({
    services: {},
    resolvers: [],
    hooks: [handleCartPriced({ read: () => Promise.resolve(null), price: (cart) => acts.club(cart) })],
  }),
});

let shop: TestShop;
let staff: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open({
    modules: [wrapModule, clubModule],
    env: { SHOP_LANGUAGE: 'en', ADMIN_ALERT_EMAIL: 'owner@example.test' },
  });
  staff = await shop.staff();
});
afterEach(async () => {
  Object.assign(acts, { read: readWrap, price: priceWrap, club: () => [] });
  await shop.sql('UPDATE wrap_price SET price = 1500');
  vi.restoreAllMocks();
});
afterAll(() => shop.close());

const PRICE = `id version missingSteps warnings { code } subtotal { gross { amount } } shipping { gross { amount } }
  total { gross { amount } tax { amount } } taxLines { ratePercent base { amount } tax { amount } } lines { id total { gross { amount } } }
  adjustments { code kind name amount { amount } tax { amount } taxRatePercent taxRates { ratePercent amount { amount } tax { amount } } shares { lineId amount { amount } } }`;
const ORDER = `query($id: ID!) { order(id: $id) { id number status version discount { amount } refundable { amount } subtotal { gross { amount } } shipping { gross { amount } }
  total { gross { amount } tax { amount } } lines { id quantity variant { id } discount { amount } total { gross { amount } } }
  adjustments { code kind name amount { amount } tax { amount } taxRatePercent taxRates { ratePercent amount { amount } tax { amount } } shares { lineId amount { amount } } }
  refunds { amount { amount } charges { code name amount { amount } } status } } }`;
const REFUND = `mutation($input: OrderRefundInput!) { orderRefund(input: $input) { order { id version } refund { amount { amount }
  charges { code name amount { amount } } } errors { code path message } } }`;
const PREVIEW = `query($input: OrderRefundPreviewInput!) { orderRefundPreview(input: $input) { amount { amount } tax { amount } charges { code amount { amount } } } }`;

const cartOf = async (browser: GraphqlClient): Promise<Answer> =>
  (await browser.ask(`{ cart { ${PRICE} } }`)).cart;
const read = async (id: string): Promise<Answer> => (await staff.ask(ORDER, { id })).order;
const codesOf = ({ errors }: Answer): string[] => errors.map(({ code }: Answer) => code);

let made = 0;
interface Buyer {
  readonly browser: GraphqlClient;
  readonly cart: Answer;
}
/** A guest with a cart that is ready, wrapped unless said otherwise. */
async function buyer({ prices = [5000], quantity = 2, isWrapped = true } = {}): Promise<Buyer> {
  const lines: { variantId: string; quantity: number }[] = [];
  for (const price of prices) {
    const sku = `PART-${++made}`;
    lines.push({ variantId: await shop.stock({ name: sku, sku, price, stock: 20 }), quantity });
  }
  const browser = shop.guest();
  const { id } = await readyCart(browser, lines, `part${made}@example.test`);
  if (isWrapped) await shop.sql('INSERT INTO wrap_choice VALUES ($1, 1)', [localId('cart', id)]);
  return { browser, cart: await cartOf(browser) };
}
async function paid(over: Parameters<typeof buyer>[0] = {}): Promise<Answer> {
  const { browser, cart } = await buyer(over);
  const done = await complete(browser, cart);
  expect(done.errors).toEqual([]);
  await payWith(browser, done.paymentSession.clientSecret, GOOD_CARD);
  return read(done.order.id);
}
const documentsOf = ({
  number,
}: Answer): Promise<{ kind: string; lines: Answer[]; total: Answer; taxes: Answer[] }[]> =>
  shop.sql(
    `SELECT i.kind, i.content -> 'lines' AS lines, i.content -> 'total' AS total, i.content -> 'taxes' AS taxes
     FROM invoice i JOIN shop_order o ON o.id = i.order_id WHERE o.number = $1 ORDER BY i.number`,
    [number],
  );
const refund = async (input: object): Promise<Answer> =>
  (await staff.ask(REFUND, { input: { idempotencyKey: randomUUID(), ...input } })).orderRefund;

describe('a gift wrap that a plugin charges', () => {
  it('stands in the cart with its reason and tax, and the total includes it', async () => {
    const { browser, cart } = await buyer();

    expect(cart.adjustments).toEqual([
      {
        ...{ code: 'wrapPrice.WRAP', kind: 'CHARGE', name: 'Gift wrap', amount: { amount: 1500 } },
        ...{ tax: { amount: 260 }, taxRatePercent: '21', shares: [] },
        taxRates: [{ ratePercent: '21', amount: { amount: 1500 }, tax: { amount: 260 } }],
      },
    ]);
    expect(cart.total.gross.amount).toBe(cart.subtotal.gross.amount + cart.shipping.gross.amount + 1500);
    expect(cart.subtotal.gross.amount).toBe(10_000);
    expect(cart.total.gross.amount).toBe(
      cart.taxLines.reduce((sum: number, { base, tax }: Answer) => sum + base.amount + tax.amount, 0),
    );
    expect(cart.missingSteps).toEqual([]);
    const inRomanian = { 'accept-language': 'ro', cookie: browser.cookieHeader() };
    const said = await new GraphqlClient(shop.url, inRomanian).ask('{ cart { adjustments { name } } }');
    expect(said.cart.adjustments).toEqual([{ name: 'Ambalaj cadou' }]);
  });

  it('goes from the order to the invoice, and with a refund of it to the credit note', async () => {
    const order = await paid();

    expect(order.adjustments).toMatchObject([
      {
        code: 'wrapPrice.WRAP',
        kind: 'CHARGE',
        name: 'Gift wrap',
        amount: { amount: 1500 },
        tax: { amount: 260 },
      },
    ]);
    expect(order.total.gross.amount).toBe(order.subtotal.gross.amount + order.shipping.gross.amount + 1500);
    await workIsDone(shop);
    const [invoice] = await documentsOf(order);
    expect(invoice?.lines.at(-1)).toMatchObject({
      kind: 'CHARGE',
      name: 'Gift wrap',
      net: 1240,
      gross: 1500,
    });
    expect(invoice?.total.gross).toBe(order.total.gross.amount);

    const parts = { orderId: order.id, charges: [{ code: 'wrapPrice.WRAP', amount: 1000 }] };
    const foreseen = (await staff.ask(PREVIEW, { input: parts })).orderRefundPreview;
    expect(foreseen).toMatchObject({ amount: { amount: 1000 }, tax: { amount: 173 } });
    const first = await refund({ ...parts, expectedVersion: order.version });
    expect(first.errors).toEqual([]);
    expect(first.refund.charges).toEqual([
      { code: 'wrapPrice.WRAP', name: 'Gift wrap', amount: { amount: 1000 } },
    ]);
    await workIsDone(shop);

    // Of the charge 500 are left: more is refused.
    const { version } = await read(order.id);
    const more = await refund({ ...parts, expectedVersion: version });
    expect(more.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['charges', '0', 'amount'] }]);
    const rest = { ...parts, charges: [{ code: 'wrapPrice.WRAP', amount: 500 }], expectedVersion: version };
    const lines = order.lines.map(({ id, quantity }: Answer) => ({ orderLineId: id, quantity }));
    const last = await refund({ ...rest, lines, shipping: order.shipping.gross.amount });
    expect(last.errors).toEqual([]);
    await workIsDone(shop);

    const [, credit, whole] = await documentsOf(order);
    expect(credit).toMatchObject({ kind: 'CREDIT_NOTE', lines: [{ kind: 'CHARGE', net: 827, gross: 1000 }] });
    expect(whole?.lines.at(-1)).toMatchObject({ kind: 'CHARGE', net: 413, gross: 500 });
    expect((await read(order.id)).status).toBe('REFUNDED');
    await assertLedgerBalances(shop);
  });

  it('goes back with everything when the order is cancelled', async () => {
    const order = await paid();
    const cancel = `mutation($input: OrderCancelInput!) { orderCancel(input: $input) { errors { code } } }`;
    const input = { orderId: order.id, expectedVersion: order.version, idempotencyKey: randomUUID() };
    expect((await staff.ask(cancel, { input })).orderCancel.errors).toEqual([]);
    await workIsDone(shop);

    const [given] = (await read(order.id)).refunds;
    expect(given).toMatchObject({ amount: order.total.gross, charges: [{ amount: { amount: 1500 } }] });
    const [, credit] = await documentsOf(order);
    expect(credit?.lines.map(({ kind }) => kind)).toEqual(['GOODS', 'SHIPPING', 'CHARGE']);
  });

  it('stays as agreed when the order is edited, whatever the plugin would say today', async () => {
    const order = await paid();
    await shop.sql('UPDATE wrap_price SET price = 9900');
    const lines = [{ variantId: order.lines[0].variant.id, quantity: 1 }];
    const preview = `query($input: OrderEditPreviewInput!) { orderEditPreview(input: $input) { totalAfter { amount } } }`;
    const { totalAfter } = (await staff.ask(preview, { input: { orderId: order.id, lines } }))
      .orderEditPreview;
    expect(totalAfter.amount).toBe(order.total.gross.amount - 5000);
    const edit = `mutation($input: OrderEditInput!) { orderEdit(input: $input) { errors { code } } }`;
    const input = {
      ...{ orderId: order.id, expectedVersion: order.version, lines, expectedTotal: totalAfter.amount },
      idempotencyKey: randomUUID(),
    };
    expect((await staff.ask(edit, { input })).orderEdit.errors).toEqual([]);
    await workIsDone(shop);

    expect((await read(order.id)).adjustments).toEqual(order.adjustments);
    await assertLedgerBalances(shop);
  });

  it('is named in the confirmation of the order', async () => {
    await paid();
    await workIsDone(shop);

    const [mail] = await shop.sql<{ text: string; html: string }>(
      `SELECT text, html FROM dev_inbox WHERE recipient = $1 AND text LIKE '%we will pack it%' OR recipient = $1 AND text LIKE '%We will pack it%'`,
      [`part${made}@example.test`],
    );
    expect(mail?.text).toMatch(/^Gift wrap: .*15\b/m);
    expect(mail?.html).toContain('Gift wrap');
  });

  it('is summed up in the export of orders', async () => {
    const { number } = await paid();
    const create =
      'mutation($input: OrderExportCreateInput!) { orderExportCreate(input: $input) { job { id } errors { code } } }';
    const { job } = (await staff.ask(create, { input: { idempotencyKey: randomUUID() } })).orderExportCreate;
    const done = await shop.eventually(async () => {
      const look = 'query($id: ID!) { job(id: $id) { status resultUrl } }';
      const found = (await staff.ask(look, { id: job.id })).job;
      return found.status === 'SUCCEEDED' && found;
    });

    const text = await (await fetch(`${shop.url}${String(done.resultUrl)}`)).text();

    const [header = '', ...rows] = text.trim().split('\r\n');
    const column = header.split(',').indexOf('charges');
    const row = rows.find((candidate) => candidate.startsWith(`${String(number)},`)) ?? '';
    // Fields that need quotes stand before; those that follow are codes and sums.
    expect(row.split(',').at(column - header.split(',').length)).toBe('15.00');
  });
});

describe('a charge that names no class of tax', () => {
  it('has the rates of the goods, in the cart, on the invoice and on each credit note', async () => {
    const { browser, cart: first } = await buyer({ prices: [6000, 4000], quantity: 1 });
    await shop.sql(
      `UPDATE product SET tax_class = 'reduced' WHERE id = (SELECT product_id FROM variant WHERE sku = $1)`,
      [`PART-${made}`],
    );
    const cart = await cartOf(browser);

    // 15.00 beside goods of 60.00 at 21 % and 40.00 at 11 %.
    expect(first.adjustments).toMatchObject([{ taxRatePercent: '21', taxRates: [{ ratePercent: '21' }] }]);
    expect(cart.adjustments).toMatchObject([
      {
        ...{ amount: { amount: 1500 }, tax: { amount: 59 + 156 }, taxRatePercent: null },
        taxRates: [
          { ratePercent: '11', amount: { amount: 600 }, tax: { amount: 59 } },
          { ratePercent: '21', amount: { amount: 900 }, tax: { amount: 156 } },
        ],
      },
    ]);
    expect(cart.total.gross.amount).toBe(
      cart.taxLines.reduce((sum: number, { base, tax }: Answer) => sum + base.amount + tax.amount, 0),
    );

    const done = await complete(browser, cart);
    await payWith(browser, done.paymentSession.clientSecret, GOOD_CARD);
    const order = await read(done.order.id);
    expect(order.adjustments).toEqual(cart.adjustments);
    const half = { orderId: order.id, charges: [{ code: 'wrapPrice.WRAP', amount: 751 }] };
    const { refund: given } = await refund({ ...half, expectedVersion: order.version });
    expect(given.charges).toEqual([{ code: 'wrapPrice.WRAP', name: 'Gift wrap', amount: { amount: 751 } }]);
    await workIsDone(shop);
    const { version } = await read(order.id);
    const rest = { ...half, charges: [{ code: 'wrapPrice.WRAP', amount: 749 }], expectedVersion: version };
    expect((await refund(rest)).errors).toEqual([]);
    await workIsDone(shop);

    const [invoice, one, other] = (await documentsOf(order)).map(({ lines }) =>
      lines
        .filter(({ kind }) => kind === 'CHARGE')
        .map(({ basisPoints, net, gross }) => [basisPoints, net, gross]),
    );
    expect(invoice).toEqual([
      [1100, 541, 600],
      [2100, 744, 900],
    ]);
    expect(one).toEqual([
      [1100, 270, 300],
      [2100, 373, 451],
    ]);
    expect(other).toEqual([
      [1100, 271, 300],
      [2100, 371, 449],
    ]);
    await assertLedgerBalances(shop);
  });
});

describe('a discount that a plugin gives', () => {
  it('is shared by the lines to the unit, in the cart as on the order, and goes with the units that are sent back', async () => {
    acts.club = ({ lines }) => [
      { kind: 'DISCOUNT', code: 'CLUB', name: { en: 'Club' }, amount: 1000 },
      {
        kind: 'DISCOUNT',
        code: 'FIRST',
        name: { en: 'First' },
        amount: 501,
        lineIds: [lines[0]?.id ?? ''],
        position: -1,
      },
    ];
    const { browser, cart } = await buyer({ prices: [3333, 3333, 999], quantity: 1 });

    expect(cart.adjustments.map(({ code }: Answer) => code)).toEqual([
      'club.FIRST',
      'club.CLUB',
      'wrapPrice.WRAP',
    ]);
    const [first, club] = cart.adjustments;
    expect(first.shares).toEqual([{ lineId: cart.lines[0].id, amount: { amount: 501 } }]);
    expect(club.shares.reduce((sum: number, { amount }: Answer) => sum + amount.amount, 0)).toBe(1000);
    expect(cart.subtotal.gross.amount).toBe(3333 + 3333 + 999 - 1501);

    const done = await complete(browser, cart);
    await payWith(browser, done.paymentSession.clientSecret, GOOD_CARD);
    const order = await read(done.order.id);
    expect(order.discount.amount).toBe(1501);
    expect(order.adjustments.slice(0, 2).map(({ amount }: Answer) => amount.amount)).toEqual([501, 1000]);
    for (const [i, line] of order.lines.entries()) {
      expect(line.total).toEqual(cart.lines[i].total);
      const shares = order.adjustments.flatMap(({ shares: all }: Answer) => all);
      const own = shares.filter(({ lineId }: Answer) => lineId === line.id);
      expect(own.reduce((sum: number, { amount }: Answer) => sum + amount.amount, 0)).toBe(
        line.discount.amount,
      );
    }
    const back = await refund({
      ...{ orderId: order.id, expectedVersion: order.version },
      lines: [{ orderLineId: order.lines[0].id, quantity: 1 }],
    });
    expect(back.refund.amount).toEqual(order.lines[0].total.gross);
    await assertLedgerBalances(shop);
  });

  it('takes off no more than the goods cost', async () => {
    acts.club = () => [{ kind: 'DISCOUNT', code: 'CLUB', name: { en: 'Club' }, amount: 999_999 }];
    const { cart } = await buyer({ isWrapped: false });

    expect(cart.subtotal.gross.amount).toBe(0);
    expect(cart.adjustments).toMatchObject([{ amount: { amount: 10_000 } }]);
  });
});

describe('a discount that takes nothing off', () => {
  it.each<[string, (cart: CartToPrice) => readonly PricePart[]]>([
    [
      'because it is for no line',
      () => [{ kind: 'DISCOUNT', code: 'CLUB', name: NAME, amount: 9, lineIds: [] }],
    ],
    [
      'because an earlier one took all',
      () =>
        ['A', 'B'].map((code) => ({
          kind: 'DISCOUNT' as const,
          code,
          name: NAME,
          amount: 1_000_000_000_000,
        })),
    ],
    [
      'beside one that names a line twice',
      ({ lines: [line] }) => [
        { kind: 'DISCOUNT', code: 'CLUB', name: NAME, amount: 9, lineIds: [line!.id, line!.id] },
        { kind: 'DISCOUNT', code: 'NONE', name: NAME, amount: 0 },
      ],
    ],
  ])('%s, is ordered like any other', async (_why, club) => {
    acts.club = club;
    const { browser, cart } = await buyer();

    const done = await complete(browser, cart);

    expect(done.errors).toEqual([]);
    expect((await read(done.order.id)).total).toEqual(cart.total);
    expect(cart.adjustments.every(({ amount }: Answer) => amount.amount > 0)).toBe(true);
    await assertLedgerBalances(shop);
  });
});

describe('while the plugin fails', () => {
  it.each<[string, Partial<typeof acts>]>([
    [
      'by throwing',
      {
        price: () => {
          throw new TypeError('ribbon is undefined');
        },
      },
    ],
    ['with a statement', { read: (querying) => querying.row(broken) as Promise<never> }],
    ['by taking too long', { read: (querying) => querying.row(wait) as Promise<never> }],
    ['with half a ban', { price: () => [{ kind: 'CHARGE', code: 'WRAP', name: NAME, amount: 0.5 }] }],
    ['with a price below zero', { price: () => [{ kind: 'CHARGE', code: 'WRAP', name: NAME, amount: -1 }] }],
    ['with no name', { price: () => [{ kind: 'CHARGE', code: 'WRAP', name: {}, amount: 1 }] }],
    ...(['a page of a name '.repeat(20), 'zero\0byte', 'half a character \ud83d', 'two\nlines'] as const).map(
      (en): [string, Partial<typeof acts>] => [
        `with the name ${JSON.stringify(en.slice(0, 20))}, which no order or document can hold`,
        { price: () => [{ kind: 'CHARGE', code: 'WRAP', name: { en }, amount: 1 }] },
      ],
    ),
    [
      'with one code twice',
      { price: (cart) => [...priceWrap(cart, { price: 1 }), ...priceWrap(cart, { price: 2 })] },
    ],
    [
      'with a tax class that the shop does not have',
      { price: () => [{ kind: 'CHARGE', code: 'WRAP', name: NAME, amount: 1, taxClass: 'paper' }] },
    ],
    [
      'with a line of another cart',
      { price: () => [{ kind: 'DISCOUNT', code: 'WRAP', name: NAME, amount: 1, lineIds: [randomUUID()] }] },
    ],
    ['with a promise instead of parts', { price: (async () => []) as unknown as typeof priceWrap }],
  ])('%s, the cart says so, nothing can be ordered, and nothing is lost', async (_how, failing) => {
    const { browser, cart } = await buyer();
    const error = vi.spyOn(shop.shop.logger, 'error');
    Object.assign(acts, failing);

    const shown = await cartOf(browser);
    const refused = await complete(browser, cart);

    expect(shown.missingSteps).toEqual(['PRICE']);
    expect(shown.warnings).toEqual([{ code: 'PRICE_INCOMPLETE' }]);
    expect(shown.adjustments).toEqual([]);
    expect(codesOf(refused)).toEqual(['PLUGIN_FAILED']);
    expect(refused.order).toBeNull();
    const faults = error.mock.calls.filter(([said]) => {
      const { plugin, hook } = said as unknown as { plugin?: string; hook?: string };
      return plugin === 'wrapPrice' && hook === 'cart.priced';
    });
    expect(faults.length).toBeGreaterThanOrEqual(2);

    Object.assign(acts, { read: readWrap, price: priceWrap });
    expect((await complete(browser, cart)).errors).toEqual([]);
  });

  it('a change of the cart is kept all the same', async () => {
    const { browser, cart } = await buyer();
    acts.price = () => {
      throw new Error('no ribbon');
    };
    const set = `mutation($input: CartLinesUpdateInput!) { cartLinesUpdate(input: $input) { cart { ${PRICE} } errors { code } } }`;
    const input = { lines: [{ lineId: cart.lines[0].id, quantity: 3 }] };

    const changed = (await browser.ask(set, { input })).cartLinesUpdate;

    expect(changed).toMatchObject({ errors: [], cart: { missingSteps: ['PRICE'] } });
    acts.price = priceWrap;
    expect((await cartOf(browser)).subtotal.gross.amount).toBe(15_000);
  });

  it('tells the owner once an hour, and staff see it at the plugin', async () => {
    const { plugins } = await staff.ask('{ plugins { name hooks lastFault { hook } } }');

    expect(plugins.find(({ name }: Answer) => name === 'wrapPrice')).toMatchObject({
      hooks: ['cart.priced'],
      lastFault: { hook: 'cart.priced' },
    });
  });
});

describe('the price that the buyer agreed to', () => {
  it('is what the order costs: another one of the plugin is told first', async () => {
    const { browser, cart } = await buyer();
    await shop.sql('UPDATE wrap_price SET price = 1600');

    const refused = await complete(browser, cart);

    expect(refused.errors).toMatchObject([
      { code: 'PRICE_CHANGED', currentTotal: { amount: cart.total.gross.amount + 100 } },
    ]);
    expect((await complete(browser, await cartOf(browser))).order.total.gross.amount).toBe(
      cart.total.gross.amount + 100,
    );
  });

  it('is never another while the plugin changes its price and two tabs order at once', async () => {
    for (let round = 0; round < 20; round++) {
      await shop.sql('UPDATE wrap_price SET price = 1500');
      const { browser, cart } = await buyer();
      const [one, other] = await Promise.all([
        complete(browser, cart),
        complete(browser, cart),
        shop.sql('UPDATE wrap_price SET price = 1700'),
      ]);

      const orders = [one, other].flatMap(({ order }) => (order ? [order] : []));
      expect(new Set(orders.map(({ id }: Answer) => id)).size).toBeLessThanOrEqual(1);
      for (const { id } of orders) {
        const order = await read(id);
        expect(order.total.gross.amount).toBe(cart.total.gross.amount);
        expect(order.adjustments).toMatchObject([{ amount: { amount: 1500 } }]);
      }
      for (const { order, errors } of [one, other])
        if (!order)
          expect(errors).toMatchObject([
            { code: 'PRICE_CHANGED', currentTotal: { amount: cart.total.gross.amount + 200 } },
          ]);
    }
    await assertLedgerBalances(shop);
  });
});

it('asks the database once more for a cart, and not for an empty one', async () => {
  const quiet = await TestShop.open({ worker: false, modules: [wrapModule] });
  const variantId = await quiet.stock({ name: 'Mug', sku: 'PART-BUDGET', price: 5000, stock: 5 });
  const browser = quiet.guest();
  await browser.ask(
    `mutation($id: ID!) { cartLineAdd(input: { variantId: $id, quantity: 1 }) { errors { code } } }`,
    { id: variantId },
  );

  // The worker of the other shop sends statements whenever it likes.
  const { texts } = await countStatements(
    () => browser.ask(`{ cart { ${PRICE.replace('missingSteps', '')} } }`),
    quiet.shop.env.database.url,
  );
  // Nobody waits for the notification of what was received into stock, which may come late.
  const asked = texts.filter((text) => !text.includes('pg_notify'));

  expect(asked.length, asked.join('\n')).toBe(2);
  await quiet.close();
});
