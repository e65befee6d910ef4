import { InvalidInputError } from '../../kernel/errors.js';
import { type Allocation } from './allocate.js';

export interface Restock {
  readonly orderId: string;
  readonly actorId: string | null;
  /** Written to the stock ledger; null for none. */
  readonly reason: string | null;
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
}

/** The total quantity of each variant. */
export function sumOf(lines: Restock['lines']): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { variantId, quantity } of lines) {
    if (quantity > 0) sums.set(variantId, (sums.get(variantId) ?? 0) + quantity);
  }
  return sums;
}

export function takeFrom(sold: readonly Allocation[], variantId: string, quantity: number): Allocation[] {
  const back = partsOf(sold, variantId, quantity);
  const there = back.reduce((sum, part) => sum + part.quantity, 0);
  if (there < quantity) throw new InvalidInputError(`Of these only ${there} can be put back.`, ['lines']);
  return back;
}

/** Up to `quantity` units of a variant, from the locations they were sold from. */
export function partsOf(sold: readonly Allocation[], variantId: string, quantity: number): Allocation[] {
  const back: Allocation[] = [];
  let left = quantity;
  for (const part of sold.filter((candidate) => candidate.variantId === variantId)) {
    const taken = Math.min(left, part.quantity);
    if (taken > 0) back.push({ ...part, quantity: taken });
    left -= taken;
  }
  return back;
}
