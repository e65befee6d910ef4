import { formatMoney } from '@vitrine/client/money';
import { z } from 'zod';
import { ReturnRefundDocument, ReturnRefundPreviewDocument } from '../../generated/returns/graphql';
import type { ReturnRefundPreviewQuery } from '../../generated/returns/graphql';
import { defineForm } from '../../ui/forms/define-form';
import { optionalMoney } from '../../ui/forms/fields/codecs';
import type { FormMoment } from '../../ui/forms/define-form';
import type { ReturnView } from '../useReturn';
import { onReturn } from './on-return';

type Preview = NonNullable<ReturnRefundPreviewQuery['orderRefundPreview']>;

/** What is given back for a return, in minor units: with `amount` that sum, instead of the worth of what came back. */
interface Sums {
  shipping: number | null;
  amount: number | null;
}

/** The received units that were not refunded yet, as the server counts them; restocking was decided when they were received. */
const linesOf = ({ lines }: ReturnView) =>
  lines
    .map(({ orderLine: { id, quantity, refundedQuantity }, received }) => ({
      orderLineId: id,
      quantity: Math.min(received, quantity - refundedQuantity),
      restock: false,
    }))
    .filter(({ quantity }) => quantity > 0);

/** The units were free, or were refunded meanwhile: the return is closed without a refund. */
const isWorthless = ({ amount, shipping }: Sums, { value }: ReturnView): boolean =>
  value.amount === 0 && amount === null && !shipping;

function previewInput({ amount, shipping }: Sums, requested: ReturnView) {
  const orderId = requested.order.id;
  if (amount !== null) return { orderId, amount, lines: [] };
  return { orderId, lines: linesOf(requested), shipping: shipping ?? 0 };
}

/** Gives money back for what came back. Nothing can be sent before the API has said how much that is. */
export const returnRefundForm = defineForm<ReturnView, Sums, Preview>({
  name: 'return-refund',
  isPersonal: true,
  titleOf: (_requested, { t }) => t('returnStep.REFUND'),
  hintOf: ({ value }, { t, locale }) => t('returnStepHint.REFUND', { value: formatMoney(value, locale) }),
  submitLabel: labelOf,
  done: 'refund.done',
  schema: (tools) => z.object({ shipping: optionalMoney(tools), amount: optionalMoney(tools) }),
  toFields: () => ({ shipping: null, amount: null }),
  fields: {
    shipping: {
      label: 'refund.shipping',
      kind: 'money',
      isFor: (requested) => (requested?.order.shipping.gross.amount ?? 0) > 0,
      isFixed: (_requested, { amount }) => String(amount ?? '').trim() !== '',
      explain: ({ t, locale }, requested) =>
        requested &&
        t('refund.paidForShipping', { amount: formatMoney(requested.order.shipping.gross, locale) }),
    },
    amount: { label: 'returns.otherAmount', kind: 'money', isOptional: true },
  },
  preview: (sums, requested) => {
    if (isWorthless(sums, requested)) return null;
    const input = previewInput(sums, requested);
    return {
      about: input,
      load: async (client) => {
        const result = await client.query(
          ReturnRefundPreviewDocument,
          { input },
          { requestPolicy: 'network-only' },
        );
        return { result, preview: result.data?.orderRefundPreview };
      },
    };
  },
  needsNoPreview: isWorthless,
  update: (client, requested, sums, key) =>
    onReturn(requested, key, async (step) => {
      const result = await client.mutation(ReturnRefundDocument, { input: { ...step, ...sums } });
      return { result, userErrors: result.data?.returnRefund.errors };
    }),
});

function labelOf({ entity, values, preview, tools: { t, locale } }: FormMoment<ReturnView, Preview>): string {
  if (preview) return t('refund.giveBack', { amount: formatMoney(preview.amount, locale) });
  const isEmpty = [values['amount'], values['shipping']].every((text) => String(text ?? '').trim() === '');
  return t(isEmpty && entity?.value.amount === 0 ? 'returns.closeUnpaid' : 'refund.submit');
}
