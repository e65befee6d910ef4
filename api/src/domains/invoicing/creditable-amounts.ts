import type { NetGross } from '../pricing/index.js';
import type { InvoiceLine } from './invoice-line.js';

/** The fields of a document that the sums need. */
interface SummedDocument {
  readonly kind: 'INVOICE' | 'CREDIT_NOTE';
  readonly content: { readonly lines: readonly InvoiceLine[] };
}

/** The amounts of an order that can still be credited: invoices less credit notes. */
export interface CreditableAmounts {
  /** By `lineKey`: only what documents state as goods or delivery. */
  readonly byLine: ReadonlyMap<string, NetGross>;
  /** By tax rate in basis points: all lines. */
  readonly byRate: ReadonlyMap<number, NetGross>;
}

/** The key of a line: lines of documents with the same key are about the same item. */
export function lineKey({ kind, sku, basisPoints }: InvoiceLine): string {
  return `${kind}:${sku}:${basisPoints}`;
}

export function creditableOf(documents: readonly SummedDocument[]): CreditableAmounts {
  const byLine = new Map<string, NetGross>();
  const byRate = new Map<number, NetGross>();
  for (const { kind, content } of documents) {
    const sign = kind === 'INVOICE' ? 1 : -1;
    for (const line of content.lines) {
      add(byLine, lineKey(line), line, sign);
      add(byRate, line.basisPoints, line, sign);
    }
  }
  return { byLine, byRate };
}

/**
 * Whether an invoice (sign 1) or a credit note (sign -1) of these lines takes no more than is left of any line or
 * rate, neither of the money nor of the tax in it. An invoice takes too: what was exchanged for something dearer is a
 * line of it with a minus.
 */
export function isCovered(lines: readonly InvoiceLine[], left: CreditableAmounts, sign: 1 | -1): boolean {
  const byLine = new Map(left.byLine);
  const byRate = new Map(left.byRate);
  for (const line of lines) {
    add(byLine, lineKey(line), line, sign);
    add(byRate, line.basisPoints, line, sign);
  }
  const isPossible = ({ net, gross }: NetGross): boolean => net >= 0 && gross >= net;
  // What was invoiced as one sum is in no line, and may be credited by line all the same.
  const isOneSum = [...left.byLine.keys()].some((key) => key.startsWith('DIFFERENCE:'));
  return [...byRate.values()].every(isPossible) && (isOneSum || [...byLine.values()].every(isPossible));
}

function add<Key>(sums: Map<Key, NetGross>, key: Key, { net, gross }: NetGross, sign: 1 | -1): void {
  const before = sums.get(key) ?? { net: 0, gross: 0 };
  sums.set(key, { net: before.net + sign * net, gross: before.gross + sign * gross });
}
