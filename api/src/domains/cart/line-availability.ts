import { purchasableUnits } from '../catalog/index.js';
import type { CartLineRow } from './cart-view.js';

/**
 * How many of a line's variant can be ordered now, back-orders included; Infinity where back-orders have no limit.
 */
export function availableOf({ variant, held = 0 }: CartLineRow): number {
  return purchasableUnits(variant) + held;
}

/** Whether the variant still exists and its product is on sale. */
export function isForSale({ variant, product }: CartLineRow): boolean {
  return variant.deletedAt === null && product.status === 'ACTIVE';
}
