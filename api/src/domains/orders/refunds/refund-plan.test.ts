import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RefundableRate, RefundedRate } from './refund-charges.js';
import {
  planRefund,
  requestForAll,
  type RefundableLine,
  type RefundableOrder,
  type RefundPlan,
  type RequestedRefund,
} from './refund-plan.js';

const line = (over: Partial<RefundableLine> = {}): RefundableLine => ({
  id: 'a',
  variantId: 'v',
  quantity: 3,
  fulfilled: 0,
  cancelled: 0,
  givenUp: 0,
  totalNet: 84,
  totalGross: 100,
  settledQuantity: 0,
  settledAmount: 0,
  settledTax: 0,
  restockable: 3,
  backordered: 0,
  ...over,
});

const ledger = (over: Partial<RefundableOrder> = {}): RefundableOrder => {
  const lines = over.lines ?? [line()];
  const sum = (of: 'totalNet' | 'totalGross'): number => lines.reduce((all, one) => all + one[of], 0);
  const { shippingRates = [], shippingGross = 0 } = over;
  const charges = over.charges ?? [];
  const totalGross =
    sum('totalGross') + shippingGross + charges.reduce((all, charge) => all + charge.gross, 0);
  return {
    lines,
    totalNet:
      sum('totalNet') +
      shippingRates.reduce((all, { net }) => all + net, 0) +
      charges.reduce((all, { rates }) => all + rates.reduce((net, rate) => net + rate.net, 0), 0),
    totalGross,
    shippingRates,
    shippingGross,
    charges: [],
    givenBack: 0,
    givenBackShipping: 0,
    givenBackTax: 0,
    refundable: totalGross,
    isDisputed: false,
    ...over,
  };
};

const units = (orderLineId: string, quantity: number, restock = true): RequestedRefund => ({
  lines: [{ orderLineId, quantity, restock }],
  shipping: null,
  amount: null,
});

function ratesAfter(before: readonly RefundableRate[], done: readonly RefundedRate[]): RefundableRate[] {
  return before.map((rate) => {
    const ofRate = done.find(({ basisPoints }) => basisPoints === rate.basisPoints);
    return {
      ...rate,
      givenBack: rate.givenBack + (ofRate?.amount ?? 0),
      givenBackTax: rate.givenBackTax + (ofRate?.tax ?? 0),
    };
  });
}

/** The book once a plan was carried out. */
function after(before: RefundableOrder, plan: RefundPlan): RefundableOrder {
  return {
    ...before,
    lines: before.lines.map((one) => {
      const done = plan.lines.find((planned) => planned.line.id === one.id);
      if (!done) return one;
      return {
        ...one,
        settledQuantity: one.settledQuantity + done.quantity,
        settledAmount: one.settledAmount + done.amount,
        settledTax: one.settledTax + done.tax,
        cancelled: one.cancelled + done.cancelled,
        givenUp: one.givenUp - (done.unshipped - done.cancelled),
        restockable: one.restockable - done.restocked,
        backordered: one.backordered - done.dropped,
      };
    }),
    givenBack: before.givenBack + plan.amount,
    givenBackShipping: before.givenBackShipping + plan.shippingAmount,
    shippingRates: ratesAfter(before.shippingRates, plan.shippingRates),
    charges: before.charges.map((charge) => {
      const done = plan.charges.filter(({ code }) => code === charge.code);
      return {
        ...charge,
        givenBack: charge.givenBack + done.reduce((all, { amount }) => all + amount, 0),
        rates: ratesAfter(charge.rates, done),
      };
    }),
    givenBackTax: before.givenBackTax + plan.tax,
    refundable: before.refundable - plan.amount,
  };
}

