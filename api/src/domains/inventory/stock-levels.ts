import type { StockPolicy } from '../catalog/index.js';

/** A variant's shelf at one location, as it was read under lock. */
export interface StockLevelRow {
  readonly variantId: string;
  readonly locationId: string;
  readonly onHand: number;
  /** On hand and held by nobody. */
  readonly available: number;
  /** Higher is emptied first. */
  readonly priority: number;
  /** Only what lies at active locations is sold. */
  readonly active: boolean;
  readonly productId: string;
  readonly stockPolicy: StockPolicy;
  readonly backorderLimit: number | null;
  readonly lowStockAt: number;
}

interface LockedStockLevel {
  readonly row: StockLevelRow;
  available: number;
}

/** What became of a variant between the lock and now. */
export interface VariantChange {
  readonly variantId: string;
  readonly productId: string;
  readonly before: number;
  readonly after: number;
  readonly lowStockAt: number;
  readonly backordersChanged: boolean;
}

/**
 * The locked shelves of some variants, all of each, as the transaction has left them so far: every movement is noted here
 * as it is written, so that labels, low-stock crossings and further allocations need no second reading.
 */
export class StockLevels {
  private readonly stockLevels: LockedStockLevel[];
  private readonly before: ReadonlyMap<string, number>;
  private readonly backordersChanged = new Set<string>();

  constructor(rows: readonly StockLevelRow[]) {
    // Locked in one order for all, but used by priority; the id makes equal priorities the same for everybody.
    this.stockLevels = [...rows]
      .sort((a, b) => b.priority - a.priority || (a.locationId < b.locationId ? -1 : 1))
      .map((row) => ({ row, available: row.available }));
    this.before = new Map(this.variantIds().map((id) => [id, this.free(id)]));
  }

  variantIds(): string[] {
    return [...new Set(this.stockLevels.map(({ row }) => row.variantId))];
  }

  /** What can be sold of a variant now: its active shelves together. */
  free(variantId: string): number {
    return this.open(variantId).reduce((sum, { available }) => sum + available, 0);
  }

  /** What is free at one place, active or not; 0 for a shelf that is not there. */
  freeAt(variantId: string, locationId: string): number {
    return this.find(variantId, locationId)?.available ?? 0;
  }

  /** The shelf as it was when it was locked; null for one that is not there. */
  row(variantId: string, locationId: string): StockLevelRow | null {
    return this.find(variantId, locationId)?.row ?? null;
  }

  /** How back-orders of a variant are ruled; null when it has no shelf at all. */
  terms(variantId: string): Pick<StockLevelRow, 'stockPolicy' | 'backorderLimit'> | null {
    return this.stockLevels.find(({ row }) => row.variantId === variantId)?.row ?? null;
  }

  /** Where `quantity` units would come from, by priority; fewer when there are not enough. Takes nothing. */
  plan(variantId: string, quantity: number): { locationId: string; quantity: number }[] {
    const parts: { locationId: string; quantity: number }[] = [];
    let left = quantity;
    for (const { row, available } of this.open(variantId)) {
      const taken = Math.min(left, available);
      if (taken <= 0) continue;
      parts.push({ locationId: row.locationId, quantity: taken });
      left -= taken;
    }
    return parts;
  }

  /** Notes that so many units became free (or, below zero, were taken) at a place. */
  move(variantId: string, locationId: string, change: number): void {
    const stockLevel = this.find(variantId, locationId);
    if (!stockLevel) throw new Error('A movement was written for a shelf that is not locked');
    stockLevel.available += change;
  }

  noteBackorders(variantId: string): void {
    this.backordersChanged.add(variantId);
  }

  changes(): VariantChange[] {
    return this.variantIds().map((variantId) => {
      const { productId, lowStockAt } = this.stockLevels.find(({ row }) => row.variantId === variantId)!.row;
      return {
        variantId,
        productId,
        before: this.before.get(variantId) ?? 0,
        after: this.free(variantId),
        lowStockAt,
        backordersChanged: this.backordersChanged.has(variantId),
      };
    });
  }

  private open(variantId: string): LockedStockLevel[] {
    return this.stockLevels.filter(({ row }) => row.active && row.variantId === variantId);
  }

  private find(variantId: string, locationId: string): LockedStockLevel | undefined {
    return this.stockLevels.find(({ row }) => row.variantId === variantId && row.locationId === locationId);
  }
}
