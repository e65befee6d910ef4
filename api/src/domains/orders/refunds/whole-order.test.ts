import fc from 'fast-check';
import { expect, it } from 'vitest';
import { priceCart, type CartPrice } from '../../pricing/index.js';
import { chargesOf, storedAdjustments } from '../placing/stored-adjustments.js';
import {
  refundableCharges,
  refundableRates,
  type RefundedCharge,
  type RefundedRate,
} from './refund-charges.js';
import {
  planRefund,
  type RefundableLine,
  type RefundableOrder,
  type RequestedRefund,
} from './refund-plan.js';

/*
 * From the price of an order to its last refund, with the functions that price, store and refund: by whatever units and
 * parts an order is refunded, in the end each tax rate has back what it had, money and tax.
 */

/** Of the delivery of goods that cost nothing. */
const STANDARD_RATE = 2100;

const item = fc.record({
  unitPrice: fc.integer({ min: 0, max: 99_999 }),
  quantity: fc.integer({ min: 1, max: 6 }),
  taxBasisPoints: fc.constantFrom(0, 550, 1100, 2100),
});
const adjustments = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom('DISCOUNT' as const, 'CHARGE' as const),
    code: fc.constantFrom('A', 'B', 'C', 'D', 'E'),
    name: fc.constant({}),
    position: fc.integer({ min: -1, max: 1 }),
    amount: fc.integer({ min: 0, max: 30_000 }),
    items: fc.constant(null),
    taxBasisPoints: fc.constantFrom(1100, 2100),
    followsGoods: fc.boolean(),
  }),
  { maxLength: 4, selector: ({ code }) => code },
);
const steps = fc.array(fc.record({ of: fc.nat(), size: fc.integer({ min: 1, max: 100 }) }), {
  maxLength: 25,
});

type Item = typeof item extends fc.Arbitrary<infer T> ? T : never;
type ByRate = Map<number, { net: number; tax: number }>;

function add(sums: ByRate, rate: number, net: number, tax: number): void {
  const sum = sums.get(rate) ?? { net: 0, tax: 0 };
  sums.set(rate, { net: sum.net + net, tax: sum.tax + tax });
}

/** An order with what was refunded of it so far, and by which rates. */
class RefundedOrder {
  readonly back: ByRate = new Map();
  private readonly charges: RefundedCharge[] = [];
  private lines: RefundableLine[];
  private readonly given = { amount: 0, tax: 0, shipping: 0 };
  private readonly delivery: RefundedRate[] = [];

  constructor(
    private readonly items: readonly Item[],
    private readonly price: CartPrice,
  ) {
    this.lines = items.map(({ quantity }, i) => ({
      ...{ id: String(i), variantId: String(i), quantity, fulfilled: 0, cancelled: 0, givenUp: 0 },
      ...{ totalNet: price.lines[i]?.net ?? 0, totalGross: price.lines[i]?.gross ?? 0 },
      ...{ settledQuantity: 0, settledAmount: 0, settledTax: 0, restockable: quantity, backordered: 0 },
    }));
  }

  get ledger(): RefundableOrder {
    const { price, given, lines } = this;
    const stored = storedAdjustments(price.adjustments, lines);
    return {
      lines,
      charges: refundableCharges(chargesOf({ adjustments: stored }), this.charges),
      ...{ totalNet: price.total.net, totalGross: price.total.gross },
      shippingGross: price.shipping?.gross ?? 0,
      shippingRates: refundableRates(price.shipping?.rates ?? [], this.delivery),
      ...{ givenBack: given.amount, givenBackTax: given.tax },
      givenBackShipping: given.shipping,
      ...{ refundable: price.total.gross - given.amount, isDisputed: false },
    };
  }

  refund(requested: RequestedRefund): void {
    const plan = planRefund(this.ledger, requested);
    for (const { line, amount, tax } of plan.lines)
      add(this.back, this.items[Number(line.id)]?.taxBasisPoints ?? 0, amount - tax, tax);
    for (const { basisPoints, amount, tax } of [...plan.charges, ...plan.shippingRates])
      add(this.back, basisPoints, amount - tax, tax);
    this.charges.push(...plan.charges);
    this.delivery.push(...plan.shippingRates);
    this.lines = this.lines.map((line) => {
      const done = plan.lines.find((planned) => planned.line.id === line.id);
      return {
        ...line,
        settledQuantity: line.settledQuantity + (done?.quantity ?? 0),
        settledAmount: line.settledAmount + (done?.amount ?? 0),
        settledTax: line.settledTax + (done?.tax ?? 0),
      };
    });
    this.given.amount += plan.amount;
    this.given.tax += plan.tax;
    this.given.shipping += plan.shippingAmount;
  }
}

/** Requests for a part of one thing that an order has: a line, the delivery or a charge. Null when nothing is left of it. */
function partOf(
  { lines, charges, ...order }: RefundableOrder,
  of: number,
  size: number,
): RequestedRefund | null {
  const part = (left: number): number => Math.ceil((left * size) / 100);
  const things = [
    ...lines.map((line) => {
      const quantity = part(line.quantity - line.settledQuantity);
      return quantity > 0 && { lines: [{ orderLineId: line.id, quantity, restock: true }], shipping: null };
    }),
    ...charges.map(({ code, gross, givenBack }) => {
      const amount = part(gross - givenBack);
      return amount > 0 && { lines: [], shipping: null, charges: [{ code, amount }] };
    }),
    order.shippingGross > order.givenBackShipping && {
      ...{ lines: [], shipping: part(order.shippingGross - order.givenBackShipping) },
    },
  ];
  const thing = things[of % things.length];
  return thing ? { ...thing, amount: null } : null;
}

it('each tax rate has back what it had, whatever was refunded before what', () => {
  fc.assert(
    fc.property(
      fc.array(item, { minLength: 1, maxLength: 6 }),
      adjustments,
      fc.integer({ min: 0, max: 2500 }),
      steps,
      (items, given, delivery, some) => {
        const price = priceCart(items, {
          adjustments: given,
          deliver: () => ({ price: delivery, taxBasisPoints: STANDARD_RATE }),
        });
        const order = new RefundedOrder(items, price);
        const things = items.length + given.length + 1;
        const all = Array.from({ length: things }, (_, of) => ({ of, size: 100 }));
        for (const { of, size } of [...some, ...all]) {
          const requested = partOf(order.ledger, of, size);
          const isWorth = requested && (requested.lines.length === 0 || worthOf(order.ledger, requested) > 0);
          if (isWorth) order.refund(requested);
        }

        expect(order.ledger.refundable).toBe(0);
        const rates = [...order.back].filter(([, { net, tax }]) => net + tax > 0);
        const paid = price.taxes.filter(({ net, tax }) => net + tax > 0);
        expect(new Map(rates)).toEqual(new Map(paid.map(({ basisPoints, ...sums }) => [basisPoints, sums])));
        expect(order.ledger.givenBackTax).toBe(price.total.gross - price.total.net);
      },
    ),
    { numRuns: 200 },
  );
});

/** What the units would bring: nothing is refunded for goods that cost nothing. */
function worthOf(ledger: RefundableOrder, requested: RequestedRefund): number {
  try {
    return planRefund(ledger, requested).amount;
  } catch {
    return 0;
  }
}
