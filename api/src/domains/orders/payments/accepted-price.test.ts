import { describe, expect, it } from 'vitest';
import { splitTax } from '../../pricing/index.js';
import type { OrderEntity, OrderLineEntity } from '../order.entity.js';
import { acceptedPrice } from './accepted-price.js';

interface Priced {
  readonly gross: number;
  readonly rate: number;
  readonly discount?: number;
}

function ofDelivery(parts: readonly (readonly [basisPoints: number, amount: number])[]) {
  const rates = parts
    .filter(([, amount]) => amount > 0)
    .map(([basisPoints, amount]) => ({ basisPoints, amount, net: splitTax(amount, basisPoints).net }));
  return {
    shippingRates: rates,
    shippingNet: rates.reduce((sum, { net }) => sum + net, 0),
    shippingGross: rates.reduce((sum, { amount }) => sum + amount, 0),
  };
}

/** An order of these lines with a delivery, as far as its price is concerned. */
function orderOf(priced: readonly Priced[], delivery: number) {
  const lines = priced.map(({ gross, rate, discount = 0 }, position) => ({
    ...{ id: String(position), position, quantity: 1, unitPrice: gross + discount, discount },
    ...{ totalNet: splitTax(gross, rate).net, totalGross: gross, taxBasisPoints: rate },
  })) as OrderLineEntity[];
  const subtotalGross = lines.reduce((sum, line) => sum + line.totalGross, 0);
  const order = {
    subtotalGross,
    ...ofDelivery([[2100, delivery]]),
    totalGross: subtotalGross + delivery,
    adjustments: [],
    taxLines: [1100, 2100].map((basisPoints) => ({
      ...{ name: { en: 'VAT' }, basisPoints, net: 0, tax: 0 },
    })),
  } as unknown as OrderEntity;
  return { order, lines };
}

const LINES: readonly Priced[] = [
  { gross: 9_999, rate: 2100 },
  { gross: 3_333, rate: 1100, discount: 667 },
  { gross: 1, rate: 2100 },
];

describe('an order for which less was paid', () => {
  it.each([
    // missing, what is left of delivery and charges
    [13_333, 1_990, [500, 99]],
    [15_323, 0, [500, 99]],
    [15_324, 0, [499, 99]],
    [15_323 + 598, 0, [1]],
  ])('takes from charges only what goods and delivery do not cover: %i', (missing, shipping, charges) => {
    const { order, lines } = orderOf(LINES, 1_990);
    const charge = (code: string, amount: number, net: number) => ({
      ...{ kind: 'CHARGE' as const, name: {}, code, amount, net },
      rates: [{ basisPoints: 2100, amount, net }],
    });
    const adjustments = [charge('wrap.A', 500, 413), charge('wrap.B', 99, 82)];

    const { totals, adjustments: after } = acceptedPrice(
      { ...order, totalGross: order.totalGross + 599, adjustments },
      lines,
      missing,
    );

    expect(totals.shipping.gross).toBe(shipping);
    expect(after.filter(({ kind }) => kind === 'CHARGE').map(({ amount }) => amount)).toEqual(charges);
    expect(totals.total.gross).toBe(order.totalGross + 599 - missing);
    expect(after[0]).toMatchObject({ code: 'ACCEPTED_PRICE', amount: 13_333 });
  });

  it('shares the difference by what the lines cost, and leaves the delivery', () => {
    const { order, lines } = orderOf(LINES, 1_990);

    const { lines: after, totals } = acceptedPrice(order, lines, 1_000);

    expect(after.map(({ discount, totalGross }) => [discount, totalGross])).toEqual([
      [750, 9_249],
      [667 + 250, 3_083],
      [0, 1],
    ]);
    expect(totals).toMatchObject({ discount: 1_667, shipping: { gross: 1_990 } });
  });

  it.each([1, 2, 999, 13_332, 13_333, 13_334, 15_322])(
    'costs what came in, to the unit, with its tax, when %i are missing',
    (missing) => {
      const { order, lines } = orderOf(LINES, 1_990);

      const { lines: after, totals } = acceptedPrice(order, lines, missing);

      expect(totals.total.gross).toBe(order.totalGross - missing);
      expect(after.every(({ totalGross }) => totalGross >= 0)).toBe(true);
      for (const line of after) {
        expect(line.quantity * line.unitPrice - line.discount).toBe(line.totalGross);
        expect(line.totalNet).toBe(splitTax(line.totalGross, line.taxBasisPoints).net);
      }
      const taxed = totals.taxLines.reduce((sum, { net, tax }) => sum + net + tax, 0);
      expect(taxed).toBe(totals.total.gross);
      expect(totals.shipping.gross).toBe(1_990 - Math.max(0, missing - 13_333));
    },
  );

  it.each([
    // missing beyond the goods, what is left of the delivery by rate
    [
      0,
      [
        [1100, 800, 721],
        [2100, 1199, 991],
      ],
    ],
    [
      1,
      [
        [1100, 800, 721],
        [2100, 1198, 990],
      ],
    ],
    [
      1000,
      [
        [1100, 400, 360],
        [2100, 599, 495],
      ],
    ],
    [1998, [[2100, 1, 1]]],
    [1999, []],
  ])('takes %i of a delivery from each of its rates', (beyond, rates) => {
    const { order, lines } = orderOf(
      [
        { gross: 6000, rate: 2100 },
        { gross: 4000, rate: 1100 },
      ],
      0,
    );
    const delivery = ofDelivery([
      [1100, 800],
      [2100, 1199],
    ]);

    const { totals } = acceptedPrice(
      { ...order, ...delivery, totalGross: order.totalGross + 1999 },
      lines,
      10_000 + beyond,
    );

    expect(totals.shipping.rates.map(({ basisPoints, amount, net }) => [basisPoints, amount, net])).toEqual(
      rates,
    );
    expect(totals.shipping.gross).toBe(1999 - beyond);
    expect(totals.taxLines.reduce((sum, { net, tax }) => sum + net + tax, 0)).toBe(totals.total.gross);
  });
});
