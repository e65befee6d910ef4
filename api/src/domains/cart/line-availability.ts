import { purchasableUnits, roughQuantity } from '../catalog/index.js';
import type { CartLineRow } from './cart-line.js';

/**
 * How many of a line's variant a cart accepts now, back-orders included: exact up to the number that buyers may see, and
 * rounded up above it. Infinity where back-orders have no limit.
 */
export function availableOf({ variant, held = 0 }: CartLineRow): number {
  return roughQuantity(purchasableUnits(variant) + held);
}

/** Whether the variant still exists and its product is on sale. */
export function isForSale({ variant, product }: CartLineRow): boolean {
  return variant.deletedAt === null && product.status === 'ACTIVE';
}
