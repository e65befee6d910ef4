import { formatMoney } from '@vitrine/client/money';
import { z } from 'zod';
import {
  DraftOrderMarkPaidDocument,
  DraftOrderSendDocument,
  PaymentAcceptDocument,
  PaymentCaptureDocument,
  PaymentMarkReceivedDocument,
} from '../../generated/orders/graphql';
import { defineForm } from '../../ui/forms/define-form';
import { optionalMoney, optionalText } from '../../ui/forms/fields/codecs';
import type { FieldDefinition, FormValues } from '../../ui/forms/fields/field';
import { acceptanceText, givesSurplusBack } from '../payments/acceptance-text';
import type { OrderView } from '../useOrder';
import { onOrder, orderMessage } from './on-order';

const MOST_DAYS = 30;

const common = {
  isPersonal: true,
  messageOf: (
    error: Parameters<typeof orderMessage>[0],
    order: OrderView | undefined,
    { t }: { t: Translate },
  ) => orderMessage(error, order, t),
} as const;
type Translate = Parameters<typeof orderMessage>[2];

const expected = (order: OrderView) => order.pendingPayment ?? order.total.gross;
const parts = (order: OrderView, locale: string) => ({
  amount: formatMoney(expected(order), locale),
  email: order.email,
});

const NOTE: FieldDefinition<OrderView> = {
  label: 'stock.note',
  kind: 'text',
  placeholder: 'received.notePlaceholder',
  isOptional: true,
};

/** Takes the money that is reserved on a card. */
export const captureForm = defineForm<OrderView, Record<never, never>>({
  ...common,
  name: 'order-capture',
  titleOf: (_order, { t }) => t('orderAction.CAPTURE'),
  hintOf: (order, { t, locale }) => t('orderStep.CAPTURE', parts(order, locale)),
  submitLabel: 'orderAction.CAPTURE',
  done: 'capture.done',
  schema: () => z.object({}),
  toFields: () => ({}),
  fields: {},
  update: (client, order, _values, key) =>
    onOrder(order, key, async (input) => {
      const result = await client.mutation(PaymentCaptureDocument, { input });
      return { result, userErrors: result.data?.paymentCapture.errors };
    }),
});

interface Received {
  /** What the courier collected, in minor units; null for the whole price. */
  collected: number | null;
  restock: boolean;
  note: string | null;
}

/** One shipment was refused at the door and another was kept: the courier brings less. */
const mayBePart = (order: OrderView | undefined): boolean =>
  order?.paymentMethod === 'CASH_ON_DELIVERY' &&
  order.shipments.some(({ status }) => status === 'RETURNED') &&
  order.shipments.some(({ status }) => status !== 'RETURNED');

/** Where accounts of the shop paid for what was kept, the courier brings nothing. */
const leastCollected = (order: OrderView | undefined): number => (order && order.tenders.length > 0 ? 0 : 1);

/** Notes that the money of an order arrived. */
export const markReceivedForm = defineForm<OrderView, Received>({
  ...common,
  name: 'order-received',
  titleOf: (_order, { t }) => t('orderAction.MARK_RECEIVED'),
  hintOf: (order, { t, locale }) =>
    t(mayBePart(order) ? 'received.part' : 'orderStep.MARK_RECEIVED', parts(order, locale)),
  submitLabel: 'orderAction.MARK_RECEIVED',
  done: 'received.done',
  schema: (tools, order) =>
    z.object({
      collected: optionalMoney(tools).refine(
        (amount) =>
          amount === null ||
          (amount >= leastCollected(order) && (!order || amount <= expected(order).amount)),
        order && tools.t('received.collectedWrong', parts(order, tools.locale)),
      ),
      restock: z.boolean(),
      note: optionalText(),
    }),
  toFields: () => ({ collected: null, restock: true, note: null }),
  fields: {
    collected: {
      label: 'received.collected',
      kind: 'money',
      isFor: mayBePart,
      explain: ({ t, locale }, order) => order && t('received.collectedHelp', parts(order, locale)),
    },
    restock: {
      label: 'received.restock',
      kind: 'checkbox',
      isFor: (order, { collected }: FormValues) => mayBePart(order) && String(collected ?? '').trim() !== '',
    },
    note: NOTE,
  },
  update: (client, order, { collected, restock, note }, key) =>
    onOrder(order, key, async (step) => {
      const part = mayBePart(order) && collected !== null ? { amount: collected, restock } : {};
      const result = await client.mutation(PaymentMarkReceivedDocument, {
        input: { ...step, note, ...part },
      });
      return { result, userErrors: result.data?.paymentMarkReceived.errors };
    }),
});

