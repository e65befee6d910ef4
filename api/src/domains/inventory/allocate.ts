/** What is free of a variant at one location. */
export interface Shelf {
  readonly variantId: string;
  readonly locationId: string;
  readonly available: number;
}

export interface Allocation {
  readonly variantId: string;
  readonly locationId: string;
  readonly quantity: number;
}

export interface Shortage {
  readonly variantId: string;
  readonly available: number;
}

/**
 * Spreads the wanted quantities over the shelves, in the order the shelves are given (priority first).
 * Answers every shortage at once; the allocations then are of no use.
 */
export function allocate(
  wanted: ReadonlyMap<string, number>,
  shelves: readonly Shelf[],
): { allocations: Allocation[]; shortages: Shortage[] } {
  const allocations: Allocation[] = [];
  const shortages: Shortage[] = [];
  for (const [variantId, quantity] of wanted) {
    const own = shelves.filter((shelf) => shelf.variantId === variantId && shelf.available > 0);
    let left = quantity;
    for (const { locationId, available } of own) {
      if (left === 0) break;
      const taken = Math.min(left, available);
      allocations.push({ variantId, locationId, quantity: taken });
      left -= taken;
    }
    if (left > 0) shortages.push({ variantId, available: quantity - left });
  }
  return { allocations, shortages };
}
