import { scale } from '../../kernel/money.js';

export interface PricedItem {
  readonly unitPrice: number;
  readonly quantity: number;
  readonly taxBasisPoints: number;
}

export interface NetGross {
  readonly net: number;
  readonly gross: number;
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
  /** The discount in all: the given one, or the whole price of the goods if that is less. */
  readonly discount: number;
  /** After the discount. */
  readonly subtotal: NetGross;
  /** Null while no shipping method is chosen. */
  readonly shipping: NetGross | null;
  readonly total: NetGross;
  /** One share for each rate, lowest rate first; net + tax over all shares is the total. */
  readonly taxes: readonly TaxShare[];
}

/** Splits a tax-inclusive amount: net = gross / (1 + rate), rounded half away from zero; the tax is the rest. */
export function splitTax(gross: number, basisPoints: number): NetGross {
  return { net: scale(gross, 10_000, 10_000 + basisPoints), gross };
}

/**
 * The price of a cart. Prices include tax. The rule (capabilities, row 24): a line is quantity × unit price less its
 * share of the order's discount, its tax is rounded once, on the line; every total is the sum of the lines' amounts, so
 * totals never differ by a unit. The discount (gross, minor units) reduces the goods, never the delivery.
 */
export function priceCart(
  items: readonly PricedItem[],
  shipping: { price: number; taxBasisPoints: number } | null,
  discount = 0,
): CartPrice {
  const shares = spreadDiscount(items, discount);
  const lines = items.map(({ unitPrice, quantity, taxBasisPoints }, i) => {
    const off = shares[i] ?? 0;
    return { ...splitTax(unitPrice * quantity - off, taxBasisPoints), discount: off, taxBasisPoints };
  });
  const delivery = shipping && {
    ...splitTax(shipping.price, shipping.taxBasisPoints),
    taxBasisPoints: shipping.taxBasisPoints,
  };
  return addUp(lines, delivery);
}

/** A price with the tax rate it includes. */
export type Taxed<T extends NetGross> = T & { readonly taxBasisPoints: number };

/** The totals of lines and a delivery with known prices. */
export function addUp(taxedLines: readonly Taxed<PricedLine>[], delivery: Taxed<NetGross> | null): CartPrice {
  const lines = taxedLines.map(({ net, gross, discount }) => ({ net, gross, discount }));
  const subtotal = sum(lines);
  return {
    lines,
    discount: lines.reduce((total, line) => total + line.discount, 0),
    subtotal,
    shipping: delivery && { net: delivery.net, gross: delivery.gross },
    total: sum(delivery ? [subtotal, delivery] : [subtotal]),
    taxes: taxShares(delivery ? [...taxedLines, delivery] : taxedLines),
  };
}

/**
 * Each line's share of a discount, in the order of the items: proportional and rounded down, with the remaining units
 * going one by one to the largest remainders. Ties are decided by price and tax rate, so the order of the lines cannot
 * change a total. No share exceeds its line.
 */
export function spreadDiscount(items: readonly PricedItem[], discount: number): number[] {
  if (!Number.isSafeInteger(discount) || discount < 0)
    throw new RangeError(`Not a discount in minor units: ${discount}`);
  const worth = items.map(({ unitPrice, quantity }) => unitPrice * quantity);
  const whole = worth.reduce((total, gross) => total + gross, 0);
  const off = Math.min(discount, whole);
  if (off === 0) return items.map(() => 0);

  // By BigInt, because the product of two amounts can pass 2^53.
  const parts = worth.map((gross) => BigInt(gross) * BigInt(off));
  const shares = parts.map((part) => Number(part / BigInt(whole)));
  const left = off - shares.reduce((total, share) => total + share, 0);
  const byRemainder = items
    .map((item, i) => ({ i, item, remainder: (parts[i] ?? 0n) % BigInt(whole) }))
    .sort((a, b) => compare(b.remainder, a.remainder) || compareItems(a.item, b.item));
  for (const { i } of byRemainder.slice(0, left)) shares[i] = (shares[i] ?? 0) + 1;
  return shares;
}

function compareItems(a: PricedItem, b: PricedItem): number {
  return (
    compare(b.unitPrice * b.quantity, a.unitPrice * a.quantity) ||
    compare(b.taxBasisPoints, a.taxBasisPoints) ||
    compare(b.unitPrice, a.unitPrice)
  );
}

function compare(a: number | bigint, b: number | bigint): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function sum(amounts: readonly NetGross[]): NetGross {
  return {
    net: amounts.reduce((total, { net }) => total + net, 0),
    gross: amounts.reduce((total, { gross }) => total + gross, 0),
  };
}

function taxShares(taxed: readonly Taxed<NetGross>[]): TaxShare[] {
  const byRate = new Map<number, TaxShare>();
  for (const { taxBasisPoints: basisPoints, net, gross } of taxed) {
    const share = byRate.get(basisPoints) ?? { basisPoints, net: 0, tax: 0 };
    byRate.set(basisPoints, { basisPoints, net: share.net + net, tax: share.tax + gross - net });
  }
  return [...byRate.values()].sort((a, b) => a.basisPoints - b.basisPoints);
}
