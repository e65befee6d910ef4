import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { OrderEditingDriver } from '@vitrine/testing/drivers/order-editing.js';
import { MutationDriver } from '@vitrine/testing/drivers/mutation-driver.js';
import { ShopDriver } from '../support/shop-driver.js';
import { ShopModel } from '../support/random-orders/shop-model.js';
import { LATER_STEPS } from '../support/random-orders/shop-steps-later.js';
import { REVIEW_STEPS } from '../support/random-orders/shop-steps-review.js';
import { SALE_STEPS, STOCK_STEPS } from '../support/random-orders/shop-steps.js';
import { ShopWorld, type Dice } from '../support/random-orders/shop-world.js';
import { StockDriver } from '@vitrine/testing/drivers/stock-driver.js';
import { openTestPayments, type PaymentSimulator } from '@vitrine/testing/simulators/payment-simulator.js';
import { shopSchema } from '@vitrine/testing/shop/shop-schema.js';

/*
 * Any sequence of things that people do to stock and orders, over the real API, beside a model. A failure
 * names its seed, path and steps; PROOF_SEED and PROOF_PATH repeat it.
 */

const IS_FULL = process.env['PROOF'] === 'full';
const RUNS = IS_FULL ? 150 : 1;
const STEPS = IS_FULL ? 60 : 30;
const AGAIN = {
  ...(process.env['PROOF_SEED'] && { seed: Number(process.env['PROOF_SEED']) }),
  ...(process.env['PROOF_PATH'] && { path: process.env['PROOF_PATH'] }),
};

const KINDS = { ...STOCK_STEPS, ...SALE_STEPS, ...LATER_STEPS, ...REVIEW_STEPS };
// How often what comes first makes everything else possible.
const WEIGHTS: Readonly<Record<string, number>> = {
  checkout: 6,
  pay: 7,
  ship: 6,
  moneyByHand: 4,
  deliver: 3,
  refundLine: 3,
  edit: 5,
  endEdit: 5,
  payTooLate: 2,
  payAnother: 4,
  acceptPayment: 4,
  askReturn: 4,
  answerReturn: 3,
  receiveReturn: 3,
  settleReturn: 4,
  receive: 2,
  cancel: 2,
  submitDraft: 2,
};

const step = fc.record({
  kind: fc.oneof(
    ...Object.keys(KINDS).map((kind) => ({ weight: WEIGHTS[kind] ?? 1, arbitrary: fc.constant(kind) })),
  ),
  which: fc.nat(999),
  variant: fc.nat(2),
  other: fc.nat(2),
  quantity: fc.integer({ min: 1, max: 4 }),
  flag: fc.boolean(),
});

const steps = fc.array(step, { minLength: STEPS, maxLength: STEPS, size: 'max' });

// Something to go wrong with: three orders sold, two of them on their way, and one for which half of its price came in.
const dice = { which: 1, variant: 0, other: 1, quantity: 2, flag: false };
const MORNING = [
  { ...dice, kind: 'checkout', which: 4, flag: true },
  { ...dice, kind: 'pay' },
  { ...dice, kind: 'moneyByHand', flag: true },
  { ...dice, kind: 'ship' },
  { ...dice, kind: 'checkout', which: 4, variant: 1 },
  { ...dice, kind: 'pay' },
  { ...dice, kind: 'moneyByHand', flag: true },
  { ...dice, kind: 'checkout', which: 2, variant: 2 },
  { ...dice, kind: 'ship', which: 9, flag: true },
  { ...dice, kind: 'checkout', which: 4, quantity: 3, flag: true },
  { ...dice, kind: 'payAnother', variant: 2, quantity: 1 },
];

