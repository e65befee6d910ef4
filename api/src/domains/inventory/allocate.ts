import type { StockLevels } from './stock-levels.js';

export interface Allocation {
  readonly variantId: string;
  readonly locationId: string;
  readonly quantity: number;
}

/** Units that are sold although they are still to come. */
export interface Backorder {
  readonly variantId: string;
  readonly quantity: number;
}

export interface Shortage {
  readonly variantId: string;
  readonly available: number;
}

export interface Plan {
  readonly allocations: Allocation[];
  readonly backorders: Backorder[];
  readonly shortages: Shortage[];
}

/**
 * Spreads the wanted quantities over the shelves, by priority; what is missing becomes a back-order where `room` leaves
 * some. Answers every shortage at once; the rest of the plan then is of no use.
 */
export function allocate(
  wanted: ReadonlyMap<string, number>,
  stockLevels: StockLevels,
  room: ReadonlyMap<string, number> = new Map(),
): Plan {
  const plan: Plan = { allocations: [], backorders: [], shortages: [] };
  for (const [variantId, quantity] of wanted) {
    const parts = stockLevels.plan(variantId, quantity);
    const there = parts.reduce((sum, part) => sum + part.quantity, 0);
    const missing = quantity - there;
    const open = room.get(variantId) ?? 0;
    if (missing > open) plan.shortages.push({ variantId, available: there + open });
    else if (missing > 0) plan.backorders.push({ variantId, quantity: missing });
    plan.allocations.push(...parts.map((part) => ({ variantId, ...part })));
  }
  return plan;
}
