import type { StockPolicy } from '../catalog/index.js';

/** The stock level of a variant at one location, as read under lock. */
export interface StockLevelRow {
  readonly variantId: string;
  readonly locationId: string;
  readonly onHand: number;
  /** On hand and not reserved. */
  readonly available: number;
  /** Stock of the location with the highest priority is sold first. */
  readonly priority: number;
  /** Only stock at active locations is sold. */
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

/** Totals of a variant at the lock and now. */
export interface VariantChange {
  readonly variantId: string;
  readonly productId: string;
  readonly before: number;
  readonly after: number;
  readonly lowStockAt: number;
  readonly backordersChanged: boolean;
}

/**
 * The locked stock levels of some variants, complete for each variant, with the changes of this transaction applied.
 * Every movement is recorded here when it is written, so that labels, low-stock events and further allocations need no
 * second read.
 */
export class StockLevels {
  private readonly stockLevels: LockedStockLevel[];
  private readonly before: ReadonlyMap<string, number>;
  private readonly backordersChanged = new Set<string>();

  constructor(rows: readonly StockLevelRow[]) {
    // Locked in (variant, location) order, but used by priority; the id orders equal priorities.
    this.stockLevels = [...rows]
      .sort((a, b) => b.priority - a.priority || (a.locationId < b.locationId ? -1 : 1))
      .map((row) => ({ row, available: row.available }));
    this.before = new Map(this.variantIds().map((id) => [id, this.free(id)]));
  }

  variantIds(): string[] {
    return [...new Set(this.stockLevels.map(({ row }) => row.variantId))];
  }

  /** Units of a variant that can be sold now: the sum over its active locations. */
  free(variantId: string): number {
    return this.activeLevelsOf(variantId).reduce((sum, { available }) => sum + available, 0);
  }

  /** Free units at one location, active or not; 0 where the variant has no stock level. */
  freeAt(variantId: string, locationId: string): number {
    return this.findStockLevel(variantId, locationId)?.available ?? 0;
  }

  /** The stock level as it was when it was locked; null where there is none. */
  row(variantId: string, locationId: string): StockLevelRow | null {
    return this.findStockLevel(variantId, locationId)?.row ?? null;
  }

  /** The back-order terms of a variant; null when it has no stock level at all. */
  terms(variantId: string): Pick<StockLevelRow, 'stockPolicy' | 'backorderLimit'> | null {
    return this.stockLevels.find(({ row }) => row.variantId === variantId)?.row ?? null;
  }

  /**
   * The locations that would provide `quantity` units, by priority; fewer units when stock is short. Changes nothing.
   */
  plan(variantId: string, quantity: number): { locationId: string; quantity: number }[] {
    const parts: { locationId: string; quantity: number }[] = [];
    let left = quantity;
    for (const { row, available } of this.activeLevelsOf(variantId)) {
      const taken = Math.min(left, available);
      if (taken <= 0) continue;
      parts.push({ locationId: row.locationId, quantity: taken });
      left -= taken;
    }
    return parts;
  }

  /** Records that `change` units became free (or, below zero, were taken) at a location. */
  recordChange(variantId: string, locationId: string, change: number): void {
    const stockLevel = this.findStockLevel(variantId, locationId);
    if (!stockLevel) throw new Error('A movement was written for a stock level that is not locked');
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

  private activeLevelsOf(variantId: string): LockedStockLevel[] {
    return this.stockLevels.filter(({ row }) => row.active && row.variantId === variantId);
  }

  private findStockLevel(variantId: string, locationId: string): LockedStockLevel | undefined {
    return this.stockLevels.find(({ row }) => row.variantId === variantId && row.locationId === locationId);
  }
}
