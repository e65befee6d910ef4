import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { complete, GOOD_CARD, payWith, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { accepted, codes, OrderEditingDriver } from '@vitrine/testing/drivers/order-editing.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';
import {
  defineModule,
  handleCartPriced,
  localId,
  type CartToPrice,
  type DraftToPrice,
  type PricePart,
} from '../../src/plugin/index.js';

/* Parts that plugins have of the price of orders that staff draw up; exchanges and edits have none. */

const charge = (code: string, amount: number): PricePart => ({
  ...{ kind: 'CHARGE', code, amount, name: { en: `The ${code}` } },
});
const PARTS: readonly PricePart[] = [
  { kind: 'DISCOUNT', code: 'CLUB', name: { en: 'Club' }, amount: 501 },
  charge('WRAP', 777),
];
const acts = { price: (_priced: CartToPrice | DraftToPrice): readonly PricePart[] => PARTS };
const asked: (CartToPrice | DraftToPrice)[] = [];
const onlyCarts = vi.fn((_priced: CartToPrice): PricePart[] => []);

const clubModule = defineModule({
  ...{ name: 'club', dependsOn: [], entities: [], tables: {}, resolvers: [] },
  setup: () => ({
    services: {},
    resolvers: [],
    hooks: [
      handleCartPriced({
        kinds: ['CART', 'DRAFT'],
        read: () => Promise.resolve(null),
        price: (priced) => {
          asked.push(priced);
          return acts.price(priced);
        },
      }),
    ],
  }),
});
const cartsModule = defineModule({
  ...{ name: 'carts', dependsOn: [], entities: [], tables: {}, resolvers: [] },
  setup: () => ({
    services: {},
    resolvers: [],
    hooks: [handleCartPriced({ read: () => Promise.resolve(null), price: onlyCarts })],
  }),
});

let shop: TestShop;
let driver: OrderEditingDriver;
beforeAll(async () => {
  shop = await TestShop.open({ modules: [clubModule, cartsModule], env: { RETURN_DAYS: '365' } });
  driver = await OrderEditingDriver.open(shop);
});
afterEach(() => {
  acts.price = () => PARTS;
  asked.length = 0;
  onlyCarts.mockClear();
});
afterAll(() => shop.close());

let made = 0;
async function goods(price = 5000): Promise<{ variantId: string; quantity: number }[]> {
  const sku = `DRAWN-${++made}`;
  return [{ variantId: await shop.stock({ name: sku, sku, price, stock: 20 }), quantity: 2 }];
}

const ADJUSTMENTS = 'adjustments { code kind name amount { amount } shares { lineId amount { amount } } }';
const PREVIEW = `query($input: DraftOrderPreviewInput!) { draftOrderPreview(input: $input) { failedPlugin total { gross { amount } }
  subtotal { gross { amount } } discount { amount } ${ADJUSTMENTS} } }`;
const ORDER = `query($id: ID!) { order(id: $id) { id number status version total { gross { amount } } subtotal { gross { amount } } discount { amount }
  shipping { gross { amount } } ${ADJUSTMENTS} lines { id quantity total { gross { amount } } } } }`;

async function preview(draft: Answer, more: object = {}): Promise<Answer> {
  const { lines, shippingMethodId, discount } = draft;
  const input = { countryCode: 'RO', lines, shippingMethodId, discount, ...more };
  return (await driver.browser.ask(PREVIEW, { input })).draftOrderPreview;
}
const read = async ({ id }: Answer): Promise<Answer> => (await driver.browser.ask(ORDER, { id })).order;
const amounts = ({ adjustments }: Answer): [string, number][] =>
  adjustments.map(({ code, amount }: Answer) => [code, amount.amount]);
const fail = (): void => {
  acts.price = () => {
    throw new TypeError('no ribbon');
  };
};
describe('an order that staff draw up', () => {
  it('costs what its preview says with the parts of plugins, is paid and invoiced so', async () => {
    const draft = await driver.draft(await goods(), { discount: 100 });
    const foreseen = await preview(draft);
    const [line] = draft['lines'];

    expect(amounts(foreseen)).toEqual([
      ['STAFF_DISCOUNT', 100],
      ['club.CLUB', 501],
      ['club.WRAP', 777],
    ]);
    expect(foreseen.adjustments[1].shares).toEqual([{ lineId: line.variantId, amount: { amount: 501 } }]);
    expect(foreseen).toMatchObject({ failedPlugin: null, subtotal: { gross: { amount: 10_000 - 601 } } });

    const { order } = accepted(await driver.create(draft));
    const written = await read(order);
    expect(written.total).toEqual(foreseen.total);
    expect(amounts(written)).toEqual(amounts(foreseen));

    const sent = accepted(await driver.send(order)).order;
    accepted(await payWith(shop.guest(), (await driver.session(sent)).clientSecret, GOOD_CARD));
    await workIsDone(shop);
    const [invoice] = await shop.sql<{ lines: Answer[] }>(
      `SELECT content -> 'lines' AS lines FROM invoice WHERE order_id = $1`,
      [localId('ord', order.id)],
    );
    expect(invoice?.lines.at(-1)).toMatchObject({ kind: 'CHARGE', name: 'The WRAP', gross: 777 });
    await assertLedgerBalances(shop);
  });

  it('is asked for as a draft, by its id once it is written, and not of a plugin that only knows carts', async () => {
    const draft = await driver.draft(await goods());
    asked.length = 0;
    await preview(draft);
    const { order } = accepted(await driver.create(draft));
    await preview(draft, { orderId: order.id });

    expect(asked.map(({ kind, id }) => [kind, id])).toEqual([
      ['DRAFT', null],
      ['DRAFT', null],
      ['DRAFT', localId('ord', order.id)],
    ]);
    expect(onlyCarts).not.toHaveBeenCalled();
  });

  it('keeps the discount of staff apart from that of a plugin when it is written again', async () => {
    const draft = await driver.draft(await goods(), { discount: 100 });
    const { order } = accepted(await driver.create(draft));

    const again = accepted(await driver.update(order, draft));
    expect(amounts(await read(order)).slice(0, 2)).toEqual([
      ['STAFF_DISCOUNT', 100],
      ['club.CLUB', 501],
    ]);
    accepted(await driver.send(again.order));
  });

  it('refuses a discount of staff that is more than the goods cost after a plugin’s', async () => {
    acts.price = () => [{ ...(PARTS[0] as PricePart), position: -1 }];
    const refused = await driver.create(await driver.draft(await goods(), { discount: 9_500 }));

    expect(refused.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['draft', 'discount'] }]);
  });

  it.each([
    ['dearer', [PARTS[0] as PricePart, charge('WRAP', 778)]],
    ['of other parts that cost as much', [PARTS[0] as PricePart, charge('CARD', 1), charge('WRAP', 776)]],
  ])('is not sent once it is %s', async (_what, parts) => {
    const order = await driver.drafted(await goods());
    acts.price = () => parts;

    expect(codes(await driver.send(order))).toEqual(['PRICE_CHANGED']);
    acts.price = () => PARTS;
    accepted(await driver.send(order));
  });
});

