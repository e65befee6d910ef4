export type Availability = 'IN_STOCK' | 'LOW_STOCK' | 'SOLD_OUT';

/** From this many units down a shopper reads "only a few left". */
export const LOW_STOCK_THRESHOLD = 3;

/** Up to this many units a shopper is told the exact number. */
export const EXACT_QUANTITY_LIMIT = 10;

/** The label of a variant with this many units free. A product wears the label of its best-stocked variant. */
export function availabilityOf(available: number, lowStockThreshold = LOW_STOCK_THRESHOLD): Availability {
  if (available <= 0) return 'SOLD_OUT';
  return available <= lowStockThreshold ? 'LOW_STOCK' : 'IN_STOCK';
}
