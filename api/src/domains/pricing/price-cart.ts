import { scale } from '../../kernel/money.js';
import {
  inPriceOrder,
  type Adjustment,
  type AppliedAdjustment,
  type Charge,
  type ChargeRate,
  type Discount,
} from './adjustments.js';
import { chargeTax, deliveryTax, type DeliveryPrice, type TaxedDelivery } from './charge-tax.js';
import type { NetGross } from './split-tax.js';
import { spread } from './spread.js';

/*
 * How a price comes about
 *
 * `priceCart` is the only function that prices goods: a cart, a draft, an exchange and the preview of each. It is pure
 * and works on integers. Whatever order its adjustments are given in, it goes through these steps:
 *
 * 1. List price: quantity × unit price, tax included.
 * 2. Discounts, by their position and then by their code. Each takes off its amount, at most what is left of the lines
 *    that it is for, and is spread over what is left of them by largest remainder. No line falls below zero. A discount
 *    that takes nothing off is left out.
 * 3. The delivery, quoted for the goods after all discounts, with the tax rates of the goods (`charge-tax.ts`).
 * 4. Charges: what is added beside goods and delivery, each with a tax rate of its own, or with those of the goods.
 * 5. Tax: once for each line and for each rate of the delivery and of a charge, after all of the above. This and the
 *    shares of steps 2, 3 and 4 are the only places where anything is rounded.
 * 6. Totals: sums of these amounts, by tax rate and in all.
 *
 * What takes its amounts from here, and computes none:
 * - the cart (`cart-view.ts`); checkoutComplete prices the cart again under the lock of its row, and what the buyer
 *   agreed to must be the total (PRICE_CHANGED);
 * - the order, which stores lines, totals and adjustments as they are (`new-order.ts`). They are never computed again:
 *   pages, mails, exports and documents show what is stored;
 * - drafts and exchanges (`price-draft.ts`), whose discount is an adjustment of staff, or the credit;
 * - edits (`edit-plan.ts`) and an amount accepted as the price (`accepted-price.ts`): lines keep what they cost, so only
 *   steps 5 and 6 are left, `addUp`: the delivery keeps its tax rates, whatever becomes of the goods. The stored shares
 *   follow the discounts of the lines (`stored-adjustments.ts`);
 * - refunds, credit notes and exchanges value units by the stored total of their line, and each tax rate of the
 *   delivery and of a charge by what is stored of it (`refund-plan.ts`); the audit adds the stored amounts up
 *   (`money-invariants.ts`).
 *
 * Promotions are discounts of other positions, price lists another unit price in step 1, an allowance on the delivery
 * a step between 3 and 4.
 */

export interface PricedItem {
  readonly unitPrice: number;
  readonly quantity: number;
  readonly taxBasisPoints: number;
  /** Decides between equal lines which of them takes the unit that is left of a share; without it their order does. */
  readonly key?: string;
}

/** A line less its share of the discount. */
export interface PricedLine extends NetGross {
  /** Deducted from quantity × unit price; never more than that. */
  readonly discount: number;
}

export interface TaxShare {
  readonly basisPoints: number;
  readonly net: number;
  readonly tax: number;
}

export interface CartPrice {
  /** In the order of the items. */
  readonly lines: readonly PricedLine[];
  /** The discounts in all: the given ones, or the whole price of the goods if that is less. */
  readonly discount: number;
  /** After the discounts. */
  readonly subtotal: NetGross;
  /** Null while no shipping method is chosen. */
  readonly shipping: TaxedDelivery | null;
  /** All charges. */
  readonly charges: NetGross;
  /** subtotal + shipping + charges. */
  readonly total: NetGross;
  /** One share for each rate, lowest rate first; net + tax over all shares is the total. */
  readonly taxes: readonly TaxShare[];
  /** What was taken off and added, in the order of the steps. */
  readonly adjustments: readonly AppliedAdjustment[];
}

export interface PriceTerms {
  readonly adjustments?: readonly Adjustment[];
  /** What the delivery of goods costs that are worth so much after all discounts, by item; null while none is chosen. */
  readonly deliver?: (goodsGross: readonly number[]) => DeliveryPrice | null;
}

/** A price with the tax rate it includes. */
export type Taxed<T extends NetGross> = T & { readonly taxBasisPoints: number };

