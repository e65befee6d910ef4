import {
  addUp,
  nameOfAdjustment,
  spreadDiscount,
  splitTax,
  type ChargeRate,
  type PricedLine,
  type Taxed,
  type TaxedDelivery,
} from '../../pricing/index.js';
import type { OrderEntity, OrderLineEntity } from '../order.entity.js';
import type { NewOrderLine } from '../placing/new-order.js';
import { deliveryOf } from '../placing/order-lines.js';
import { toTotals, type OrderTotals } from '../placing/rewrite-order.js';
import { chargesOf } from '../placing/stored-adjustments.js';
import type { StoredAdjustment, StoredCharge } from '../placing/stored-adjustment.js';

/** An order at a lower price: the lines with their shares of the discount, and the totals. */
export interface AcceptedPrice {
  readonly lines: readonly NewOrderLine[];
  readonly totals: OrderTotals;
  readonly adjustments: readonly StoredAdjustment[];
}

/**
 * The price of an order when so much less of it (gross, minor units, less than its total) is paid. The difference is a
 * discount on the goods, shared by what each line costs after the discount that it has already; the delivery is
 * reduced only by what exceeds the goods, and charges by what exceeds both, each rate of them in proportion. Taxes are
 * split anew, each once on its line, and on each rate of the delivery and of a charge.
 */
export function acceptedPrice(
  order: OrderEntity,
  lines: readonly OrderLineEntity[],
  missing: number,
): AcceptedPrice {
  const shares = spreadDiscount(lines.map(toItem), Math.min(missing, order.subtotalGross));
  const taxed = lines.map((line, i) => reduced(line, shares[i] ?? 0));
  const beyondGoods = Math.max(0, missing - order.subtotalGross);
  const charges = reducedCharges(order, Math.max(0, beyondGoods - order.shippingGross));
  const price = addUp(taxed, reducedDelivery(order, Math.min(beyondGoods, order.shippingGross)), charges);
  const names = new Map(order.taxLines.map(({ basisPoints, name }) => [basisPoints, name] as const));
  return {
    lines: lines.map((line, i) => toLine(line, price.lines[i])),
    totals: toTotals(price, names),
    adjustments: [
      ...order.adjustments.filter(({ kind }) => kind === 'DISCOUNT'),
      ...waived(lines, shares),
      ...charges,
    ],
  };
}

/** The discount that makes up for what was not paid of the goods. */
function waived(lines: readonly OrderLineEntity[], shares: readonly number[]): StoredAdjustment[] {
  const amount = shares.reduce((sum, share) => sum + share, 0);
  if (amount === 0) return [];
  const code = 'ACCEPTED_PRICE';
  const ofLines = lines.map(({ id }, i) => ({ lineId: id, amount: shares[i] ?? 0 }));
  return [
    {
      ...{ kind: 'DISCOUNT', code, name: nameOfAdjustment(code), amount },
      shares: ofLines.filter((share) => share.amount > 0),
    },
  ];
}

/** Each rate of each charge less its share of what is missing. */
function reducedCharges(order: OrderEntity, off: number): readonly StoredCharge[] {
  const charges = chargesOf(order);
  if (off === 0) return charges;
  const rates = charges.flatMap((charge) => charge.rates);
  const reduced = reducedRates(rates, off);
  const left = new Map(rates.map((rate, i) => [rate, reduced[i]]));
  return charges.flatMap((charge) => {
    const kept = charge.rates.flatMap((rate) => left.get(rate) ?? []).filter(({ amount }) => amount > 0);
    return kept.length === 0
      ? []
      : [{ ...charge, amount: sumOf(kept, 'amount'), net: sumOf(kept, 'net'), rates: kept }];
  });
}

/** Each rate less its share, in the order of the rates; one without a share keeps its tax to the unit. */
function reducedRates(rates: readonly ChargeRate[], off: number): ChargeRate[] {
  const shares = spreadDiscount(
    rates.map(({ amount, basisPoints }) => ({ unitPrice: amount, quantity: 1, taxBasisPoints: basisPoints })),
    off,
  );
  return rates.map((rate, i) => reducedRate(rate, shares[i] ?? 0));
}

function sumOf(rates: readonly ChargeRate[], field: 'amount' | 'net'): number {
  return rates.reduce((sum, rate) => sum + rate[field], 0);
}

function reducedRate(rate: ChargeRate, share: number): ChargeRate {
  const amount = rate.amount - share;
  return share === 0 ? rate : { ...rate, amount, net: splitTax(amount, rate.basisPoints).net };
}

function toItem({ totalGross, taxBasisPoints }: OrderLineEntity) {
  return { unitPrice: totalGross, quantity: 1, taxBasisPoints };
}

function reduced(
  { totalNet, totalGross, discount, taxBasisPoints }: OrderLineEntity,
  share: number,
): Taxed<PricedLine> {
  // A line without a share keeps its tax to the unit.
  const cost =
    share === 0 ? { net: totalNet, gross: totalGross } : splitTax(totalGross - share, taxBasisPoints);
  return { ...cost, discount: discount + share, taxBasisPoints };
}

function reducedDelivery(order: OrderEntity, off: number): TaxedDelivery | null {
  const delivery = deliveryOf(order);
  if (!delivery || off === 0) return delivery;
  const rates = reducedRates(delivery.rates, off).filter(({ amount }) => amount > 0);
  return { net: sumOf(rates, 'net'), gross: sumOf(rates, 'amount'), rates };
}

function toLine(line: OrderLineEntity, price: PricedLine | undefined): NewOrderLine {
  if (!price) throw new Error('A line without a price');
  return { ...line, discount: price.discount, totalNet: price.net, totalGross: price.gross };
}
