import type { DeskOrderFragment } from '../generated/order-editing/graphql';
import type { DraftLine } from './draft-order';

export interface EditLine extends DraftLine {
  /** How many it was; 0 for a line that is new. */
  before: number;
  /** How many have left already: those stay. */
  least: number;
}

/** Lines of the order as it is. A line whose variant is no longer in the catalog cannot be named any more. */
export function editLines(order: Pick<DeskOrderFragment, 'lines'>): EditLine[] {
  return order.lines.flatMap((line) =>
    line.variant
      ? [
          {
            variantId: line.variant.id,
            product: line.productName,
            variant: line.variantName,
            sku: line.sku,
            imageUrl: line.image?.url ?? '',
            quantity: line.quantity,
            before: line.quantity,
            least: line.fulfilledQuantity,
          },
        ]
      : [],
  );
}

/** Whoever leaves a line out removes it, so an order with a line nobody can name must not be edited at all. */
export const hasLostLine = (order: Pick<DeskOrderFragment, 'lines'>): boolean =>
  order.lines.some((line) => !line.variant);

export function addToEdit(lines: readonly EditLine[], added: DraftLine): EditLine[] {
  const present = lines.find(({ variantId }) => variantId === added.variantId);
  if (!present) return [...lines, { ...added, before: 0, least: 0 }];
  return lines.map((line) =>
    line === present ? { ...line, quantity: line.quantity + added.quantity } : line,
  );
}

/** Takes a new line out again; one that was ordered goes down to what has left already. */
export function removeFromEdit(lines: readonly EditLine[], variantId: string): EditLine[] {
  return lines
    .filter((line) => line.variantId !== variantId || line.before > 0)
    .map((line) => (line.variantId === variantId ? { ...line, quantity: line.least } : line));
}

/** The lines as the order has them now, with the changes that were being made to it before. */
export function carryOver(mine: readonly EditLine[], fresh: readonly EditLine[]): EditLine[] {
  const edited = (line: EditLine): EditLine | undefined =>
    mine.find(({ variantId, quantity, before }) => variantId === line.variantId && quantity !== before);
  const added = mine.filter(
    ({ variantId, before }) => before === 0 && !fresh.some((line) => line.variantId === variantId),
  );
  const kept = fresh.map((line) => {
    const { quantity } = edited(line) ?? line;
    return { ...line, quantity: Math.max(line.least, quantity) };
  });
  return [...kept, ...added];
}

export const isChanged = (lines: readonly EditLine[]): boolean =>
  lines.some(({ quantity, before }) => quantity !== before);

/** Pieces that were promised and are no longer wanted: what may go back on the shelf. */
export const takesBack = (lines: readonly EditLine[]): boolean =>
  lines.some(({ quantity, before }) => quantity < before);
