import { shopSetting } from '../store/index.js';
export type Availability = 'IN_STOCK' | 'LOW_STOCK' | 'BACKORDER' | 'SOLD_OUT';

/** Whether a variant is sold when nothing is there: DENY stops, CONTINUE sells what is still to come. */
export type StockPolicy = 'DENY' | 'CONTINUE';

/** From this many units down a shopper reads "only a few left", unless the shop or the variant says otherwise. */
export const LOW_STOCK_THRESHOLD = 3;

/** Up to this many units a shopper is told the exact number. */
export const EXACT_QUANTITY_LIMIT = 10;

/** A number of units as a buyer may be told it: exact up to the limit, null when there are more. */
export function shownQuantity(units: number): number | null {
  return units > EXACT_QUANTITY_LIMIT ? null : units;
}

/** The message of a refusal for want of stock. `told` is null for more than a buyer is told. */
export function leftMessage(told: number | null): string {
  return told === null ? 'Fewer are left than were asked for.' : `Only ${told} left.`;
}

/** What the label of a variant follows from. */
export interface StockTerms {
  /** On hand and held by nobody, over the active locations. */
  readonly free: number;
  /** From how many free units down it counts as low. */
  readonly lowStockAt: number;
  /** How many more may be sold that are still to come; Infinity without a limit. */
  readonly backorderRoom: number;
}

/** The label of a variant. A product wears the best label of its variants. */
export function availabilityOf({ free, lowStockAt, backorderRoom }: StockTerms): Availability {
  if (free > lowStockAt) return 'IN_STOCK';
  if (free > 0) return 'LOW_STOCK';
  return backorderRoom > 0 ? 'BACKORDER' : 'SOLD_OUT';
}

/** How many more units may be sold before they are there. `open` are those sold so already. */
export function backorderRoom(policy: StockPolicy, limit: number | null, open: number): number {
  if (policy === 'DENY') return 0;
  return limit === null ? Infinity : Math.max(0, limit - open);
}

/** SQL: from how many units down the variant `v` counts as low. $-free, so that any statement can hold it. */
export function lowStockAt(v: string): string {
  return `coalesce(${v}.low_stock_threshold, ${shopSetting('low_stock_threshold', 'int', LOW_STOCK_THRESHOLD)})`;
}

/** SQL: units of the variant `v` that were sold before they were there; not even counted where that cannot be. */
export function openBackorders(v: string): string {
  return `CASE WHEN ${v}.stock_policy = 'CONTINUE' THEN (SELECT coalesce(sum(bo.quantity), 0)::int FROM backorder bo
    WHERE bo.variant_id = ${v}.id AND bo.status IN ('HELD', 'OWED')) ELSE 0 END`;
}
