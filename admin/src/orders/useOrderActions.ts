import { useClientHandle } from '@urql/vue';
import type { OperationResult } from '@urql/core';
import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { wordsFor } from '../app/error-words';
import { problemsOf } from '../app/problems';
import type { Problem } from '../app/problems';
import {
  OrderCancelDocument,
  OrderStatusUpdateDocument,
  ShipmentCreateDocument,
  ShipmentUpdateDocument,
} from '../generated/orders/graphql';
import type { OrderStatus, ShipmentCreateInput } from '../generated/orders/graphql';
import type { OrderView } from './useOrder';

/**
 * What staff may do with an order. Each step names the version it was decided on; when somebody was
 * faster, the order is read again and the person is told, so that nothing is overwritten unseen.
 */
export function useOrderActions(order: () => OrderView | null, reload: () => Promise<void>) {
  const { t } = useI18n();
  const toast = useToast();
  const handle = useClientHandle();
  const busy = ref(false);
  const problems = ref<string[]>([]);

  async function run(
    send: (
      current: OrderView,
      version: number,
    ) => Promise<{ result: Pick<OperationResult, 'error'>; refusals?: Problem[] }>,
    done: string,
  ): Promise<boolean> {
    const current = order();
    if (!current || busy.value) return false;
    busy.value = true;
    problems.value = [];
    const { result, refusals } = await send(current, current.version ?? 0);
    busy.value = false;

    const found = problemsOf(result, refusals);
    if (found.length === 0) {
      toast.add({ icon: 'i-lucide-check', color: 'success', title: done });
      return true;
    }
    problems.value = found.map(wordsFor);
    if (found.some((problem) => problem.code === 'STALE_VERSION' || problem.code === 'ILLEGAL_TRANSITION'))
      await reload();
    return false;
  }

  const move = (status: OrderStatus): Promise<boolean> =>
    run(
      async ({ id }, expectedVersion) => {
        const input = { orderId: id, status, expectedVersion };
        const result = await handle.client.mutation(OrderStatusUpdateDocument, { input });
        return { result, refusals: result.data?.orderStatusUpdate.errors };
      },
      t('order.moved', { status: t(`orderStatus.${status}`) }),
    );

  /** The key is made when the dialog opens: pressing twice, or again after a lost answer, cancels once. */
  const cancel = (reason: string, idempotencyKey: string): Promise<boolean> =>
    run(async ({ id }, expectedVersion) => {
      const input = { orderId: id, expectedVersion, idempotencyKey, reason: reason || null };
      const result = await handle.client.mutation(OrderCancelDocument, { input });
      return { result, refusals: result.data?.orderCancel.errors };
    }, t('order.cancelled'));

  const ship = (shipment: Omit<ShipmentCreateInput, 'orderId' | 'expectedVersion'>): Promise<boolean> =>
    run(async ({ id }, expectedVersion) => {
      const input = { ...shipment, orderId: id, expectedVersion };
      const result = await handle.client.mutation(ShipmentCreateDocument, { input });
      return { result, refusals: result.data?.shipmentCreate.errors };
    }, t('shipment.created'));

  const markDelivered = (shipmentId: string): Promise<boolean> =>
    run(async () => {
      const input = { shipmentId, status: 'DELIVERED' as const };
      const result = await handle.client.mutation(ShipmentUpdateDocument, { input });
      return { result, refusals: result.data?.shipmentUpdate.errors };
    }, t('shipment.delivered'));

  return { busy, problems, move, cancel, ship, markDelivered, forgetProblems: () => (problems.value = []) };
}
