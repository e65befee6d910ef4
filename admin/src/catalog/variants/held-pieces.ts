type Translate = (key: string, values: { count: number }, plural: number) => string;

interface Pieces {
  readonly totalStock?: number | null;
  readonly totalAvailable?: number | null;
}

/**
 * How many of the units on hand can still be sold, in words: "none available", "3 available". Empty where nobody holds any
 * of them, because then the number on hand says it already, and for staff who may not know.
 */
export function heldPieces({ totalStock, totalAvailable }: Pieces, t: Translate): string {
  if (totalStock == null || totalAvailable == null || totalAvailable >= totalStock) return '';
  const key = totalAvailable > 0 ? 'products.someAvailable' : 'products.noneAvailable';
  return t(key, { count: totalAvailable }, totalAvailable);
}
