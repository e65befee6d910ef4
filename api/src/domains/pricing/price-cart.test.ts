import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Adjustment } from './adjustments.js';
import type { DeliveryPrice } from './charge-tax.js';
import { priceCart as priceWith, type CartPrice, type PricedItem } from './price-cart.js';
import { splitTax } from './split-tax.js';
import { spreadDiscount } from './spread.js';

const PRICED = {
  unitPrice: fc.integer({ min: 0, max: 10_000_000 }),
  quantity: fc.integer({ min: 1, max: 999 }),
  taxBasisPoints: fc.constantFrom(0, 500, 550, 1100, 2100, 2700),
};
const item = fc.record(PRICED);
const shipping = fc.option(
  fc.record({ price: fc.integer({ min: 0, max: 100_000 }), taxBasisPoints: fc.constant(2100) }),
);

const discount = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 20_000_000_000 }));

const OWN_RATE = { taxBasisPoints: 2100, followsGoods: false };
const discountOf = (amount: number, over: object = {}): Adjustment => ({
  ...{ kind: 'DISCOUNT', code: 'STAFF_DISCOUNT', name: {}, position: 0, amount, items: null },
  ...over,
});

function priceCart(items: readonly PricedItem[], delivery: DeliveryPrice | null, off = 0): CartPrice {
  return priceWith(items, { adjustments: [discountOf(off)], deliver: () => delivery });
}

