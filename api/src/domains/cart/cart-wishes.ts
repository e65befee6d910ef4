import { InvalidInputError } from '../../kernel/errors.js';
import { MOST_PIECES } from './cart.statements.js';

export interface CartLineWish {
  readonly variantId: string;
  readonly quantity: number;
  /** Where it stands in the input, for refusals. */
  readonly at: readonly string[];
}

/** A new quantity for a line; 0 removes it. */
export interface CartLineChange {
  readonly lineId: string;
  readonly quantity: number;
  /** Where it stands in the input, for refusals. */
  readonly at: readonly string[];
}

/** @throws InvalidInputError for a quantity that no line can have */
export function assertQuantity(quantity: number, least: number, at: readonly string[]): void {
  if (!Number.isInteger(quantity) || quantity < least || quantity > MOST_PIECES) {
    throw new InvalidInputError(`A quantity is a whole number from ${least} to ${MOST_PIECES}.`, [
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
