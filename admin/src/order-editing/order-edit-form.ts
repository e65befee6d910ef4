import { z } from 'zod';
import { onVersion } from '../app/seen-version';
import { OrderEditDocument, OrderEditPreviewDocument } from '../generated/order-editing/graphql';
import type { EditableOrderFragment, OrderEditPreviewQuery } from '../generated/order-editing/graphql';
import { defineForm } from '../ui/forms/define-form';
import { LINES_FIELDS, LINES_SHAPE, linesOf, shownLines, wantedLines } from './order-lines';
import type { LinesState, ShownLine } from './order-lines';

export type EditPreview = NonNullable<OrderEditPreviewQuery['orderEditPreview']>;
/** A change of an order as it is entered. */
export interface EditValues extends LinesState {
  /** Whether ordered units that are taken off go back in stock. */
  restock: boolean;
  /** What the order costs afterwards, in minor units, as the user has seen it; null while nobody has. */
  expectedTotal: number | null;
}

/** A line that is left out of the input is removed, so an order with a line that cannot be named must not be edited. */
export const hasLostLine = (order: Pick<EditableOrderFragment, 'lines'>): boolean =>
  order.lines.some((line) => !line.variant);

/** Takes a new line off; an ordered one is reduced to its shipped quantity, and stays in sight. */
export function takeOff(state: LinesState, line: ShownLine): LinesState {
  const { variantId, before, least } = line;
  return {
    lines: state.lines
      .filter(({ id }) => id !== variantId || before > 0)
      .map((wanted) => (wanted.id === variantId ? { ...wanted, quantity: least } : wanted)),
    added: state.added.filter((added) => added.variantId !== variantId),
  };
}

export const isChanged = (lines: readonly ShownLine[]): boolean =>
  lines.some(({ quantity, before }) => quantity !== before);

/** Whether the edit takes ordered units off, which may be restocked. */
export const takesUnitsOff = (lines: readonly ShownLine[]): boolean =>
  lines.some(({ quantity, before }) => quantity < before);

/**
 * Changes the lines of an order that was placed, and thereby what it costs: the difference is asked for or goes back at
 * once. Nothing is sent before the API has said what that is, and with it goes the total that was shown: the API computes
 * it again under its locks, and refuses another one instead of charging it. After a lost answer the key, the version, the
 * lines and that total are sent again as they were, so that the order is changed, and money moved, once.
 */
export const orderEditForm = defineForm<EditableOrderFragment, EditValues, EditPreview>({
  name: 'order-edit',
  isPersonal: true,
  titleOf: ({ number }, { t }) => t('edit.title', { number }),
  done: 'edit.saved',
  schema: () => z.object({ ...LINES_SHAPE, restock: z.boolean(), expectedTotal: z.int().nullable() }),
  toFields: (order) => ({ ...linesOf(order), restock: true, expectedTotal: null }),
  fields: {
    ...LINES_FIELDS,
    restock: { label: 'edit.restock', kind: 'checkbox' },
    expectedTotal: { label: 'edit.totalAfter', kind: 'own' },
  },
  forbids: ({ preview, tools: { can } }) =>
    preview?.settlement === 'REFUND' && !can('ORDER_REFUND') ? 'errors.REFUND_NOT_ALLOWED' : undefined,
  agree: (values, { totalAfter }) => ({ ...values, expectedTotal: totalAfter.amount }),
  preview: (values, order) => {
    const lines = shownLines(values, order);
    if (!isChanged(lines)) return null;
    const input = { orderId: order.id, lines: wantedLines(lines) };
    return {
      // The version is part of it, so that it is asked for again after a colleague's change.
      about: { input, version: order.version },
      load: async (client) => {
        const result = await client.query(
          OrderEditPreviewDocument,
          { input },
          { requestPolicy: 'network-only' },
        );
        return { result, preview: result.data?.orderEditPreview };
      },
    };
  },
  update: (client, order, { restock, expectedTotal, ...wanted }, idempotencyKey) =>
    onVersion(expectedTotal === null ? null : order.version, async (expectedVersion) => {
      const lines = wantedLines(shownLines(wanted, order));
      const input = {
        ...{ orderId: order.id, lines, restock },
        ...{ expectedTotal: expectedTotal ?? 0, expectedVersion, idempotencyKey },
      };
      const result = await client.mutation(OrderEditDocument, { input });
      return { result, userErrors: result.data?.orderEdit.errors };
    }),
});
