import { z } from 'zod';
import { OrderCancelDocument, OrderCancelPreviewDocument } from '../../generated/orders/graphql';
import type { OrderCancelPreviewQuery } from '../../generated/orders/graphql';
import { defineForm } from '../../ui/forms/define-form';
import { optionalText } from '../../ui/forms/fields/codecs';
import { cancelMessages } from '../order-actions';
import type { OrderView } from '../useOrder';
import { onOrder, orderMessage } from './on-order';

export type CancelPreview = NonNullable<OrderCancelPreviewQuery['orderCancelPreview']>;
interface Cancelled {
  restock: boolean;
  reason: string | null;
}

/** Returned units may be damaged, so staff must confirm that they can be sold again. */
const hasComeBack = ({ status, fulfillmentStatus }: OrderView): boolean =>
  status !== 'REFUNDED' && fulfillmentStatus !== 'UNFULFILLED';

/** Cancels an order, once its number was typed. */
export const cancelForm = defineForm<OrderView, Cancelled, CancelPreview>({
  name: 'order-cancel',
  isPersonal: true,
  isDanger: true,
  titleOf: (order, { t }) => t(cancelMessages(order).title, { number: order.number }),
  hintOf: (order, { t }) => t(cancelMessages(order).text),
  submitLabel: ({ entity, tools: { t } }) => t(cancelMessages(entity ?? null).action),
  done: (order, _values, { t }) => t(cancelMessages(order ?? null).done),
  confirmWord: (order) => order?.number ?? '',
  focusOn: 'confirmWord',
  schema: () => z.object({ restock: z.boolean(), reason: optionalText() }),
  toFields: (order) => ({ restock: order ? !hasComeBack(order) : true, reason: null }),
  fields: {
    // Asked beside the preview, which says whether there is anything to put back.
    restock: { label: 'cancel.restock', kind: 'checkbox', isFor: () => false },
    reason: { label: 'order.cancelReason', kind: 'long-text', isOptional: true },
  },
  messageOf: (error, order, { t }) => orderMessage(error, order, t),
  forbids: ({ preview, tools: { can } }) =>
    preview?.givesMoneyBack && !can('ORDER_REFUND') ? 'errors.REFUND_NOT_ALLOWED' : undefined,
  preview: (_values, { id: orderId, version }) => ({
    about: { orderId, version },
    load: async (client) => {
      const result = await client.query(
        OrderCancelPreviewDocument,
        { orderId },
        { requestPolicy: 'network-only' },
      );
      return { result, preview: result.data?.orderCancelPreview };
    },
  }),
  update: (client, order, values, key) =>
    onOrder(order, key, async (step) => {
      const result = await client.mutation(OrderCancelDocument, { input: { ...step, ...values } });
      return { result, userErrors: result.data?.orderCancel.errors };
    }),
});
