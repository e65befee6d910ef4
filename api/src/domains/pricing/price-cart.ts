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

export interface TaxShare {
  readonly basisPoints: number;
  readonly net: number;
  readonly tax: number;
}

export interface CartPrice {
  /** In the order of the items. */
  readonly lines: readonly NetGross[];
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
 * The price of a cart. Prices include tax. The law (capabilities, row 24): a line is quantity × unit price, its tax is
 * rounded once, on the line; every total is the sum of what stands in the lines, so nothing is ever off by a unit.
 */
export function priceCart(
  items: readonly PricedItem[],
  shipping: { price: number; taxBasisPoints: number } | null,
): CartPrice {
  const lines = items.map((item) => splitTax(item.unitPrice * item.quantity, item.taxBasisPoints));
  const subtotal = sum(lines);
  const delivery = shipping ? splitTax(shipping.price, shipping.taxBasisPoints) : null;
  const taxed = items.map((item, i) => ({ basisPoints: item.taxBasisPoints, amount: lines[i] as NetGross }));
  if (shipping && delivery) taxed.push({ basisPoints: shipping.taxBasisPoints, amount: delivery });
  return {
    lines,
    subtotal,
    shipping: delivery,
    total: sum(delivery ? [subtotal, delivery] : [subtotal]),
    taxes: shares(taxed),
  };
}

function sum(amounts: readonly NetGross[]): NetGross {
  return {
    net: amounts.reduce((total, { net }) => total + net, 0),
    gross: amounts.reduce((total, { gross }) => total + gross, 0),
  };
}

function shares(taxed: readonly { basisPoints: number; amount: NetGross }[]): TaxShare[] {
  const byRate = new Map<number, TaxShare>();
  for (const { basisPoints, amount } of taxed) {
    const share = byRate.get(basisPoints) ?? { basisPoints, net: 0, tax: 0 };
    byRate.set(basisPoints, {
      basisPoints,
      net: share.net + amount.net,
      tax: share.tax + amount.gross - amount.net,
    });
  }
  return [...byRate.values()].sort((a, b) => a.basisPoints - b.basisPoints);
}
