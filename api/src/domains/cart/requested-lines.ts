import { InvalidInputError, NotFoundError, type DomainError } from '../../kernel/errors.js';
import type { Tx } from '../../platform/database/database.js';
import { shownQuantity } from '../catalog/index.js';
import { InsufficientStockError } from '../inventory/index.js';
import type { CartView } from './cart-view.js';
import { availableOf } from './line-availability.js';
import { lineTooLong } from './cart.errors.js';
import { lineQuantity, MAX_LINE_QUANTITY } from './cart.statements.js';

export interface RequestedCartLine {
  readonly variantId: string;
  readonly quantity: number;
  /** Where it stands in the input, for user errors. */
  readonly at: readonly string[];
}

/** A new quantity for a line; 0 removes it. */
export interface CartLineChange {
  readonly lineId: string;
  readonly quantity: number;
  /** Where it stands in the input, for user errors. */
  readonly at: readonly string[];
}

/** @throws InvalidInputError for a quantity that no line can have */
export function assertQuantity(quantity: number, least: number, at: readonly string[]): void {
  if (!Number.isInteger(quantity) || quantity < least || quantity > MAX_LINE_QUANTITY) {
    throw new InvalidInputError(`A quantity is a whole number from ${least} to ${MAX_LINE_QUANTITY}.`, [
      ...at,
      'quantity',
    ]);
  }
}

/** @throws InvalidInputError for a line that is named twice */
export function assertOnce(changes: readonly CartLineChange[]): void {
  const seen = new Set<string>();
  for (const { lineId, at } of changes) {
    if (seen.has(lineId)) throw new InvalidInputError('Each line may be named once.', [...at, 'lineId']);
    seen.add(lineId);
  }
}

/** Variants whose lines a request changes, with the path of each in its input. */
export type Changed = ReadonlyMap<string, readonly string[]>;

/** @throws InsufficientStockError for the first changed line that asks for more than a cart accepts */
export function assertInStock(cart: CartView, changed: Changed): void {
  for (const line of cart.lines) {
    const available = availableOf(line);
    const at = changed.get(line.variantId);
    if (at && line.quantity > available) {
      throw new InsufficientStockError(line.variantId, shownQuantity(available), [...at, 'quantity']);
    }
  }
}

/** Why a line was not added: the variant is not for sale, or its line has too many units already. */
export async function whyNotAdded(
  tx: Tx,
  cartId: string,
  { variantId, at }: RequestedCartLine,
): Promise<DomainError> {
  const line = await tx.row(lineQuantity, { cartId, variantId });
  return line ? lineTooLong(line.quantity, at) : new NotFoundError('variant for sale', [...at, 'variantId']);
}
