import { z } from 'zod';
import type { EditableOrderFragment } from '../generated/order-editing/graphql';
import type { FieldDefinition } from '../ui/forms/fields/field';

export const MOST_OF_A_LINE = 999;

/** A variant as the lines of a draft and of an edit show it. */
export interface ShownVariant {
  variantId: string;
  product: string;
  variant: string;
  sku: string;
  imageUrl: string;
}

/** How many are wanted of a variant; `id` is the variant's, by which the lines of two people are merged. */
export interface WantedLine {
  id: string;
  quantity: number;
}

/** The lines as a form holds them: what is shown of a variant that the stored order lacks comes with it. */
export interface LinesState {
  lines: WantedLine[];
  added: ShownVariant[];
}

export interface ShownLine extends ShownVariant {
  quantity: number;
  /** The stored quantity; 0 for a new line. */
  before: number;
  /** The shipped quantity, which cannot be taken off. */
  least: number;
}

type Stored = Pick<EditableOrderFragment, 'lines'> | undefined;

/** The lines of an order. A line whose variant is no longer in the catalog is left out, because the API names lines by variant. */
function storedLines(order: Stored): ShownLine[] {
  return (order?.lines ?? []).flatMap((line) =>
    line.variant
      ? [
          {
            ...{ variantId: line.variant.id, product: line.productName, variant: line.variantName },
            ...{ sku: line.sku, imageUrl: line.image?.url ?? '' },
            ...{ quantity: line.quantity, before: line.quantity, least: line.fulfilledQuantity },
          },
        ]
      : [],
  );
}

/** The lines with which a form of an order begins. */
export const linesOf = (order: Stored): LinesState => ({
  lines: storedLines(order).map(({ variantId, quantity }) => ({ id: variantId, quantity })),
  added: [],
});

/** The lines of a form as they count: what has been shipped meanwhile stays, whatever the form says. */
export function shownLines({ lines, added }: LinesState, order: Stored): ShownLine[] {
  const stored = storedLines(order);
  return lines.flatMap(({ id, quantity }): ShownLine[] => {
    const known =
      stored.find(({ variantId }) => variantId === id) ??
      added.filter(({ variantId }) => variantId === id).map((line) => ({ ...line, before: 0, least: 0 }))[0];
    return known ? [{ ...known, quantity: Math.max(known.least, quantity) }] : [];
  });
}

/** Adds one of a variant: another one where it is among the lines. */
export function addVariant(state: LinesState, found: ShownVariant): LinesState {
  const isThere = state.lines.some(({ id }) => id === found.variantId);
  const isKnown = state.added.some(({ variantId }) => variantId === found.variantId);
  return {
    lines: isThere
      ? state.lines.map((line) =>
          line.id === found.variantId
            ? { ...line, quantity: Math.min(MOST_OF_A_LINE, line.quantity + 1) }
            : line,
        )
      : [...state.lines, { id: found.variantId, quantity: 1 }],
    added: isThere || isKnown ? state.added : [...state.added, found],
  };
}

/** Takes a line out of a form. */
export const withoutVariant = ({ lines, added }: LinesState, variant: string): LinesState => ({
  lines: lines.filter(({ id }) => id !== variant),
  added: added.filter(({ variantId }) => variantId !== variant),
});

/** The lines as the API takes them. */
export const wantedLines = (
  lines: readonly Pick<ShownLine, 'variantId' | 'quantity'>[],
): { variantId: string; quantity: number }[] =>
  lines.filter(({ quantity }) => quantity > 0).map(({ variantId, quantity }) => ({ variantId, quantity }));

/** The schemas of the two parts of a form that hold its lines. */
export const LINES_SHAPE = {
  lines: z.array(z.object({ id: z.string(), quantity: z.int() })),
  added: z.array(
    z.object({
      ...{ variantId: z.string(), product: z.string(), variant: z.string() },
      ...{ sku: z.string(), imageUrl: z.string() },
    }),
  ),
};

/** Drawn by the page; described so that a colleague's quantity is named beside one's own. */
export const LINES_FIELDS = {
  lines: {
    label: 'order.lines',
    kind: 'rows',
    parts: { quantity: { label: 'products.quantity', kind: 'number' } },
    rowName: (order, id) => {
      const line = storedLines(order).find(({ variantId }) => variantId === id);
      return line && nameOfLine(line);
    },
  },
  added: { label: 'order.lines', kind: 'own' },
} satisfies Record<string, FieldDefinition<EditableOrderFragment>>;

/** A product of one variant has the same name twice. */
export const nameOfLine = ({ product, variant }: ShownVariant): string =>
  [...new Set([product, variant])].join(' ');