describe('a refund', () => {
  it('pays a third of a line back three times, and the ban that is left over with the last unit', () => {
    let now = ledger();
    const amounts: number[] = [];
    for (let i = 0; i < 3; i++) {
      const plan = planRefund(now, units('a', 1));
      amounts.push(plan.amount);
      now = after(now, plan);
    }

    expect(amounts).toEqual([33, 33, 34]);
  });

  it('keeps a unit that never left from being shipped, but not one that was sent back', () => {
    const shippedTwo = ledger({ lines: [line({ fulfilled: 2 })] });

    expect(planRefund(shippedTwo, units('a', 2)).lines[0]?.cancelled).toBe(1);
    expect(planRefund(shippedTwo, { ...units('a', 2), sentBack: true }).lines[0]?.cancelled).toBe(0);
  });

  it('restocks at most what was taken from stock', () => {
    const oneStillToRefund = ledger({ lines: [line({ restockable: 2, backordered: 1 })] });

    expect(planRefund(oneStillToRefund, units('a', 3)).restocked).toBe(2);
    expect(planRefund(oneStillToRefund, units('a', 3, false)).restocked).toBe(0);
  });

  it('takes over what a refund that failed gave up already, and leaves the rest to be shipped', () => {
    const failed = ledger({ lines: [line({ cancelled: 1, givenUp: 1, restockable: 2 })] });
    const notRestocked = ledger({ lines: [line({ cancelled: 1, givenUp: 1, restockable: 3 })] });

    expect(planRefund(failed, units('a', 1)).lines[0]).toMatchObject({
      unshipped: 1,
      cancelled: 0,
      restocked: 0,
    });
    expect(planRefund(failed, units('a', 2)).lines[0]).toMatchObject({
      unshipped: 2,
      cancelled: 1,
      restocked: 1,
    });
    expect(planRefund(notRestocked, units('a', 1)).lines[0]).toMatchObject({ cancelled: 0, restocked: 1 });
  });

  it('lets go first of what is still to come', () => {
    const oneStillToRefund = ledger({ lines: [line({ restockable: 2, backordered: 1 })] });

    expect(planRefund(oneStillToRefund, units('a', 1)).lines[0]).toMatchObject({ dropped: 1, restocked: 0 });
    expect(planRefund(oneStillToRefund, units('a', 2)).lines[0]).toMatchObject({ dropped: 1, restocked: 1 });
  });

  it.each<[string, RequestedRefund, string]>([
    ['more than was bought', units('a', 4), 'INVALID_INPUT'],
    ['no unit', units('a', 0), 'INVALID_INPUT'],
    ['less than nothing', units('a', -1), 'INVALID_INPUT'],
    ['half a unit', units('a', 0.5), 'INVALID_INPUT'],
    ['a line of another order', units('b', 1), 'NOT_FOUND'],
    [
      'a line twice',
      { ...units('a', 1), lines: [...units('a', 1).lines, ...units('a', 1).lines] },
      'INVALID_INPUT',
    ],
    ['a negative amount', { lines: [], shipping: null, amount: -1 }, 'INVALID_INPUT'],
    ['nothing at all', { lines: [], shipping: null, amount: null }, 'INVALID_INPUT'],
    ['more than came in', { lines: [], shipping: null, amount: 101 }, 'REFUND_TOO_LARGE'],
    ['more than the delivery cost', { lines: [], shipping: 1, amount: null }, 'INVALID_INPUT'],
    ['negative delivery', { ...units('a', 1), shipping: -1 }, 'INVALID_INPUT'],
    ['an amount and delivery', { lines: [], shipping: 1, amount: 5 }, 'INVALID_INPUT'],
  ])('refuses %s', (_, requested, code) => {
    expect(() => planRefund(ledger(), requested)).toThrow(expect.objectContaining({ code }));
  });

  it('of everything gives the amount alone when units and money do not agree any more', () => {
    const afterGoodwill = after(ledger(), planRefund(ledger(), { lines: [], shipping: null, amount: 10 }));

    expect(planRefund(ledger(), requestForAll(ledger(), true))).toMatchObject({ amount: 100, restocked: 3 });
    expect(planRefund(afterGoodwill, requestForAll(afterGoodwill, true))).toMatchObject({
      amount: 90,
      restocked: 3,
    });
  });
});

const anyLine = (id: number): fc.Arbitrary<RefundableLine> =>
  fc
    .record({
      quantity: fc.integer({ min: 1, max: 7 }),
      unitPrice: fc.integer({ min: 0, max: 99_999 }),
      discount: fc.integer({ min: 0, max: 99_999 }),
      rate: fc.constantFrom(0, 500, 900, 1100, 1900, 2100),
    })
    .map(({ quantity, unitPrice, discount, rate }) => {
      const totalGross = quantity * unitPrice - Math.min(discount, quantity * unitPrice);
      const totalNet = Math.round((totalGross * 10_000) / (10_000 + rate));
      return line({ id: `l${id}`, quantity, totalGross, totalNet, restockable: quantity });
    });

/** What a delivery costs at each of its rates; none for one that costs nothing. */
const anyRates = fc.array(fc.integer({ min: 1, max: 3_000 }), { maxLength: 3 });

const sumOf = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0);
const ratesOf = (amounts: readonly number[]): RefundableRate[] =>
  amounts.map((gross, k) => ({
    ...{ basisPoints: 500 * k, gross, net: Math.round((gross * 10_000) / (10_000 + 500 * k)) },
    ...{ givenBack: 0, givenBackTax: 0 },
  }));

const anyRefundableOrder: fc.Arbitrary<RefundableOrder> = fc
  .tuple(
    fc.integer({ min: 1, max: 5 }).chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => anyLine(i)))),
    anyRates,
    fc.array(fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 3 }), { maxLength: 2 }),
  )
  .map(([lines, delivery, charges]) =>
    ledger({
      ...{ lines, shippingGross: sumOf(delivery), shippingRates: ratesOf(delivery) },
      charges: charges.map((amounts, i) => ({
        ...{ code: `wrap.${i}`, name: {}, gross: sumOf(amounts), givenBack: 0 },
        rates: ratesOf(amounts),
      })),
    }),
  );

