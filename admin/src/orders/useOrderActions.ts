import { useClientHandle } from '@urql/vue';
import { useI18n } from 'vue-i18n';
import { useIntent } from '../app/useIntent';
import type { Answer } from '../app/useIntent';
import {
  OrderEditCancelDocument,
  OrderStatusUpdateDocument,
  ShipmentUpdateDocument,
} from '../generated/orders/graphql';
import type { OrderStatus } from '../generated/orders/graphql';
import { onOrder, orderMessage } from './actions/on-order';
import type { Step } from './actions/on-order';
import type { OrderView } from './useOrder';

const READ_AGAIN = new Set([
  'NOT_READ',
  'STALE_VERSION',
  'ILLEGAL_TRANSITION',
  'PAYMENT_DISPUTED',
  'PAYMENT_CHANGED',
  'NOT_FOUND',
]);

/**
 * The actions on an order that are done with one press, without a dialog. Each sends the version that the user saw. After a
 * concurrent change the order is reloaded and the user gets an error, so that nothing is overwritten unseen.
 */
export function useOrderActions(order: () => OrderView | null, reload: () => Promise<void>) {
  const { t } = useI18n();
  const handle = useClientHandle();
  const intent = useIntent((problem) => orderMessage(problem, order(), t));

  async function run(send: (step: Step) => Promise<Answer>, done: string): Promise<boolean> {
    const current = order();
    if (!current) return false;
    const isDone = await intent.send((idempotencyKey) => onOrder(current, idempotencyKey, send), done);
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

  const markDelivered = (shipmentId: string): Promise<boolean> =>
    run(async ({ expectedVersion, idempotencyKey }) => {
      const input = { shipmentId, status: 'DELIVERED' as const, expectedVersion, idempotencyKey };
      const result = await handle.client.mutation(ShipmentUpdateDocument, { input });
      return { result, userErrors: result.data?.shipmentUpdate.errors };
    }, t('shipment.delivered'));

  const dropEdit = (): Promise<boolean> =>
    run(async (input) => {
      const result = await handle.client.mutation(OrderEditCancelDocument, { input });
      return { result, userErrors: result.data?.orderEditCancel.errors };
    }, t('edit.dropped'));

  const { busy, problems, begin, forget } = intent;
  return { ...{ busy, problems, begin, forget }, move, markDelivered, dropEdit };
}
