import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { givenBackBy } from './given-back.js';
import { toRefundableLines, type UnvaluedLine } from './refundable-lines.js';

const line = (over: Partial<UnvaluedLine> = {}): UnvaluedLine => ({
  ...{ orderId: 'order', id: 'a', variantId: 'a', quantity: 1, fulfilled: 0, cancelled: 0 },
  ...{ discount: 0, totalNet: 0, totalGross: 0, taxBasisPoints: 2100, credit: 0 },
  ...{ refundedQuantity: 0, refundedAmount: 0, refundedTax: 0, exchangedQuantity: 0, exchangedAmount: 0 },
  ...{ givenUp: 0, restockable: 0, backordered: 0 },
  ...over,
});

const exchanged = fc
  .record({
    lines: fc.array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 9 }),
        discount: fc.integer({ min: 0, max: 99_999 }),
        totalGross: fc.integer({ min: 0, max: 99_999 }),
        taxBasisPoints: fc.constantFrom(0, 550, 1100, 2100),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ lines, part }) => {
    const credit = Math.floor(lines.reduce((sum, { discount }) => sum + discount, 0) * part);
    return lines.map((over, i) => line({ ...over, credit, id: `l${i}`, variantId: `v${i}` }));
  });

describe('what the lines of an exchange are worth', () => {
  it('adds up to what was paid for them, the credit included, and no line has more of it than its discount', () => {
    fc.assert(
      fc.property(exchanged, (lines) => {
        const shares = toRefundableLines(lines).map(
          ({ totalGross }, i) => totalGross - (lines[i]?.totalGross ?? 0),
        );

        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(lines[0]?.credit);
        for (const [i, share] of shares.entries()) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(lines[i]?.discount ?? 0);
        }
      }),
    );
  });

  it('is the same for each line in whatever order they stand', () => {
    fc.assert(
      fc.property(exchanged, (lines) => {
        const worth = (all: readonly UnvaluedLine[]) =>
          new Map(toRefundableLines(all).map(({ id, totalGross, totalNet }) => [id, [totalGross, totalNet]]));

        expect(worth(lines.toReversed())).toEqual(worth(lines));
      }),
    );
  });

  it('counts the units and the money that were exchanged, and the tax in it', () => {
    const [only] = toRefundableLines([
      line({
        ...{ quantity: 4, totalNet: 10_000, totalGross: 12_100 },
        ...{ refundedQuantity: 1, refundedAmount: 3025, refundedTax: 525 },
        ...{ exchangedQuantity: 1, exchangedAmount: 3025 },
      }),
    ]);

    expect(only).toMatchObject({ settledQuantity: 2, settledAmount: 6050, settledTax: 1050 });
  });
});

describe('what went back by decisions', () => {
  it('is of a decision of which a part failed only the rest, with as much of its tax', () => {
    expect(
      givenBackBy([
        { amount: 12_100, live: 12_100, tax: 2100 },
        { amount: 12_100, live: 3025, tax: 2100 },
      ]),
    ).toEqual({ givenBack: 15_125, givenBackTax: 2625 });
  });
});