/** Steps as a person might take them: now a few units, now a part of the delivery or of a charge, now a plain amount. */
const anySteps = fc.array(
  fc.record({
    kind: fc.constantFrom('units' as const, 'delivery' as const, 'charge' as const, 'amount' as const),
    line: fc.nat(),
    // A double is drawn by its bits: nearly all are next to nothing.
    size: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
    restock: fc.boolean(),
  }),
  { maxLength: 20 },
);

function requestOf(
  now: RefundableOrder,
  step: { kind: string; line: number; size: number; restock: boolean },
): RequestedRefund {
  const part = (whole: number): number => Math.ceil(whole * step.size);
  if (step.kind === 'amount') return { lines: [], shipping: null, amount: part(now.refundable) };
  if (step.kind === 'delivery')
    return { lines: [], shipping: part(now.shippingGross - now.givenBackShipping), amount: null };
  if (step.kind === 'charge') {
    const charge = now.charges[step.line % Math.max(1, now.charges.length)];
    const charges = charge ? [{ code: charge.code, amount: part(charge.gross - charge.givenBack) }] : [];
    return { lines: [], shipping: null, charges, amount: null };
  }
  const one = now.lines[step.line % now.lines.length] as RefundableLine;
  return units(one.id, part(one.quantity - one.settledQuantity), step.restock);
}

function tryPlan(now: RefundableOrder, requested: RequestedRefund): RefundPlan | null {
  try {
    return planRefund(now, requested);
  } catch (error) {
    expect((error as { code?: string }).code).toMatch(/^(INVALID_INPUT|REFUND_TOO_LARGE)$/);
    return null;
  }
}

describe('whatever is refunded in whatever steps', () => {
  it('never is it more than came in, and never is a unit paid back twice', () => {
    fc.assert(
      fc.property(anyRefundableOrder, anySteps, (whole, steps) => {
        let now = whole;
        for (const step of steps) {
          const plan = tryPlan(now, requestOf(now, step));
          if (!plan) continue;
          now = after(now, plan);
          expect(plan.tax).toBeGreaterThanOrEqual(0);
          expect(plan.tax).toBeLessThanOrEqual(plan.amount);
        }
        expect(now.refundable).toBeGreaterThanOrEqual(0);
        expect(now.givenBack).toBeLessThanOrEqual(whole.totalGross);
        expect(now.givenBackTax).toBeLessThanOrEqual(whole.totalGross - whole.totalNet);
        for (const { givenBack, givenBackTax, gross, net } of now.charges.flatMap(({ rates }) => rates)) {
          expect(givenBack).toBeLessThanOrEqual(gross);
          expect(givenBackTax).toBeLessThanOrEqual(gross - net);
        }
        for (const one of now.lines) {
          expect(one.settledQuantity).toBeLessThanOrEqual(one.quantity);
          expect(one.settledAmount).toBeLessThanOrEqual(one.totalGross);
          expect(one.settledTax).toBeLessThanOrEqual(one.totalGross - one.totalNet);
          expect(one.restockable).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('all units, the delivery and the charges add up to the order, and so does their tax, to the minor unit', () => {
    fc.assert(
      fc.property(anyRefundableOrder, anySteps, (whole, steps) => {
        let now = whole;
        const byUnit = steps.filter(({ kind }) => kind !== 'amount');
        const rest = requestForAll(whole, false).lines.map(({ orderLineId }) => orderLineId);
        const requestedLines = [
          ...byUnit.map((step) => (at: RefundableOrder) => requestOf(at, step)),
          ...rest.map((id) => (at: RefundableOrder) => {
            const one = at.lines.find((candidate) => candidate.id === id) as RefundableLine;
            return units(id, one.quantity - one.settledQuantity);
          }),
          (at: RefundableOrder) => ({
            lines: [],
            shipping: at.shippingGross - at.givenBackShipping,
            charges: at.charges.flatMap(({ code, gross, givenBack }) =>
              gross > givenBack ? [{ code, amount: gross - givenBack }] : [],
            ),
            amount: null,
          }),
        ];
        for (const requested of requestedLines) {
          const plan = tryPlan(now, requested(now));
          if (plan) now = after(now, plan);
        }
        for (const one of now.lines) {
          if (one.totalGross === 0) continue;
          expect([one.settledAmount, one.settledTax]).toEqual([
            one.totalGross,
            one.totalGross - one.totalNet,
          ]);
        }
        expect(now.givenBack).toBe(whole.totalGross);
        expect(now.givenBackTax).toBe(whole.totalGross - whole.totalNet);
        expect(now.refundable).toBe(0);
      }),
      { numRuns: 500 },
    );
  });
});
