import { useClientHandle } from '@urql/vue';
import { useI18n } from 'vue-i18n';
import { useIntent } from '../app/useIntent';
import { StockHoldReleaseDocument } from '../generated/inventory/graphql';

/** Releasing reservations. Each is recorded as a movement with its reason. */
export function useStockSteps() {
  const { t } = useI18n();
  const handle = useClientHandle();
  const intent = useIntent();

  const releaseHold = (holdId: string): Promise<boolean> =>
    intent.send(async (idempotencyKey) => {
      const result = await handle.client.mutation(StockHoldReleaseDocument, {
        input: { holdId, idempotencyKey },
      });
      return { result, userErrors: result.data?.stockRelease.errors };
    }, t('inventory.holdReleased'));

  return { ...intent, releaseHold };
}
