import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { accepted } from '@vitrine/testing/drivers/order-editing.js';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { MoneyDriver } from '@vitrine/testing/drivers/money-driver.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

// CI takes a few orders; `npm run proof` many.
const ORDERS = process.env['PROOF'] === 'full' ? 100 : 6;

let shop: TestShop;
let money: MoneyDriver;
beforeAll(async () => {
  shop = await TestShop.open();
  money = await MoneyDriver.open(shop);
});
afterAll(() => shop.close());

describe('a line under a discount', () => {
  it('is worth what was paid for it: each of the lines goes back, and no line takes the money of another', async () => {
    const order = await money.paid(
      [
        { price: 10_000, quantity: 1 },
        { price: 20_000, quantity: 1 },
      ],
      3_000,
    );

    expect(await money.refunded(order, 0, 1)).toBe(9_000);
    expect(await money.refunded(order, 1, 1)).toBe(18_000);
    expect((await money.read(order.id)).refundable.amount).toBe(order.shipping.gross.amount);
  });

  it('goes back alone though its discount is half of it', async () => {
    const order = await money.paid([{ price: 10_000, quantity: 1 }], 5_000);

    expect(await money.refunded(order, 0, 1)).toBe(5_000);
  });

  it('carries its share of a discount of one ban, and the others do not', async () => {
    const order = await money.paid(
      [3_333, 3_333, 3_333].map((price) => ({ price, quantity: 1 })),
      1,
    );
    const worth = order.lines.map(({ total }: Answer) => total.gross.amount);

    const back = [
      await money.refunded(order, 0, 1),
      await money.refunded(order, 1, 1),
      await money.refunded(order, 2, 1),
    ];

    expect([...worth].sort()).toEqual([3_332, 3_333, 3_333]);
    expect(back).toEqual(worth);
  });

  it('is worth half when one of two is sent back: what the return says is what is paid', async () => {
    const order = await money.paid([{ price: 10_000, quantity: 2 }], 5_000);
    const back = await money.sentBack(order, 0, 1);

    const done = await money.settle('returnRefund', 'ReturnRefundInput', back);

    expect([back.value.amount, done.value.amount, await money.paidBack(order)]).toEqual([
      7_500, 7_500, 7_500,
    ]);
  });
});

describe('the last unit of a line', () => {
  it('brings the rest that rounding kept, in a return too', async () => {
    const order = await money.paid([{ price: 1_999, quantity: 3 }], 580);
    expect(await money.refunded(order, 0, 2)).toBe(3_610);
    const last = await money.sentBack(order, 0, 1);

    expect(last.value.amount).toBe(1_807);
    await money.settle('returnRefund', 'ReturnRefundInput', last);
    expect(await money.paidBack(order)).toBe(5_417);
  });

  it('brings it in an exchange too: the credit is what a refund would have paid', async () => {
    const order = await money.paid([{ price: 6_666, quantity: 3 }], 1_000);
    expect(await money.refunded(order, 0, 2)).toBe(12_664);
    const last = await money.sentBack(order, 0, 1);

    const done = await money.settle('returnExchange', 'ReturnExchangeInput', last);

    // The piece costs 66.66 today; what it cost that day is the credit.
    expect([last.value.amount, done.value.amount, done.exchangeOrder.discount.amount]).toEqual([
      6_334, 6_334, 6_334,
    ]);
  });

  it('of a line that costs less than it has units goes back, with all that was paid', async () => {
    const order = await money.paid(
      [
        { price: 100, quantity: 3 },
        { price: 5_000, quantity: 1 },
      ],
      250,
    );
    const whole = order.lines[0].total.gross.amount;

    const back = [
      await money.refunded(order, 0, 1),
      await money.refunded(order, 0, 1),
      await money.refunded(order, 0, 1),
    ];

    expect(back.reduce((sum, amount) => sum + amount)).toBe(whole);
  });
});

interface Step {
  readonly kind: 'edit' | 'refund' | 'amount' | 'return' | 'exchange';
  readonly line: number;
  readonly part: number;
}

const anyOrder = fc.record({
  goods: fc.array(
    fc.record({ price: fc.integer({ min: 300, max: 20_000 }), quantity: fc.integer({ min: 1, max: 4 }) }),
    { minLength: 1, maxLength: 3 },
  ),
  discount: fc.integer({ min: 0, max: 80 }).map((percent) => percent / 100),
  // Paid as agreed, or another amount (in percent of the goods) of which some went back, accepted by staff.
  another: fc.option(
    fc.record({ percent: fc.integer({ min: -110, max: 60 }), gone: fc.constantFrom(0, 0, 1, 700) }),
  ),
  steps: fc.array(
    fc.record({
      kind: fc.constantFrom<Step['kind']>('edit', 'refund', 'refund', 'amount', 'return', 'exchange'),
      line: fc.nat(2),
      part: fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100),
    }),
    { minLength: 2, maxLength: 5 },
  ),
});