describe('while a plugin fails', () => {
  it('the preview of a draft names it, and the draft is neither written nor sent nor placed', async () => {
    const draft = await driver.draft(await goods());
    const order = accepted(await driver.create(draft)).order;
    const before = await read(order);
    fail();

    expect(await preview(draft)).toMatchObject({ failedPlugin: 'club', adjustments: [] });
    for (const refused of [
      await driver.create(draft),
      await driver.update(order, draft),
      await driver.send(order),
      await driver.markPaid(order),
    ])
      expect(refused.errors).toMatchObject([
        { code: 'PLUGIN_FAILED', message: expect.stringContaining('club') as unknown },
      ]);
    expect(await read(order)).toEqual(before);

    acts.price = () => PARTS;
    accepted(await driver.markPaid(order));
  });

  it('an order that has its parts is edited and exchanged without them: plugins are not asked', async () => {
    const browser = shop.guest();
    const lines = await goods();
    const cart = await readyCart(browser, lines, 'swap@example.test');
    const done = accepted(await complete(browser, cart));
    await payWith(browser, done.paymentSession.clientSecret, GOOD_CARD);
    const order = await read(done.order);
    asked.length = 0;
    fail();

    const [line] = lines;
    const edited = accepted(
      await driver.edit(await driver.look(order), [{ variantId: line?.variantId ?? '', quantity: 1 }]),
    );
    const smaller = await read(edited.order);
    expect(amounts(smaller)).toEqual([
      ['club.CLUB', 250],
      ['club.WRAP', 777],
    ]);

    const exchange = await exchanged(smaller);
    // The credit is what the unit cost after the discount; the new goods cost their price of today.
    expect(exchange).toMatchObject({ discount: { amount: 4750 }, total: { gross: { amount: 250 } } });
    expect(amounts(exchange)).toEqual([['EXCHANGE_CREDIT', 4750]]);
    expect(asked).toEqual([]);
    await workIsDone(shop);
    await assertLedgerBalances(shop);
  });
});

/** What goes out for the one unit of an order, which was shipped, sent back and received. */
async function exchanged(order: Answer): Promise<Answer> {
  const [line] = order.lines;
  const act = async (name: string, type: string, input: object, fields: string): Promise<Answer> =>
    driver.browser.do(name, type, input, fields);
  accepted(await driver.ship(await driver.look(order)));
  const request = {
    ...{
      orderToken: shop.shop.orders.tokens.sign(localId('ord', order.id) ?? ''),
      idempotencyKey: randomUUID(),
    },
    ...{ lines: [{ orderLineId: line.id, quantity: 1 }], reason: 'DOES_NOT_FIT', resolution: 'EXCHANGE' },
  };
  const RETURN = 'return { id version lines { id } exchangeOrder { id } }';
  const sent = await shop.guest().do('returnRequest', 'ReturnRequestInput', request, RETURN);
  const next = ({ id, version }: Answer): object => ({
    ...{ returnId: id, expectedVersion: version ?? 1, idempotencyKey: randomUUID() },
  });
  const approved = await act('returnApprove', 'ReturnDecisionInput', next(sent['return']), RETURN);
  const received = await act(
    'returnReceive',
    'ReturnReceiveInput',
    {
      ...next(approved.return),
      lines: [{ returnLineId: sent['return'].lines[0].id, received: 1, restocked: 1 }],
    },
    RETURN,
  );
  const done = await act('returnExchange', 'ReturnExchangeInput', next(received.return), RETURN);
  return read(done.return.exchangeOrder);
}