// One unit exchanged, all the rest of the money given back; then fewer units for less money.
const TWICE_GIVEN = [
  { ...dice, kind: 'checkout', which: 4, flag: true },
  { ...dice, kind: 'pay' },
  { ...dice, kind: 'moneyByHand', flag: true },
  { ...dice, kind: 'ship', other: 9, quantity: 1, flag: true },
  { ...dice, kind: 'askReturn', variant: 1, quantity: 1, flag: true },
  { ...dice, kind: 'answerReturn' },
  { ...dice, kind: 'receiveReturn', flag: true },
  { ...dice, kind: 'settleReturn', flag: true },
  { ...dice, kind: 'refundAmount', quantity: 3 },
  { ...dice, kind: 'edit', quantity: 1, flag: true },
];

// More came in than was agreed, half of it went back, and the rest is the price: then units go, one way after another.
const ACCEPTED = [
  { ...dice, kind: 'checkout', which: 4, flag: true },
  { ...dice, kind: 'payAnother', variant: 1, quantity: 1, flag: true },
  { ...dice, kind: 'refundAtProvider' },
  { ...dice, kind: 'acceptPayment' },
  { ...dice, kind: 'edit', quantity: 1 },
  { ...dice, kind: 'ship' },
  { ...dice, kind: 'askReturn', variant: 1, quantity: 1, flag: true },
  { ...dice, kind: 'answerReturn' },
  { ...dice, kind: 'receiveReturn', flag: true },
  { ...dice, kind: 'settleReturn', flag: true },
  { ...dice, kind: 'refundLine', quantity: 1 },
];

// One unit exchanged, but the exchange comes to nothing: its money goes back, and the other unit may still come back.
const EXCHANGED_IN_VAIN = [
  { ...dice, kind: 'checkout', which: 4, flag: true },
  { ...dice, kind: 'pay' },
  { ...dice, kind: 'moneyByHand', flag: true },
  { ...dice, kind: 'ship' },
  { ...dice, kind: 'askReturn', variant: 2, quantity: 1, flag: true },
  { ...dice, kind: 'answerReturn' },
  { ...dice, kind: 'receiveReturn', flag: true },
  { ...dice, kind: 'settleReturn', flag: true },
];
const ANOTHER_RETURN = [
  { ...dice, kind: 'askReturn', quantity: 1 },
  { ...dice, kind: 'answerReturn' },
  { ...dice, kind: 'receiveReturn', flag: true },
  { ...dice, kind: 'settleReturn' },
];

// Units that are not there yet were sold, and another amount is captured than was agreed.
const OWED_IN_REVIEW = [
  { ...dice, kind: 'checkout', which: 4, variant: 2, quantity: 4 },
  { ...dice, kind: 'pay' },
  { ...dice, kind: 'payAnother', variant: 1, quantity: 1, flag: true },
];

