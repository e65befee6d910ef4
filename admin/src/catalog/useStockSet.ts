import { useClientHandle } from '@urql/vue';
import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { wordsFor } from '../app/error-words';
import { newIdempotencyKey } from '../app/idempotency-key';
import { problemsOf } from '../app/problems';
import type { Problem } from '../app/problems';
import { StockSetDocument } from '../generated/catalog/graphql';

/**
 * Sets a stock to a counted number, together with the number it was counted from. When a sale came in
 * between, nothing is written: the person sees the number of now and decides again.
 */
export function useStockSet() {
  const { t } = useI18n();
  const toast = useToast();
  const handle = useClientHandle();
  const busy = ref(false);
  const problems = ref<string[]>([]);
  const known = ref(0);
  let key = '';

  function begin(quantity: number): void {
    known.value = quantity;
    problems.value = [];
    key = newIdempotencyKey();
  }

  async function setStock(variantId: string, quantity: number, reason: string): Promise<boolean> {
    busy.value = true;
    const result = await handle.client.mutation(StockSetDocument, {
      input: { variantId, quantity, changeFromQuantity: known.value, reason, idempotencyKey: key },
    });
    busy.value = false;
    const refusals: Problem[] | undefined = result.data?.stockSet.errors;
    const found = problemsOf(result, refusals);
    problems.value = found.map(wordsFor);
    if (found.length === 0) {
      toast.add({ icon: 'i-lucide-check', color: 'success', title: t('stock.saved') });
      return true;
    }
    const current = found.find((problem) => problem.code === 'STALE_QUANTITY')?.currentQuantity;
    if (current !== undefined) known.value = current;
    // A refused wish is over; after a lost answer the same key must be sent again.
    if (found[0]?.code !== 'NETWORK') key = newIdempotencyKey();
    return false;
  }

  return { busy, problems, known, begin, setStock };
}
