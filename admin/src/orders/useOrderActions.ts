import { useClientHandle } from '@urql/vue';
import { useI18n } from 'vue-i18n';
import { messagesFor } from '../app/error-messages';
import { onVersion } from '../app/seen-version';
import { useIntent } from '../app/useIntent';
import type { Answer } from '../app/useIntent';
import {
  DraftOrderMarkPaidDocument,
  DraftOrderSendDocument,
  OrderCancelDocument,
  OrderEditCancelDocument,
  OrderRefundDocument,
  OrderStatusUpdateDocument,
} from '../generated/orders/graphql';
import type { OrderRefundPreviewInput, OrderStatus } from '../generated/orders/graphql';
import { cancelMessages } from './order-actions';
import { paymentSteps } from './payments/payment-steps';
import { shipmentSteps } from './shipments/shipment-steps';
import type { OrderView } from './useOrder';

/** The input of every action: the order, the version that the user saw, and the idempotency key. */
export interface Step {
  orderId: string;
  expectedVersion: number;
  idempotencyKey: string;
}

/** The order line that an error about missing stock refers to; null when it is none of them. */
export function shortLine(
  order: { lines: readonly { productName: string; sku: string; variant?: { id: string } | null }[] } | null,
  variantId: string | undefined,
): string | null {
  const line = order?.lines.find(({ variant }) => variantId !== undefined && variant?.id === variantId);
  return line ? `${line.productName} · ${line.sku}` : null;
}

const READ_AGAIN = new Set([
  'NOT_READ',
  'STALE_VERSION',
  'ILLEGAL_TRANSITION',
  'PAYMENT_DISPUTED',
  'PAYMENT_CHANGED',
  'NOT_FOUND',
]);

/**
 * The staff actions on an order. Each sends the version that the user saw. After a concurrent change the order is
 * reloaded and the user gets an error, so that nothing is overwritten unseen.
 */
export function useOrderActions(order: () => OrderView | null, reload: () => Promise<void>) {
  const { t } = useI18n();
  const handle = useClientHandle();
  const intent = useIntent((problem) => {
    const line = shortLine(order(), problem.variantId);
    if (!line) return messagesFor(problem);
    return t('orderEditing.shortLine', { line, count: problem.availableQuantity ?? 0 });
  });

  async function run(send: (step: Step) => Promise<Answer>, done: string): Promise<boolean> {
    const current = order();
    if (!current) return false;
    const isDone = await intent.send(
      (idempotencyKey) =>
        onVersion(current.version, (expectedVersion) =>
          send({ orderId: current.id, expectedVersion, idempotencyKey }),
        ),
      done,
    );
    if (intent.userErrors.value.some(({ code }) => READ_AGAIN.has(code))) await reload();
    return isDone;
  }

  const move = (status: OrderStatus): Promise<boolean> =>
    run(
      async (step) => {
        const input = { ...step, status };
        const result = await handle.client.mutation(OrderStatusUpdateDocument, { input });
        return { result, userErrors: result.data?.orderStatusUpdate.errors };
      },
      t('order.moved', { status: t(`orderStatus.${status}`) }),
    );

  const cancel = (reason: string, restock: boolean): Promise<boolean> =>
    run(
      async (step) => {
        const input = { ...step, reason: reason || null, restock };
        const result = await handle.client.mutation(OrderCancelDocument, { input });
        return { result, userErrors: result.data?.orderCancel.errors };
      },
      t(cancelMessages(order()).done),
    );

  const refund = (requested: OrderRefundPreviewInput & { reason: string | null }): Promise<boolean> =>
    run(async (step) => {
      const result = await handle.client.mutation(OrderRefundDocument, { input: { ...requested, ...step } });
      return { result, userErrors: result.data?.orderRefund.errors };
    }, t('refund.done'));

  const { ship, track, markDelivered } = shipmentSteps(run, handle.client, t);

  const { capture, markReceived, acceptPayment } = paymentSteps(run, handle.client, t);

  const sendLink = (holdDays: number): Promise<boolean> =>
    run(async (step) => {
      const input = { ...step, holdDays };
      const result = await handle.client.mutation(DraftOrderSendDocument, { input });
      return { result, userErrors: result.data?.draftOrderSend.errors };
    }, t('link.sent'));

  const markPaid = (note: string): Promise<boolean> =>
    run(async (step) => {
      const input = { ...step, note: note || null };
      const result = await handle.client.mutation(DraftOrderMarkPaidDocument, { input });
      return { result, userErrors: result.data?.draftOrderMarkPaid.errors };
    }, t('received.done'));

  const dropEdit = (): Promise<boolean> =>
    run(async (input) => {
      const result = await handle.client.mutation(OrderEditCancelDocument, { input });
      return { result, userErrors: result.data?.orderEditCancel.errors };
    }, t('edit.dropped'));

  const { busy, problems, begin, forget } = intent;
  return {
    ...{ busy, problems, begin, forget },
    ...{
      move,
      cancel,
      refund,
      ship,
      track,
      markDelivered,
      capture,
      markReceived,
      acceptPayment,
      sendLink,
      markPaid,
      dropEdit,
    },
  };
}