describe.each(['automatic', 'manual'])('with %s capture', (capture) => {
  let simulator: PaymentSimulator;
  let shopDriver: ShopDriver;
  beforeAll(async () => {
    simulator = await openTestPayments({
      env: { PAYMENT_CAPTURE: capture, ACCESS_TOKEN_MINUTES: '100000', RETURN_DAYS: '365' },
    });
    const stock = await StockDriver.at(simulator.shop);
    const places = [await stock.main(), await stock.place('cellar', 5)] as const;
    const requests = new MutationDriver(shopSchema);
    shopDriver = new ShopDriver(
      simulator,
      requests,
      await OrderEditingDriver.open(simulator.shop),
      stock,
      places,
    );
  });
  afterAll(() => simulator.close());

  async function newWorld(): Promise<ShopWorld> {
    const variants = [
      await shopDriver.variant(900, 12),
      await shopDriver.variant(1300, 6),
      await shopDriver.variant(2100, 3, 5),
    ];
    return new ShopWorld(new ShopModel(variants, capture === 'manual'), shopDriver, variants);
  }

  async function play(world: ShopWorld, all: readonly (Dice & { kind: string })[]): Promise<void> {
    try {
      for (const { kind, ...numbers } of all) {
        const touched = await KINDS[kind]?.(world, numbers);
        await world.compare((touched ?? []).flatMap((order) => order ?? []));
      }
      await world.compare(world.model.orders);
    } finally {
      simulator.shop.clock.advance(-world.model.now);
    }
  }

  // The same steps, and the same outcome, whoever takes the money: `npm run proof` plays them with both.
  const fixed = it.runIf(IS_FULL || capture === 'manual');

  fixed('a change gives back no money that went into an exchange', async () => {
    const world = await newWorld();

    await play(world, TWICE_GIVEN);

    expect(world.log.at(-2)).toMatch(/^refund \d{4} to #1: yes/);
    expect(world.log.at(-1)).toMatch(/^edit #1 to 1 .*: no/);
  });

  fixed(
    'units of an order that was placed with another amount are worth what was paid for them',
    async () => {
      const world = await newWorld();

      await play(world, ACCEPTED);

      expect(world.log.slice(1)).toEqual([
        expect.stringMatching(/^\d+ of \d+ come in for #1$/),
        expect.stringMatching(/^\d+ go back to #1 at the provider$/),
        expect.stringMatching(/^accept \d+ for #1: yes$/),
        expect.stringMatching(/^edit #1 to 1 .*: yes$/),
        'ship all of #1: yes',
        'ask to return 1 of #1: yes',
        'APPROVED a return of #1: yes',
        'receive 1, 1 for the shelf, of #1: yes',
        'exchange a return of #1: yes',
        expect.stringMatching(/^refund 1 of #1.*: yes$/),
      ]);
    },
  );

  fixed.each([
    ['expires', { ...dice, kind: 'pass', which: 2 }, '5760 minutes pass'],
    ['is cancelled', { ...dice, kind: 'cancel', flag: true }, 'cancel #2: yes'],
  ])(
    'an exchange that %s gives its money back, and other units may still come back',
    async (_, end, said) => {
      const world = await newWorld();

      await play(world, [...EXCHANGED_IN_VAIN, end, ...ANOTHER_RETURN]);

      expect(world.log.slice(-6)).toEqual([
        'exchange a return of #1: yes',
        said,
        'ask to return 1 of #1: yes',
        'APPROVED a return of #1: yes',
        'receive 1, 1 for the shelf, of #1: yes',
        'refund a return of #1: yes',
      ]);
    },
  );

  it('a placed order that comes into review, because another amount was captured, keeps its place in the queue', async () => {
    const world = await newWorld();

    await play(world, OWED_IN_REVIEW);

    // A card that is captured at once can come in for another amount only before the order is placed.
    const isReviewed = world.log.some((line) => / come in for #1$/.test(line));
    expect(isReviewed).toBe(capture === 'manual');
    await assertLedgerBalances(simulator.shop);
  });

  it('the shop and a model of it agree, whatever is done in whatever order', async () => {
    let log: readonly string[] = [];
    const property = fc.asyncProperty(steps, async (later) => {
      const world = await newWorld();
      log = world.log;
      await play(world, [...MORNING, ...later]);
      // Here, so that a failure names the steps that led to it.
      await assertLedgerBalances(simulator.shop);
    });

    const result = await fc.check(property, { numRuns: RUNS, endOnFailure: true, ...AGAIN });

    if (!result.failed) return;
    const again = `PROOF_SEED=${result.seed} PROOF_PATH=${result.counterexamplePath ?? '0'}`;
    const { errorInstance: error } = result;
    const difference = error instanceof Error ? error.message : String(error);
    throw new Error(`${again} repeats this:\n${difference}\nafter ${log.join(' | ')}`, { cause: error });
  }, 3_600_000);

  it('and in the end the ledger balances, and the report says so', async () => {
    await assertLedgerBalances(simulator.shop);
    const { integrityReport } = await shopDriver.orderEditing.browser.ask(
      '{ integrityReport { ok violations checks { code violations } } }',
    );
    expect(integrityReport).toMatchObject({ ok: true });
  });
});
