/** What decides between equal shares which of them takes the unit that is left. */
export interface SpreadItem {
  readonly unitPrice: number;
  readonly quantity: number;
  readonly taxBasisPoints: number;
  readonly key?: string;
}

/**
 * Each line's share of a discount, in the order of the items: proportional to what it costs. No share exceeds its line.
 */
export function spreadDiscount(items: readonly SpreadItem[], discount: number): number[] {
  return spread(
    items,
    items.map(({ unitPrice, quantity }) => unitPrice * quantity),
    discount,
  );
}

/**
 * The share of each item in an amount, at most its weight: proportional and rounded down, with the remaining units
 * going one by one to the largest remainders. Ties are decided by weight, tax rate, unit price and key, so the order of
 * the items cannot change a total.
 */
export function spread(items: readonly SpreadItem[], weights: readonly number[], amount: number): number[] {
  assertAmount(amount);
  const whole = weights.reduce((total, weight) => total + weight, 0);
  return share(items, weights, Math.min(amount, whole));
}

/** As `spread`, but a share may be more than its weight. All shares are 0 where all weights are. */
export function share(items: readonly SpreadItem[], weights: readonly number[], amount: number): number[] {
  assertAmount(amount);
  const whole = weights.reduce((total, weight) => total + weight, 0);
  if (amount === 0 || whole === 0) return items.map(() => 0);

  // By BigInt, because the product of two amounts can pass 2^53.
  const parts = weights.map((weight) => BigInt(weight) * BigInt(amount));
  const shares = parts.map((part) => Number(part / BigInt(whole)));
  const left = amount - shares.reduce((total, part) => total + part, 0);
  const byRemainder = items
    .map((item, i) => ({ i, item, weight: weights[i] ?? 0, remainder: (parts[i] ?? 0n) % BigInt(whole) }))
    .sort(
      (a, b) =>
        compare(b.remainder, a.remainder) ||
        compare(b.weight, a.weight) ||
        compare(b.item.taxBasisPoints, a.item.taxBasisPoints) ||
        compare(b.item.unitPrice, a.item.unitPrice) ||
        compare(a.item.key ?? '', b.item.key ?? ''),
    );
  for (const { i } of byRemainder.slice(0, left)) shares[i] = (shares[i] ?? 0) + 1;
  return shares;
}

function assertAmount(amount: number): void {
  if (!Number.isSafeInteger(amount) || amount < 0)
    throw new RangeError(`Not an amount in minor units: ${amount}`);
}

function compare<T extends number | bigint | string>(a: T, b: T): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
