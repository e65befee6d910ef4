import { useClientHandle } from '@urql/vue';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useIntent } from '../app/useIntent';
import {
  StockAdjustDocument,
  StockHoldReleaseDocument,
  StockReceiveDocument,
  StockTransferDocument,
} from '../generated/inventory/graphql';
import type { StockReceiveInput, StockSetInput, StockTransferInput } from '../generated/inventory/graphql';

type Requested<Input> = Omit<Input, 'idempotencyKey'>;

/** All stock actions of staff. Each is recorded as a movement with its reason. */
export function useStockSteps() {
  const { t } = useI18n();
  const handle = useClientHandle();
  const intent = useIntent();

  /**
   * Sets a stock level to a counted quantity, and sends the quantity that was shown before the count. When a sale
   * changed it in between, nothing is written, and `currentQuantity` holds the current quantity.
   */
  const adjust = (requested: Requested<StockSetInput>): Promise<boolean> =>
    intent.send(async (idempotencyKey) => {
      const result = await handle.client.mutation(StockAdjustDocument, {
        input: { ...requested, idempotencyKey },
      });
      return { result, userErrors: result.data?.stockSet.errors };
    }, t('stock.saved'));

  const receive = (requested: Requested<StockReceiveInput>): Promise<boolean> =>
    intent.send(async (idempotencyKey) => {
      const result = await handle.client.mutation(StockReceiveDocument, {
        input: { ...requested, idempotencyKey },
      });
      return { result, userErrors: result.data?.stockReceive.errors };
    }, t('inventory.received'));

  const transfer = (requested: Requested<StockTransferInput>): Promise<boolean> =>
    intent.send(async (idempotencyKey) => {
      const result = await handle.client.mutation(StockTransferDocument, {
        input: { ...requested, idempotencyKey },
      });
      return { result, userErrors: result.data?.stockTransfer.errors };
    }, t('inventory.transferred'));

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
    receive,
    transfer,
    releaseHold,
    currentQuantity: computed(
      () => intent.userErrors.value.find(({ code }) => code === 'STALE_QUANTITY')?.currentQuantity,
    ),
  };
}
