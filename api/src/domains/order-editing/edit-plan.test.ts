import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storedAdjustments, type OrderEntity } from '../orders/index.js';
import { ownDiscount, priceCart, TaxMode, type Reference } from '../pricing/index.js';
import { StrategyRegistry } from '../../platform/strategies/define-strategy.js';
import { DeliveryTable, ShippingRates } from '../shipping/index.js';
import { planEdit, stillFits, type EditableLine, type EditPlan } from './edit-plan.js';
import type { PurchasableVariants } from './drafts/price-draft.js';

const VARIANTS = ['a', 'b', 'c', 'd', 'e', 'f'];

const NO_RULES = new ShippingRates(new StrategyRegistry([], []), () => undefined);
const ALWAYS = { from: null, until: null, addedAt: 0 };
const RATES = [
  { countryCode: 'RO', taxClass: 'standard', name: { ro: 'TVA' }, rateBasisPoints: 2100, ...ALWAYS },
  { countryCode: 'RO', taxClass: 'reduced', name: { ro: 'TVA' }, rateBasisPoints: 1100, ...ALWAYS },
];

const reference: Reference = {
  currency: 'RON',
  homeCountry: 'RO',
  defaultLanguage: 'ro',
  languages: ['ro'],
  countries: [{ code: 'RO', name: { ro: 'România' } }],
  ...{ timeZone: 'Europe/Bucharest', day: '2026-11-30', taxMode: TaxMode.TAXED },
  ...{ taxRates: RATES, datedRates: RATES, endsAt: null, taxesSince: null },
  // An edit keeps the delivery as it is.
  deliveries: new DeliveryTable([], [], NO_RULES),
};

/** The catalog of today: every variant, at another price than on the day of the order. */
const purchasableVariants = new Map(
  VARIANTS.map((id, i) => [
    id,
    {
      variant: { id, price: 1_000 + i * 777, name: {}, sku: id.toUpperCase(), deletedAt: null },
      product: {
        id: `p-${id}`,
        status: 'ACTIVE',
        name: {},
        slug: id,
        labels: [],
        cover: [],
        taxClass: i % 2 ? 'reduced' : 'standard',
      },
    },
  ]),
) as unknown as PurchasableVariants;

const requested = fc.record({
  variantId: fc.constantFrom(...VARIANTS),
  quantity: fc.integer({ min: 1, max: 9 }),
});
const requestedLines = fc.uniqueArray(requested, {
  minLength: 1,
  maxLength: 6,
  selector: ({ variantId }) => variantId,
});
const bought = fc.uniqueArray(
  fc.record({
    variantId: fc.constantFrom(...VARIANTS),
    quantity: fc.integer({ min: 1, max: 9 }),
    unitPrice: fc.integer({ min: 0, max: 30_000 }),
    taxBasisPoints: fc.constantFrom(1100, 2100),
  }),
  { minLength: 1, maxLength: 5, selector: ({ variantId }) => variantId },
);

/** An order of the day as the shop would have stored it. */
function orderOf(
  items: { variantId: string; quantity: number; unitPrice: number; taxBasisPoints: number }[],
  discount: number,
  delivery = 1999,
): { order: OrderEntity; lines: EditableLine[] } {
  const price = priceCart(items, {
    adjustments: ownDiscount('STAFF_DISCOUNT', discount),
    deliver: () => ({ price: delivery, taxBasisPoints: 2100 }),
  });
  const lines = items.map((item, position) => ({
    ...item,
    id: `line-${item.variantId}`,
    position,
    productId: `p-${item.variantId}`,
    discount: price.lines[position]?.discount ?? 0,
    totalGross: price.lines[position]?.gross ?? 0,
    totalNet: price.lines[position]?.net ?? 0,
    fulfilled: 0,
    cancelled: 0,
    settledQuantity: 0,
  }));
  const order = {
    id: 'order',
    currency: 'RON',
    language: 'ro',
    source: 'STAFF',
    discount: price.discount,
    adjustments: storedAdjustments(price.adjustments, lines),
    totalGross: price.total.gross,
    shippingNet: price.shipping?.net ?? 0,
    shippingGross: price.shipping?.gross ?? 0,
    shippingRates: price.shipping?.rates ?? [],
    shippingMethodId: 'courier',
    shippingAddress: { countryCode: 'RO' },
    taxLines: price.taxes.map((share) => ({ ...share, name: { ro: 'TVA' } })),
  };
  return { order: order as unknown as OrderEntity, lines: lines as unknown as EditableLine[] };
}

const plan = (
  order: OrderEntity,
  lines: EditableLine[],
  wanted: { variantId: string; quantity: number }[],
): EditPlan =>
  planEdit(order, lines, wanted, {
    reference,
    purchasableVariants,
    fallback: 'ro',
    restock: true,
    credit: 0,
  });

const quantityIn = (units: readonly { variantId: string; quantity: number }[], id: string): number =>
  units.find(({ variantId }) => variantId === id)?.quantity ?? 0;

