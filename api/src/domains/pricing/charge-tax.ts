import type { ChargeRate } from './adjustments.js';
import { splitTax, type NetGross } from './split-tax.js';
import { share } from './spread.js';

/** What decides about the tax of a charge. */
interface TaxedCharge {
  readonly amount: number;
  readonly taxBasisPoints: number;
  readonly followsGoods: boolean;
}

/** Goods after all discounts, tax included. */
export interface TaxedGoods {
  readonly gross: number;
  readonly taxBasisPoints: number;
}

/** The price of a delivery, tax included. */
export interface DeliveryPrice {
  readonly price: number;
  /** Of the delivery of goods that cost nothing; any other has the rates of the goods. */
  readonly taxBasisPoints: number;
}

/** What a delivery costs, with the rates of its goods, lowest first; one that costs nothing has none. */
export interface TaxedDelivery extends NetGross {
  readonly rates: readonly ChargeRate[];
}

/**
 * The tax of a charge. What is charged beside goods for supplying them belongs to their price (Directive 2006/112/EC,
 * article 78), so a charge that follows the goods is shared by their rates, by what the goods of each cost after all
 * discounts (largest remainder), and taxed once for each rate. Beside goods that cost nothing it has its own rate.
 */
export function chargeTax(
  { amount, taxBasisPoints, followsGoods }: TaxedCharge,
  goods: readonly TaxedGoods[],
): { readonly net: number; readonly rates: readonly ChargeRate[] } {
  const shares = followsGoods ? sharesByRate(amount, goods) : [];
  const rates = (shares.length > 0 ? shares : [{ basisPoints: taxBasisPoints, amount }]).map((rate) => ({
    ...rate,
    net: splitTax(rate.amount, rate.basisPoints).net,
  }));
  return { net: rates.reduce((sum, { net }) => sum + net, 0), rates };
}

/**
 * The tax of a delivery, which always follows the goods; beside goods that cost nothing it has the standard rate. It is
 * shared out once, when it is priced: the order keeps the rates with the amount of each.
 */
export function deliveryTax(
  { price, taxBasisPoints }: DeliveryPrice,
  goods: readonly TaxedGoods[],
): TaxedDelivery {
  if (price === 0) return { net: 0, gross: 0, rates: [] };
  return { gross: price, ...chargeTax({ amount: price, taxBasisPoints, followsGoods: true }, goods) };
}

/** Lowest rate first; rates without a share are left out. */
function sharesByRate(
  amount: number,
  goods: readonly TaxedGoods[],
): { readonly basisPoints: number; readonly amount: number }[] {
  const byRate = new Map<number, number>();
  for (const { gross, taxBasisPoints } of goods)
    byRate.set(taxBasisPoints, (byRate.get(taxBasisPoints) ?? 0) + gross);
  const weighed = [...byRate].sort(([one], [other]) => one - other);
  const items = weighed.map(([taxBasisPoints]) => ({ unitPrice: 0, quantity: 1, taxBasisPoints }));
  const shares = share(
    items,
    weighed.map(([, gross]) => gross),
    amount,
  );
  return weighed.flatMap(([basisPoints], i) => {
    const part = shares[i] ?? 0;
    return part > 0 ? [{ basisPoints, amount: part }] : [];
  });
}