/** Places an order with what was paid. `amount` is what came in, as the user saw it, in minor units. */
export const acceptPaymentForm = defineForm<OrderView, { amount: number }>({
  ...common,
  name: 'order-accept-payment',
  titleOf: (_order, { t }) => t('orderAction.ACCEPT_PAYMENT'),
  hintOf: (order, { t, locale }) => acceptanceText(order, locale, t),
  forbids: ({ entity: order, tools: { can } }) =>
    order && givesSurplusBack(order) && !can('ORDER_REFUND') ? 'errors.REFUND_NOT_ALLOWED' : undefined,
  submitLabel: 'orderAction.ACCEPT_PAYMENT',
  done: 'acceptPayment.done',
  schema: () => z.object({ amount: z.int() }),
  toFields: (order) => ({ amount: order?.acceptableAmount?.amount ?? 0 }),
  fields: { amount: { label: 'refund.amount', kind: 'own', isFor: () => false } },
  update: (client, order, { amount: expectedAmount }, key) =>
    onOrder(order, key, async (step) => {
      const result = await client.mutation(PaymentAcceptDocument, { input: { ...step, expectedAmount } });
      return { result, userErrors: result.data?.paymentAccept.errors };
    }),
});

/** Notes that a draft was paid in another way. */
export const markPaidForm = defineForm<OrderView, { note: string | null }>({
  ...common,
  name: 'order-paid',
  titleOf: (_order, { t }) => t('orderAction.MARK_PAID'),
  hintOf: (order, { t, locale }) => t('orderStep.MARK_PAID', parts(order, locale)),
  submitLabel: 'orderAction.MARK_PAID',
  done: 'received.done',
  schema: () => z.object({ note: optionalText() }),
  toFields: () => ({ note: null }),
  fields: { note: NOTE },
  update: (client, order, { note }, key) =>
    onOrder(order, key, async (step) => {
      const result = await client.mutation(DraftOrderMarkPaidDocument, { input: { ...step, note } });
      return { result, userErrors: result.data?.draftOrderMarkPaid.errors };
    }),
});

/** Sends the buyer of a draft a link to pay it. */
export const sendLinkForm = defineForm<OrderView, { holdDays: number }>({
  ...common,
  name: 'order-link',
  titleOf: (_order, { t }) => t('orderAction.SEND_LINK'),
  hintOf: (order, { t, locale }) => t('orderStep.SEND_LINK', parts(order, locale)),
  submitLabel: 'orderAction.SEND_LINK',
  done: 'link.sent',
  schema: ({ t }) =>
    z.object({
      holdDays: z
        .int(t('product.wholeNumber'))
        .min(1, t('product.wholeNumber'))
        .max(MOST_DAYS, t('inventory.atMost', { count: MOST_DAYS })),
    }),
  toFields: () => ({ holdDays: 3 }),
  fields: {
    holdDays: {
      label: 'link.holdDays',
      help: 'link.holdDaysHelp',
      kind: 'number',
      least: 1,
      most: MOST_DAYS,
    },
  },
  update: (client, order, { holdDays }, key) =>
    onOrder(order, key, async (step) => {
      const result = await client.mutation(DraftOrderSendDocument, { input: { ...step, holdDays } });
      return { result, userErrors: result.data?.draftOrderSend.errors };
    }),
});