/** How many units of a line something happened to, and for how much. */
interface Gone {
  units: number;
  amount: number;
}

describe('an order of any goods and discount, whatever happens to it', () => {
  it(
    'gives back for each line what was paid for it: never more, and all of it with the last unit',
    async () => {
      // A double is drawn by its bits: nearly all are next to nothing, so shares are drawn as whole percents.
      const orders = fc.sample(anyOrder, { numRuns: ORDERS, seed: 37 });
      for (const { goods, discount, another, steps } of orders) {
        const worth = goods.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
        const off = Math.floor(worth * discount);
        let order = another
          ? await money.paidAnother(goods, off, {
              difference: Math.round((worth * another.percent) / 100),
              gone: another.gone,
            })
          : await money.paid(goods, off);
        const gone = new Map<string, Gone>();
        for (const step of steps) order = await take(order, step, gone);
        await giveTheRest(order, gone);
        for (const line of order.lines) {
          const { units = 0, amount = 0 } = gone.get(line.id) ?? {};
          const paid = line.total.gross.amount;
          expect(amount).toBeLessThanOrEqual(paid);
          if (units === line.quantity) expect(amount).toBe(paid);
        }
      }
      await assertLedgerBalances(shop);
    },
    40_000 * ORDERS,
  );
});

/** Takes a step where it is possible, and notes what went back for which line. Answers the order as it is then. */
async function take(order: Answer, { kind, line: n, part }: Step, gone: Map<string, Gone>): Promise<Answer> {
  const now = await money.settled(order);
  const line = now.lines[n % now.lines.length];
  const known = gone.get(line.id) ?? { units: 0, amount: 0 };
  const left = line.quantity - known.units;
  const quantity = Math.min(left, Math.ceil(left * part));
  if (quantity === 0) return now;
  const note = (amount: number): void =>
    void gone.set(line.id, { units: known.units + quantity, amount: known.amount + amount });
  if (kind === 'edit') return edited(now, line, quantity, known);
  if (kind === 'amount') {
    await goodwill(now);
    return money.settled(now);
  }
  if ((await money.foreseen(now, n % now.lines.length, quantity).catch(() => null)) === null) return now;
  if (kind === 'refund') note(await money.refunded(now, n % now.lines.length, quantity));
  else note(await returned(now, n % now.lines.length, quantity, kind));
  return money.settled(now);
}

/** One unit less than now, as long as nothing of the order left and the line was not touched by a refund. */
async function edited(now: Answer, line: Answer, quantity: number, { units }: Gone): Promise<Answer> {
  const isLast = now.lines.length === 1 && quantity === line.quantity;
  if (units > 0 || isLast) return now;
  const lines = now.lines
    .map((one: Answer) => ({
      variantId: one.variant.id,
      quantity: one.quantity - (one.id === line.id ? quantity : 0),
    }))
    .filter((requested: { quantity: number }) => requested.quantity > 0);
  const { id, version } = now;
  const preview = await money.driver.editPreview(now, lines).catch(() => null);
  if (!preview) return now;
  const expectedTotal = preview.totalAfter.amount;
  const answer = await money.driver.editFor({ id, version }, lines, { expectedTotal });
  if (answer.errors.length > 0) return now;
  const after = await money.settled(now);
  for (const one of after.lines.filter(({ id: other }: Answer) => other !== line.id)) {
    const before = now.lines.find(({ id: other }: Answer) => other === one.id);
    expect(one.total).toEqual(before.total);
  }
  return after;
}

/** A few bani for nothing in particular: then not all of the lines can go back any more. */
async function goodwill({ id, version, refundable }: Answer): Promise<void> {
  if (refundable.amount < 2) return;
  accepted(await money.refund({ orderId: id, expectedVersion: version, amount: 1 }));
}

/** What a return of these units brought; 0 when they were never shipped to begin with. */
async function returned(
  now: Answer,
  line: number,
  quantity: number,
  kind: 'return' | 'exchange',
): Promise<number> {
  const back = await money.sentBack(now, line, quantity);
  const done =
    kind === 'return'
      ? await money.settle('returnRefund', 'ReturnRefundInput', back)
      : await money.settle('returnExchange', 'ReturnExchangeInput', back);
  expect(done.value).toEqual(back.value);
  return done.value.amount;
}

/** Every unit that is left goes back, as far as its money is still there. */
async function giveTheRest(order: Answer, gone: Map<string, Gone>): Promise<void> {
  for (const [n, line] of order.lines.entries()) {
    const known = gone.get(line.id) ?? { units: 0, amount: 0 };
    const quantity = line.quantity - known.units;
    if (quantity === 0) continue;
    if ((await money.foreseen(order, n, quantity).catch(() => null)) === null) continue;
    const amount = await money.refunded(order, n, quantity);
    gone.set(line.id, { units: line.quantity, amount: known.amount + amount });
  }
}

it('leaves the ledger balanced', async () => {
  await assertLedgerBalances(shop);
});
