import { formatMoney } from '@vitrine/client/money';
import { z } from 'zod';
import { OrderRefundDocument, OrderRefundPreviewDocument } from '../../generated/orders/graphql';
import type { OrderRefundPreviewQuery } from '../../generated/orders/graphql';
import { defineForm } from '../../ui/forms/define-form';
import { optionalMoney, optionalText } from '../../ui/forms/fields/codecs';
import type { FormValues } from '../../ui/forms/fields/field';
import type { Tools } from '../../ui/useTools';
import { onOrder, orderMessage } from '../actions/on-order';
import type { OrderView } from '../useOrder';
import { chargesLeft, emptyRefund, refundInput } from './refund-draft';
import type { RefundedLine, RefundValues } from './refund-draft';

export type RefundPreview = NonNullable<OrderRefundPreviewQuery['orderRefundPreview']>;

export const refundSchema = (tools: Tools) =>
  z.object({
    way: z.enum(['lines', 'amount']),
    lines: z.array(z.object({ id: z.string(), quantity: z.int(), restock: z.boolean() })),
    shipping: optionalMoney(tools),
    charges: z.array(z.object({ id: z.string(), amount: optionalMoney(tools) })),
    amount: optionalMoney(tools),
    reason: optionalText(),
  });

const byLines = (_order: unknown, { way }: FormValues): boolean => way === 'lines';

/**
 * Gives money of an order back: pieces, delivery and charges, or an amount. Nothing can be sent before the API has said what
 * that amount is; the API computes it again, under its locks, when the refund is made.
 */
export const refundForm = defineForm<OrderView, RefundValues, RefundPreview>({
  name: 'order-refund',
  isPersonal: true,
  isWide: true,
  titleOf: ({ number }, { t }) => t('refund.title', { number }),
  hintOf: ({ refundable }, { t, locale }) =>
    refundable ? t('refund.left', { amount: formatMoney(refundable, locale) }) : undefined,
  submitLabel: ({ preview, tools: { t, locale } }) =>
    preview ? t('refund.giveBack', { amount: formatMoney(preview.amount, locale) }) : t('refund.submit'),
  done: 'refund.done',
  schema: refundSchema,
  toFields: (order) => emptyRefund(order?.lines ?? [], order ? chargesLeft(order) : []),
  // Pieces chosen for a refund by lines must not be restocked by a refund of an amount, and the other way round.
  follow: (now, { way = now['way'] }) =>
    way === now['way'] ? {} : { lines: noneOf(now['lines'] as RefundedLine[]) },
  fields: {
    way: {
      label: 'refund.way',
      kind: 'radio',
      choices: ({ t }) => [
        { value: 'lines', label: t('refund.byLines') },
        { value: 'amount', label: t('refund.byAmount') },
      ],
    },
    lines: { label: 'refund.pieces', kind: 'own' },
    shipping: {
      label: 'refund.shipping',
      kind: 'money',
      isFor: (order, values) => byLines(order, values) && (order?.shipping.gross.amount ?? 0) > 0,
      explain: ({ t, locale }, order) =>
        order && t('refund.paidForShipping', { amount: formatMoney(order.shipping.gross, locale) }),
    },
    charges: {
      label: 'refund.charge',
      kind: 'own',
      isFor: (order, values) =>
        byLines(order, values) && order !== undefined && chargesLeft(order).length > 0,
    },
    amount: { label: 'refund.amount', kind: 'money', isFor: (_order, { way }) => way === 'amount' },
    reason: { label: 'refund.reason', kind: 'long-text', isOptional: true },
  },
  messageOf: (error, order, { t }) => orderMessage(error, order, t),
  // The version is part of it, so that the preview is asked for again after a concurrent change.
  preview: (values, { id, version }) => {
    const input = refundInput(id, values);
    return (
      input && {
        about: { input, version },
        load: async (client) => {
          const result = await client.query(
            OrderRefundPreviewDocument,
            { input },
            { requestPolicy: 'network-only' },
          );
          return { result, preview: result.data?.orderRefundPreview };
        },
      }
    );
  },
  update: (client, order, values, key) =>
    onOrder(order, key, async (step) => {
      const requested = refundInput(order.id, values) ?? { orderId: order.id };
      const input = { ...requested, reason: values.reason, ...step };
      const result = await client.mutation(OrderRefundDocument, { input });
      return { result, userErrors: result.data?.orderRefund.errors };
    }),
});

const noneOf = (lines: readonly RefundedLine[]): RefundedLine[] =>
  lines.map((line) => ({ ...line, quantity: 0 }));