const NONE: readonly Adjustment[] = [];
const NOTHING: NetGross = { net: 0, gross: 0 };

/** The price of goods with everything that is taken off and added; see above. Prices include tax. */
export function priceCart(
  items: readonly PricedItem[],
  { adjustments = NONE, deliver }: PriceTerms = {},
): CartPrice {
  const ordered = adjustments.length > 1 ? inPriceOrder(adjustments) : adjustments;
  const left = items.map(({ unitPrice, quantity }) => unitPrice * quantity);
  const applied = ordered
    .map((adjustment) =>
      adjustment.kind === 'DISCOUNT' ? takeOff(items, left, adjustment) : toCharge(adjustment, items, left),
    )
    .filter(({ amount }) => amount > 0);
  const lines = items.map(({ unitPrice, quantity, taxBasisPoints }, i) => {
    const gross = left[i] ?? 0;
    return {
      net: scale(gross, 10_000, 10_000 + taxBasisPoints),
      gross,
      discount: unitPrice * quantity - gross,
      taxBasisPoints,
    };
  });
  const delivery = deliver?.(left);
  return addUp(lines, delivery ? deliveryTax(delivery, lines) : null, applied);
}

/** Takes a discount off what is left of the items, and says how much of it each has. */
function takeOff(
  items: readonly PricedItem[],
  left: number[],
  { kind, code, name, amount, items: only }: Discount,
): AppliedAdjustment {
  const weights = only ? left.map((gross, i) => (only.includes(i) ? gross : 0)) : left;
  const shares = spread(items, weights, amount);
  let taken = 0;
  for (const [i, share] of shares.entries()) {
    left[i] = (left[i] ?? 0) - share;
    taken += share;
  }
  return { kind, code, name, amount: taken, shares };
}

function toCharge(
  { kind, code, name, amount, ...tax }: Charge,
  items: readonly PricedItem[],
  left: readonly number[],
): AppliedAdjustment {
  const goods = items.map(({ taxBasisPoints }, i) => ({ gross: left[i] ?? 0, taxBasisPoints }));
  return { kind, code, name, amount, ...chargeTax({ amount, ...tax }, goods) };
}

/** The totals of lines, a delivery and charges with known prices. */
export function addUp(
  taxedLines: readonly Taxed<PricedLine>[],
  delivery: TaxedDelivery | null,
  adjustments: readonly AppliedAdjustment[] = [],
): CartPrice {
  const lines = taxedLines.map(({ net, gross, discount }) => ({ net, gross, discount }));
  const subtotal = sum(lines);
  const taxed: Taxed<NetGross>[] = [...taxedLines, ...byTaxRate(delivery?.rates ?? [])];
  let [charges, total] = [NOTHING, delivery ? sum([subtotal, delivery]) : subtotal];
  for (const adjustment of adjustments) {
    if (adjustment.kind !== 'CHARGE') continue;
    for (const charge of byTaxRate(adjustment.rates)) {
      taxed.push(charge);
      charges = sum([charges, charge]);
      total = sum([total, charge]);
    }
  }
  return {
    lines,
    discount: lines.reduce((all, line) => all + line.discount, 0),
    subtotal,
    shipping: delivery,
    charges,
    total,
    taxes: taxShares(taxed),
    adjustments,
  };
}

function byTaxRate(rates: readonly ChargeRate[]): Taxed<NetGross>[] {
  return rates.map(({ basisPoints, net, amount }) => ({ net, gross: amount, taxBasisPoints: basisPoints }));
}

function sum(amounts: readonly NetGross[]): NetGross {
  let [net, gross] = [0, 0];
  for (const amount of amounts) {
    net += amount.net;
    gross += amount.gross;
  }
  return { net, gross };
}

function taxShares(taxed: readonly Taxed<NetGross>[]): TaxShare[] {
  const byRate = new Map<number, TaxShare>();
  for (const { taxBasisPoints: basisPoints, net, gross } of taxed) {
    const share = byRate.get(basisPoints) ?? { basisPoints, net: 0, tax: 0 };
    byRate.set(basisPoints, { basisPoints, net: share.net + net, tax: share.tax + gross - net });
  }
  return [...byRate.values()].sort((a, b) => a.basisPoints - b.basisPoints);
}