describe('the price of a cart', () => {
  it.each([
    // gross, rate, net
    [12_100, 2100, 10_000],
    [12_900, 2100, 10_661],
    [1, 2100, 1],
    [0, 2100, 0],
    [105, 500, 100],
    [3412, 1100, 3074],
  ])('takes the tax out of %i at %i basis points', (gross, rate, net) => {
    expect(splitTax(gross, rate)).toEqual({ net, gross });
  });

  it('adds up to the minor unit, whatever is in the cart', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 30 }), shipping, (items, delivery) => {
        const price = priceCart(items, delivery);

        expect(price.total.gross).toBe(price.subtotal.gross + (price.shipping?.gross ?? 0));
        expect(price.total.gross).toBe(
          items.reduce((sum, { unitPrice, quantity }) => sum + unitPrice * quantity, 0) +
            (delivery?.price ?? 0),
        );
        expect(price.total.net).toBe(
          price.lines.reduce((sum, { net }) => sum + net, 0) + (price.shipping?.net ?? 0),
        );
        expect(price.taxes.reduce((sum, { net, tax }) => sum + net + tax, 0)).toBe(price.total.gross);
      }),
    );
  });

  it('does not depend on the order of the lines', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 12 }), (items) => {
        expect(priceCart([...items].reverse(), null).total).toEqual(priceCart(items, null).total);
      }),
    );
  });

  it('takes a discount off to the unit, whatever is in the cart', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 30 }), shipping, discount, (items, delivery, off) => {
        const price = priceCart(items, delivery, off);
        const goods = items.reduce((sum, { unitPrice, quantity }) => sum + unitPrice * quantity, 0);

        expect(price.discount).toBe(Math.min(off, goods));
        expect(price.subtotal.gross).toBe(goods - price.discount);
        expect(price.total.gross).toBe(price.subtotal.gross + (delivery?.price ?? 0));
        expect(price.total.net).toBe(
          price.lines.reduce((sum, { net }) => sum + net, 0) + (price.shipping?.net ?? 0),
        );
        expect(price.taxes.reduce((sum, { net, tax }) => sum + net + tax, 0)).toBe(price.total.gross);
        for (const [i, line] of price.lines.entries()) {
          const { unitPrice, quantity, taxBasisPoints } = items[i] as (typeof items)[number];
          expect(line.gross).toBe(unitPrice * quantity - line.discount);
          expect(line.discount).toBeGreaterThanOrEqual(0);
          expect(line.gross).toBeGreaterThanOrEqual(0);
          expect(line.net).toBe(splitTax(line.gross, taxBasisPoints).net);
        }
      }),
    );
  });

  it('gives each line its part of a discount, never a whole unit more or less than its due', () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 30 }), discount, (items, off) => {
        const goods = items.reduce((sum, { unitPrice, quantity }) => sum + unitPrice * quantity, 0);
        const taken = Math.min(off, goods);

        for (const [i, share] of spreadDiscount(items, off).entries()) {
          const { unitPrice, quantity } = items[i] as (typeof items)[number];
          const due = goods === 0 ? 0 : (unitPrice * quantity * taken) / goods;
          expect(Math.abs(share - due)).toBeLessThan(1 + 1e-6);
        }
      }),
    );
  });

  it('does not depend on the order of the lines, with a discount either', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 12 }), discount, fc.nat(), (items, off, turn) => {
        const at = items.length === 0 ? 0 : turn % items.length;
        const turned = [...items.slice(at), ...items.slice(0, at)].reverse();

        const [one, other] = [priceCart(items, null, off), priceCart(turned, null, off)];

        expect(other.total).toEqual(one.total);
        expect(other.taxes).toEqual(one.taxes);
      }),
    );
  });

  it.each([
    // worth of the lines, discount, shares
    [[100, 100, 100], 100, [34, 33, 33]],
    [[1000, 500], 100, [67, 33]],
    [[1000, 500], 2000, [1000, 500]],
    [[0, 500], 10, [0, 10]],
    [[1, 1, 1], 2, [1, 1, 0]],
    [[9_000_000_000_000, 1], 9_000_000_000_000, [9_000_000_000_000 - 1, 1]],
  ])('spreads over lines of %j a discount of %i as %j', (worth, off, shares) => {
    const items = worth.map((unitPrice) => ({ unitPrice, quantity: 1, taxBasisPoints: 2100 }));

    expect(spreadDiscount(items, off)).toEqual(shares);
  });

  const adjustment = fc.oneof(
    fc.record({
      kind: fc.constant('DISCOUNT' as const),
      code: fc.string({ minLength: 1, maxLength: 4 }),
      name: fc.constant({}),
      position: fc.integer({ min: -2, max: 2 }),
      amount: fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 20_000_000_000 })),
      items: fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { maxLength: 5 })),
    }),
    fc.record({
      kind: fc.constant('CHARGE' as const),
      code: fc.string({ minLength: 1, maxLength: 4 }),
      name: fc.constant({}),
      position: fc.integer({ min: -2, max: 2 }),
      amount: fc.integer({ min: 0, max: 1_000_000 }),
      taxBasisPoints: fc.constantFrom(0, 1100, 2100),
      followsGoods: fc.boolean(),
    }),
  );
  const adjustments = fc.uniqueArray(adjustment, { maxLength: 6, selector: ({ code }) => code });
  const keyed = fc
    .array(fc.record({ ...PRICED, unitPrice: fc.integer({ min: 0, max: 3000 }) }), {
      minLength: 1,
      maxLength: 12,
    })
    .map((items) => items.map((one, i) => ({ ...one, key: String.fromCharCode(97 + i) })));

  it('adds up with any discounts and charges: shares to their discount, no line below zero, taxes to the total', () => {
    fc.assert(
      fc.property(keyed, shipping, adjustments, (items, delivery, given) => {
        const price = priceWith(items, { adjustments: given, deliver: () => delivery });

        const off = price.adjustments.filter(({ kind }) => kind === 'DISCOUNT');
        for (const { amount, shares } of off as { amount: number; shares: readonly number[] }[])
          expect(shares.reduce((sum, share) => sum + share, 0)).toBe(amount);
        for (const [i, line] of price.lines.entries()) {
          const { unitPrice, quantity, taxBasisPoints } = items[i] as (typeof items)[number];
          const own = (off as { shares: readonly number[] }[]).map(({ shares }) => shares[i] ?? 0);
          expect(own.every((share) => share >= 0)).toBe(true);
          expect(line.discount).toBe(own.reduce((sum, share) => sum + share, 0));
          expect(line.gross).toBe(unitPrice * quantity - line.discount);
          expect(line.gross).toBeGreaterThanOrEqual(0);
          expect(line.net).toBe(splitTax(line.gross, taxBasisPoints).net);
        }
        const charged = given.reduce((sum, one) => sum + (one.kind === 'CHARGE' ? one.amount : 0), 0);
        expect(price.charges.gross).toBe(charged);
        expect(price.total.gross).toBe(price.subtotal.gross + (price.shipping?.gross ?? 0) + charged);
        expect(price.total.net).toBe(price.subtotal.net + (price.shipping?.net ?? 0) + price.charges.net);
        expect(price.taxes.reduce((sum, { net, tax }) => sum + net + tax, 0)).toBe(price.total.gross);
        expect(price.taxes.reduce((sum, { net }) => sum + net, 0)).toBe(price.total.net);
      }),
    );
  });

  it('costs each variant the same, in whatever order lines, discounts and charges were added', () => {
    fc.assert(
      fc.property(keyed, adjustments, fc.nat(), (items, given, turn) => {
        const at = turn % items.length;
        const turned = [...items.slice(at), ...items.slice(0, at)].reverse();
        const moved = given
          .toReversed()
          .map((one) =>
            one.kind === 'DISCOUNT' && one.items
              ? { ...one, items: one.items.map((i) => turned.indexOf(items[i] as (typeof items)[number])) }
              : one,
          );

        const price = priceWith(items, { adjustments: given });
        const other = priceWith(turned, { adjustments: moved });

        expect(other.total).toEqual(price.total);
        expect(other.taxes).toEqual(price.taxes);
        expect(other.adjustments.map(({ code, amount }) => [code, amount])).toEqual(
          price.adjustments.map(({ code, amount }) => [code, amount]),
        );
        for (const [i, one] of items.entries())
          expect(other.lines[turned.indexOf(one)]).toEqual(price.lines[i]);
      }),
      { numRuns: 300 },
    );
  });

  it('quotes the delivery for the goods after all discounts, and not for the charges', () => {
    const quoted: number[] = [];
    priceWith([{ unitPrice: 10_000, quantity: 2, taxBasisPoints: 2100 }], {
      adjustments: [
        { kind: 'CHARGE', code: 'A', name: {}, position: 0, amount: 700, ...OWN_RATE },
        discountOf(1500),
      ],
      deliver: (goods) => {
        quoted.push(...goods);
        return null;
      },
    });

    expect(quoted).toEqual([18_500]);
  });

  it('refuses a discount that is none', () => {
    expect(() => priceCart([], null, -1)).toThrow(RangeError);
    expect(() => priceCart([], null, 0.5)).toThrow(RangeError);
  });
});
