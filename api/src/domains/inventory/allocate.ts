import type { StockLevels } from './stock-levels.js';

export interface Allocation {
  readonly variantId: string;
  readonly locationId: string;
  readonly quantity: number;
}

/** Units that are sold before they have been received. */
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
 * Allocates the requested quantities to the locked stock levels in priority order. Units that are missing become
 * back-orders where `room` allows. Returns every shortage at once; if there is one, the rest of the plan must not be
 * used.
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
