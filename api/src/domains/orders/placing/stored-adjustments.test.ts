import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrderSource } from './order-source.js';
import { followLines } from './stored-adjustments.js';
import type { StoredAdjustment } from './stored-adjustment.js';

const line = (id: string, discount: number) => ({ id, discount, taxBasisPoints: 2100 });
const discount = (code: string, shares: Readonly<Record<string, number>>): StoredAdjustment => ({
  ...{ kind: 'DISCOUNT', code, name: {} },
  amount: Object.values(shares).reduce((sum, share) => sum + share, 0),
  shares: Object.entries(shares).map(([lineId, amount]) => ({ lineId, amount })),
});
const wrap: StoredAdjustment = {
  ...{ kind: 'CHARGE', code: 'wrap.WRAP', name: {}, amount: 500, net: 413 },
  rates: [{ basisPoints: 2100, amount: 500, net: 413 }],
};
const order = (adjustments: readonly StoredAdjustment[], source = OrderSource.STOREFRONT) => ({
  adjustments,
  source,
});

describe('the reasons of an order whose lines were changed', () => {
  it('stay to the unit where the discounts of the lines stayed, with the charges', () => {
    const before = [discount('club.A', { bowl: 70, mug: 31 }), discount('club.B', { mug: 9 }), wrap];

    expect(followLines(order(before), [line('bowl', 70), line('mug', 40)])).toEqual(before);
  });

  it('go with a line that is taken off, and a discount that no line has any more goes too', () => {
    const before = [discount('club.A', { bowl: 70, mug: 31 }), discount('club.B', { mug: 9 }), wrap];

    expect(followLines(order(before), [line('bowl', 70)])).toEqual([discount('club.A', { bowl: 70 }), wrap]);
  });

  it('share what is left of the discount of a line as it was shared', () => {
    const before = [discount('club.A', { mug: 30 }), discount('club.B', { mug: 10 })];

    expect(followLines(order(before), [line('mug', 20)])).toEqual([
      discount('club.A', { mug: 15 }),
      discount('club.B', { mug: 5 }),
    ]);
  });

  it('name the credit of an exchange for whatever line it pays now', () => {
    const before = [discount('EXCHANGE_CREDIT', { bowl: 70 })];

    expect(followLines(order(before, OrderSource.EXCHANGE), [line('vase', 300)])).toEqual([
      discount('EXCHANGE_CREDIT', { vase: 300 }),
    ]);
  });

  it('explain each line to the unit, whatever its discount became', () => {
    const ids = ['a', 'b', 'c'];
    const shares = fc.record({ a: fc.nat(900), b: fc.nat(900), c: fc.nat(900) });
    const discounts = fc.array(shares, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(discounts, fc.array(fc.nat(2000), { minLength: 3, maxLength: 3 }), (had, now) => {
        const before = had.map((of, i) => discount(`club.${i}`, of));
        const lines = ids.map((id, i) => line(id, now[i] ?? 0));

        const after = followLines(order(before), lines);

        for (const { id, discount: whole } of lines) {
          const own = after.flatMap((one) => (one.kind === 'DISCOUNT' ? one.shares : []));
          const sum = own.reduce((all, { lineId, amount }) => all + (lineId === id ? amount : 0), 0);
          expect(sum).toBe(whole);
        }
        for (const one of after)
          if (one.kind === 'DISCOUNT')
            expect(one.shares.reduce((sum, { amount }) => sum + amount, 0)).toBe(one.amount);
      }),
    );
  });
});
