import { useClientHandle } from '@urql/vue';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useIntent } from '../app/useIntent';
import { StockAdjustDocument, StockHoldReleaseDocument } from '../generated/inventory/graphql';
import type { StockSetInput } from '../generated/inventory/graphql';

/** Counting stock and releasing reservations. Each is recorded as a movement with its reason. */
export function useStockSteps() {
  const { t } = useI18n();
  const handle = useClientHandle();
  const intent = useIntent();

  /**
   * Sets a stock level to a counted quantity, and sends the quantity that was shown before the count. When a sale
   * changed it in between, nothing is written, and `currentQuantity` holds the current quantity.
   */
  const adjust = (requested: Omit<StockSetInput, 'idempotencyKey'>): Promise<boolean> =>
    intent.send(async (idempotencyKey) => {
      const result = await handle.client.mutation(StockAdjustDocument, {
        input: { ...requested, idempotencyKey },
      });
      return { result, userErrors: result.data?.stockSet.errors };
    }, t('stock.saved'));

  const releaseHold = (holdId: string): Promise<boolean> =>
    intent.send(async (idempotencyKey) => {
      const result = await handle.client.mutation(StockHoldReleaseDocument, {
        input: { holdId, idempotencyKey },
      });
      return { result, userErrors: result.data?.stockRelease.errors };
    }, t('inventory.holdReleased'));

  return {
    ...intent,
    adjust,
    releaseHold,
    currentQuantity: computed(
      () => intent.userErrors.value.find(({ code }) => code === 'STALE_QUANTITY')?.currentQuantity,
    ),
  };
}
