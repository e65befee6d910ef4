import { shopSetting } from '../../store/index.js';
export type Availability = 'IN_STOCK' | 'LOW_STOCK' | 'BACKORDER' | 'SOLD_OUT';

/** Whether a variant can be sold without stock: DENY forbids it, CONTINUE allows back-orders. */
export type StockPolicy = 'DENY' | 'CONTINUE';

/** The low-stock threshold, unless the shop or the variant sets another. */
export const LOW_STOCK_THRESHOLD = 3;

/** Up to this many units buyers see the exact number. */
export const EXACT_QUANTITY_LIMIT = 10;

/** A number of units as buyers may see it: exact up to the limit, null above. */
export function shownQuantity(units: number): number | null {
  return units > EXACT_QUANTITY_LIMIT ? null : units;
}

/** The numbers that stand for exact ones in what buyers are told: each about a quarter more than the one before. */
const ROUGH_QUANTITIES = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000].flatMap((power) =>
  [10, 12, 15, 20, 25, 30, 40, 50, 60, 80].map((step) => step * power),
);

/**
 * How many units a cart accepts when so many are available: exactly these up to the limit, and the next rough number
 * above it. With the exact number, asking for half and half again would tell it to anybody. The exact one counts where
 * units are really taken: when stock is held or sold.
 */
export function roughQuantity(units: number): number {
  if (units <= EXACT_QUANTITY_LIMIT) return units;
  return ROUGH_QUANTITIES.find((rough) => rough >= units) ?? units;
}

/**
 * The units that a share of the stock is in a limit that buyers meet, maybe a fraction of one: computed from the rough
 * number below, because each order that is refused for it would tell half of the rest of an exact one. Infinity for a
 * share of 1, which limits nothing.
 */
export function shareOfStock(units: number, share: number): number {
  if (share >= 1) return Infinity;
  if (units <= EXACT_QUANTITY_LIMIT) return share * units;
  return share * (ROUGH_QUANTITIES.findLast((rough) => rough <= units) ?? units);
}

/** SQL: `roughQuantity` of a number. */
export function roughQuantityOf(units: string): string {
  return `(SELECT CASE WHEN exact.units <= ${EXACT_QUANTITY_LIMIT} THEN exact.units ELSE coalesce(
    (SELECT min(rough) FROM unnest(ARRAY[${ROUGH_QUANTITIES.join(', ')}]) rough WHERE rough >= exact.units), exact.units) END
    FROM (SELECT ${units} AS units) exact)`;
}

/** The message of a user error about missing stock. `shown` is null for more than a buyer may know. */
export function leftMessage(shown: number | null): string {
  return shown === null ? 'Fewer are left than were asked for.' : `Only ${shown} left.`;
}

/** The inputs of a variant's availability. */
export interface StockTerms {
  /** On hand and not reserved, over the active locations. */
  readonly free: number;
  /** From this many free units down the variant counts as low. */
  readonly lowStockAt: number;
  /** How many more units may be back-ordered; Infinity without a limit. */
  readonly backorderRoom: number;
}

/** The availability of a variant. A product shows the best one of its variants. */
export function availabilityOf({ free, lowStockAt, backorderRoom }: StockTerms): Availability {
  if (free > lowStockAt) return 'IN_STOCK';
  if (free > 0) return 'LOW_STOCK';
  return backorderRoom > 0 ? 'BACKORDER' : 'SOLD_OUT';
}

/** How many more units may be back-ordered. `open` are those back-ordered already. */
export function backorderRoom(policy: StockPolicy, limit: number | null, open: number): number {
  if (policy === 'DENY') return 0;
  return limit === null ? Infinity : Math.max(0, limit - open);
}

/** SQL: the low-stock threshold of the variant `v`. Without parameters, so that any statement can contain it. */
export function lowStockAt(v: string): string {
  return `coalesce(${v}.low_stock_threshold, ${shopSetting('low_stock_threshold', 'int', LOW_STOCK_THRESHOLD)})`;
}

/** SQL: back-ordered units of the variant `v`; not counted where back-orders are impossible. */
export function openBackorders(v: string): string {
  return `CASE WHEN ${v}.stock_policy = 'CONTINUE' THEN (SELECT coalesce(sum(bo.quantity), 0)::int FROM backorder bo
    WHERE bo.variant_id = ${v}.id AND bo.status IN ('HELD', 'OWED')) ELSE 0 END`;
}
