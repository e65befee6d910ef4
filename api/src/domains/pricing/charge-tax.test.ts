import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chargeTax } from './charge-tax.js';
import { priceCart } from './price-cart.js';
import { splitTax } from './split-tax.js';

const FOLLOWS = { taxBasisPoints: 2100, followsGoods: true };
const goods = (...all: readonly (readonly [gross: number, taxBasisPoints: number])[]) =>
  all.map(([gross, taxBasisPoints]) => ({ gross, taxBasisPoints }));

describe('the tax of a charge that follows the goods', () => {
  it.each([
    // Goods, charge, its parts. The first is example 15 of the rules for prices.
    [
      goods([6000, 2100], [4000, 1100]),
      1999,
      [
        [1100, 800, 721],
        [2100, 1199, 991],
      ],
    ],
    [goods([6000, 2100], [500, 2100]), 1500, [[2100, 1500, 1240]]],
    [goods([0, 1100], [500, 2100]), 1500, [[2100, 1500, 1240]]],
    [goods([500, 1100], [500, 2100]), 1, [[2100, 1, 1]]],
    [
      goods([1, 1100], [1, 2100]),
      1_000_000_000_000,
      [
        [1100, 500_000_000_000, 450_450_450_450],
        [2100, 500_000_000_000, 413_223_140_496],
      ],
    ],
    [goods([0, 1100]), 1500, [[2100, 1500, 1240]]],
    [[], 1500, [[2100, 1500, 1240]]],
  ])('is that of each rate: %j with %i', (all, amount, rates) => {
    const tax = chargeTax({ amount, ...FOLLOWS }, all);

    expect(tax.rates.map((rate) => [rate.basisPoints, rate.amount, rate.net])).toEqual(rates);
  });

  it('adds up, whatever the goods are, and is taxed once at each rate', () => {
    const any = fc.array(
      fc.record({ gross: fc.nat(9_999_999), taxBasisPoints: fc.constantFrom(0, 550, 900, 1100, 2100) }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 1_000_000_000_000 }), (all, amount) => {
        const { rates, net } = chargeTax({ amount, ...FOLLOWS }, all);

        expect(rates.reduce((sum, rate) => sum + rate.amount, 0)).toBe(amount);
        expect(rates.reduce((sum, rate) => sum + rate.net, 0)).toBe(net);
        expect(new Set(rates.map(({ basisPoints }) => basisPoints)).size).toBe(rates.length);
        for (const rate of rates) expect(rate.net).toBe(splitTax(rate.amount, rate.basisPoints).net);
      }),
    );
  });

  it('goes by what the goods cost after all discounts, also those that come after it in the list', () => {
    const { taxes, adjustments } = priceCart(
      [
        { unitPrice: 1000, quantity: 1, taxBasisPoints: 1100 },
        { unitPrice: 1000, quantity: 1, taxBasisPoints: 2100 },
      ],
      {
        adjustments: [
          { kind: 'CHARGE', code: 'A', name: {}, position: -9, amount: 300, ...FOLLOWS },
          { kind: 'DISCOUNT', code: 'B', name: {}, position: 9, amount: 500, items: [0] },
        ],
      },
    );

    expect(adjustments.at(-1)).toMatchObject({ rates: [{ amount: 100 }, { amount: 200 }] });
    expect(taxes.map(({ basisPoints, net, tax }) => [basisPoints, net + tax])).toEqual([
      [1100, 600],
      [2100, 1200],
    ]);
  });

  it('is that of the goods for a delivery, whatever else is taken off and added', () => {
    const items = [
      { unitPrice: 6000, quantity: 1, taxBasisPoints: 2100 },
      { unitPrice: 5000, quantity: 1, taxBasisPoints: 1100 },
    ];
    const off = { kind: 'DISCOUNT', code: 'A', name: {}, position: 0, amount: 1000, items: [1] } as const;
    const wrap = { kind: 'CHARGE', code: 'B', name: {}, position: 0, amount: 700, ...FOLLOWS } as const;
    const deliver = () => ({ price: 1999, taxBasisPoints: 2100 });

    const { shipping, taxes, total } = priceCart(items, { adjustments: [off, wrap], deliver });

    expect(shipping).toEqual({
      ...{ gross: 1999, net: 1712 },
      rates: [
        { basisPoints: 1100, amount: 800, net: 721 },
        { basisPoints: 2100, amount: 1199, net: 991 },
      ],
    });
    expect(taxes.map(({ basisPoints, net, tax }) => [basisPoints, net + tax])).toEqual([
      [1100, 4000 + 800 + 280],
      [2100, 6000 + 1199 + 420],
    ]);
    expect(total.gross).toBe(10_000 + 1999 + 700);
  });

  it.each([
    ['that cost nothing', 0, [{ basisPoints: 2100, amount: 1999, net: 1652 }]],
    ['of one rate', 500, [{ basisPoints: 1100, amount: 1999, net: 1801 }]],
  ])('of a delivery of goods %s is one rate', (_, unitPrice, rates) => {
    const items = [{ unitPrice, quantity: 1, taxBasisPoints: 1100 }];

    const { shipping } = priceCart(items, { deliver: () => ({ price: 1999, taxBasisPoints: 2100 }) });

    expect(shipping).toMatchObject({ gross: 1999, rates });
  });

  it('of a delivery that costs nothing has no rate, and adds none to the taxes', () => {
    const items = [{ unitPrice: 500, quantity: 1, taxBasisPoints: 1100 }];

    const { shipping, taxes } = priceCart(items, { deliver: () => ({ price: 0, taxBasisPoints: 2100 }) });

    expect(shipping).toEqual({ net: 0, gross: 0, rates: [] });
    expect(taxes.map(({ basisPoints }) => basisPoints)).toEqual([1100]);
  });

  it('is its own where it names a class', () => {
    const tax = { taxBasisPoints: 550, followsGoods: false };

    expect(chargeTax({ amount: 1055, ...tax }, goods([500, 1100], [500, 2100]))).toEqual({
      net: 1000,
      rates: [{ basisPoints: 550, amount: 1055, net: 1000 }],
    });
  });
});
