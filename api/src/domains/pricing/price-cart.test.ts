import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceCart, splitTax } from './price-cart.js';

const item = fc.record({
  unitPrice: fc.integer({ min: 0, max: 10_000_000 }),
  quantity: fc.integer({ min: 1, max: 999 }),
  taxBasisPoints: fc.constantFrom(0, 500, 550, 1100, 2100, 2700),
});
const shipping = fc.option(
  fc.record({ price: fc.integer({ min: 0, max: 100_000 }), taxBasisPoints: fc.constant(2100) }),
);

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
});
