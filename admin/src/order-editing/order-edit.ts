import type { EditableOrderFragment } from '../generated/order-editing/graphql';
import type { DraftLine } from './draft-order';

export interface EditLine extends DraftLine {
  /** The ordered quantity; 0 for a new line. */
  before: number;
  /** The shipped quantity, which cannot be removed. */
  least: number;
}

/** The lines of the order. A line whose variant is no longer in the catalog is left out, because the API names lines by variant. */
export function editLines(order: Pick<EditableOrderFragment, 'lines'>): EditLine[] {
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

/** A line that is left out of the input is removed, so an order with a line that cannot be named must not be edited. */
export const hasLostLine = (order: Pick<EditableOrderFragment, 'lines'>): boolean =>
  order.lines.some((line) => !line.variant);

export function addToEdit(lines: readonly EditLine[], added: DraftLine): EditLine[] {
  const present = lines.find(({ variantId }) => variantId === added.variantId);
  if (!present) return [...lines, { ...added, before: 0, least: 0 }];
  return lines.map((line) =>
    line === present ? { ...line, quantity: line.quantity + added.quantity } : line,
  );
}

/** Removes a new line; reduces an ordered line to its shipped quantity. */
export function removeFromEdit(lines: readonly EditLine[], variantId: string): EditLine[] {
  return lines
    .filter((line) => line.variantId !== variantId || line.before > 0)
    .map((line) => (line.variantId === variantId ? { ...line, quantity: line.least } : line));
}

/** The current lines of the order, with the unsaved changes applied again. */
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

/** Whether the edit removes ordered units, which may be restocked. */
export const removesUnits = (lines: readonly EditLine[]): boolean =>
  lines.some(({ quantity, before }) => quantity < before);
