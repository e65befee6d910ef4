import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceCart, splitTax, spreadDiscount } from './price-cart.js';

const item = fc.record({
  unitPrice: fc.integer({ min: 0, max: 10_000_000 }),
  quantity: fc.integer({ min: 1, max: 999 }),
  taxBasisPoints: fc.constantFrom(0, 500, 550, 1100, 2100, 2700),
});
const shipping = fc.option(
  fc.record({ price: fc.integer({ min: 0, max: 100_000 }), taxBasisPoints: fc.constant(2100) }),
);

const discount = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 20_000_000_000 }));

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

  it('refuses a discount that is none', () => {
    expect(() => priceCart([], null, -1)).toThrow(RangeError);
    expect(() => priceCart([], null, 0.5)).toThrow(RangeError);
  });
});