describe('a change of an order', () => {
  it('adds up to the minor unit, whatever was bought and whatever is wanted instead', () => {
    fc.assert(
      fc.property(bought, requestedLines, fc.integer({ min: 0, max: 60_000 }), (items, wanted, discount) => {
        const { order, lines } = orderOf(items, discount);
        fc.pre(VARIANTS.some((id) => quantityIn(lines, id) !== quantityIn(wanted, id)));

        const { lines: planned, ...edit } = plan(order, lines, wanted);

        const sum = (pick: (line: (typeof planned)[number]) => number): number =>
          planned.reduce((total, line) => total + pick(line), 0);
        expect(sum((line) => line.totalGross)).toBe(edit.subtotal.gross);
        expect(sum((line) => line.totalNet)).toBe(edit.subtotal.net);
        expect(sum((line) => line.discount)).toBe(edit.discount);
        expect(edit.discount).toBeLessThanOrEqual(order.discount);
        expect(edit.total.gross).toBe(edit.subtotal.gross + edit.shipping.gross);
        expect(edit.taxLines.reduce((total, { net, tax }) => total + net + tax, 0)).toBe(edit.total.gross);
        for (const line of planned)
          expect(line.totalGross).toBe(line.quantity * line.unitPrice - line.discount);
      }),
    );
  });

  it('leaves alone what was paid for the lines that stay, and takes no more off than was paid for the rest', () => {
    fc.assert(
      fc.property(bought, requestedLines, fc.integer({ min: 0, max: 60_000 }), (items, wanted, discount) => {
        const { order, lines } = orderOf(items, discount);
        fc.pre(VARIANTS.some((id) => quantityIn(lines, id) !== quantityIn(wanted, id)));

        const edit = plan(order, lines, wanted);

        for (const line of edit.lines) {
          const before = lines.find(({ variantId }) => variantId === line.variantId);
          expect(line.discount).toBeGreaterThanOrEqual(0);
          expect(line.discount).toBeLessThanOrEqual(before?.discount ?? 0);
          if (!before || line.quantity > before.quantity) continue;
          const left = before.quantity - line.quantity;
          const tookOff = before.totalGross - line.totalGross;
          // The worth of the units, but for the few minor units that would make one cost more than its price.
          const worth = left * Math.floor(before.totalGross / before.quantity);
          expect(tookOff).toBeGreaterThanOrEqual(worth);
          expect(tookOff).toBeLessThan(worth + before.quantity);
          if (left === 0)
            expect(line).toMatchObject({ totalNet: before.totalNet, discount: before.discount });
        }
        expect(edit.shipping).toEqual({
          ...{ net: order.shippingNet, gross: order.shippingGross },
          rates: order.shippingRates,
        });
      }),
    );
  });

  it('takes the share of the discount along with the line that leaves', () => {
    const items = [
      { variantId: 'a', quantity: 1, unitPrice: 10_000, taxBasisPoints: 2100 },
      { variantId: 'b', quantity: 1, unitPrice: 20_000, taxBasisPoints: 2100 },
      { variantId: 'c', quantity: 2, unitPrice: 3_333, taxBasisPoints: 2100 },
    ];
    const { order, lines } = orderOf(items, 3_000, 0);

    const edit = plan(order, lines, [
      { variantId: 'a', quantity: 1 },
      { variantId: 'c', quantity: 2 },
    ]);

    expect(order.totalGross).toBe(33_666);
    expect(lines.map(({ totalGross }) => totalGross)).toEqual([9_182, 18_364, 6_120]);
    expect(edit.lines.map(({ totalGross }) => totalGross)).toEqual([9_182, 6_120]);
    expect(edit.shipping.gross).toBe(0);
    expect(order.totalGross - edit.total.gross).toBe(18_364);
  });

  it('keeps what an order discount took off the line that stays', () => {
    const items = [
      { variantId: 'a', quantity: 1, unitPrice: 6_000, taxBasisPoints: 2100 },
      { variantId: 'b', quantity: 1, unitPrice: 4_000, taxBasisPoints: 2100 },
    ];
    const { order, lines } = orderOf(items, 3_000);

    const edit = plan(order, lines, [{ variantId: 'a', quantity: 1 }]);

    expect(edit.subtotal.gross).toBe(4_200);
  });

  it('takes from stock what is added and gives back what is taken off, unit for unit', () => {
    fc.assert(
      fc.property(bought, requestedLines, (items, wanted) => {
        const { order, lines } = orderOf(items, 0);
        fc.pre(VARIANTS.some((id) => quantityIn(lines, id) !== quantityIn(wanted, id)));

        const edit = plan(order, lines, wanted);

        for (const id of VARIANTS) {
          const change = quantityIn(edit.added, id) - quantityIn(edit.takenOff, id);
          expect(quantityIn(lines, id) + change).toBe(quantityIn(wanted, id));
          expect(Math.min(quantityIn(edit.added, id), quantityIn(edit.takenOff, id))).toBe(0);
        }
      }),
    );
  });

  it('keeps the price of the day of what stays, and fits the order until something of it changes', () => {
    fc.assert(
      fc.property(bought, requestedLines, (items, wanted) => {
        const { order, lines } = orderOf(items, 0);
        fc.pre(VARIANTS.some((id) => quantityIn(lines, id) !== quantityIn(wanted, id)));

        const edit = plan(order, lines, wanted);

        for (const line of edit.lines) {
          const before = lines.find(({ variantId }) => variantId === line.variantId);
          expect(line.unitPrice).toBe(
            before?.unitPrice ?? purchasableVariants.get(line.variantId)?.variant.price,
          );
        }
        // As it comes back from the database.
        const kept = JSON.parse(JSON.stringify(edit)) as EditPlan;
        expect(stillFits(order, lines, kept)).toBe(true);
        expect(stillFits({ ...order, totalGross: order.totalGross + 1 }, lines, kept)).toBe(false);
        expect(stillFits(order, lines.slice(1), kept)).toBe(false);
      }),
    );
  });
});
