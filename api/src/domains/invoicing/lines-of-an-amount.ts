import { scale } from '../../kernel/money.js';
import { type OrderEntity } from '../orders/index.js';
import { splitTax, spreadDiscount, type NetGross } from '../pricing/index.js';
import type { InvoiceLine, InvoiceLineKind } from './invoice-line.js';

/** One line for each tax rate of the order, in proportion. */
export function plainLines(order: OrderEntity, amount: number): InvoiceLine[] {
  const rates = order.taxLines.map(({ basisPoints, net, tax }) => ({ basisPoints, net, gross: net + tax }));
  return spread(rates, amount).map(({ basisPoints, gross }) =>
    plainLine('DIFFERENCE', basisPoints, splitTax(gross, basisPoints)),
  );
}

/**
 * One line for each tax rate that documents left an amount of, in proportion; a line that uses up a rate takes all of
 * its tax.
 */
export function plainCredit(left: ReadonlyMap<number, NetGross>, amount: number): InvoiceLine[] {
  const rates = [...left].map(([basisPoints, { net, gross }]) => ({ basisPoints, net, gross }));
  return spread(rates, amount).map(({ basisPoints, gross, of }) => {
    const tax = of.gross > 0 ? scale(of.gross - of.net, gross, of.gross) : 0;
    return plainLine('REFUND', basisPoints, { net: gross - tax, gross });
  });
}

interface Rate extends NetGross {
  readonly basisPoints: number;
}

function spread(rates: readonly Rate[], amount: number): { basisPoints: number; gross: number; of: Rate }[] {
  const taken = rates.filter(({ gross }) => gross > 0);
  const items = taken.map(({ gross: unitPrice, basisPoints: taxBasisPoints }) => ({
    ...{ unitPrice, quantity: 1, taxBasisPoints },
  }));
  const shares = spreadDiscount(items, amount);
  const parts = taken.map((of, i) => ({ basisPoints: of.basisPoints, gross: shares[i] ?? 0, of }));
  // More than is left, which only occurs in a shop that lost its documents: the rest is stated without tax.
  const rest = amount - parts.reduce((sum, { gross }) => sum + gross, 0);
  if (rest > 0) parts.push({ basisPoints: 0, gross: rest, of: { basisPoints: 0, net: rest, gross: rest } });
  return parts.filter(({ gross }) => gross !== 0);
}

function plainLine(kind: InvoiceLineKind, basisPoints: number, money: NetGross): InvoiceLine {
  return { ...{ kind, name: '', variant: '', sku: '', quantity: 1, basisPoints, discount: 0 }, ...money };
}
