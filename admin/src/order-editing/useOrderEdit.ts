import { useClientHandle } from '@urql/vue';
import { computed, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { onVersion } from '../app/seen-version';
import { useIntent } from '../app/useIntent';
import type { Answer } from '../app/useIntent';
import { OrderEditDocument, OrderEditPreviewDocument } from '../generated/order-editing/graphql';
import { usePreview } from '../ui/usePreview';
import { wantedLines } from './draft-order';
import { carryOver, editLines, isChanged, removesUnits } from './order-edit';
import type { EditLine } from './order-edit';
import { useEditableOrder } from './useEditableOrder';

const READ_AGAIN = new Set(['NOT_READ', 'STALE_VERSION', 'ILLEGAL_TRANSITION', 'PRICE_CHANGED']);

/** The form of an order edit: the new lines, and the price difference. */
export function useOrderEdit(id: () => string) {
  const { t } = useI18n();
  const { client } = useClientHandle();
  const router = useRouter();
  const { busy: saving, problems, userErrors, send } = useIntent();
  const { order, readAgain, ...reading } = useEditableOrder(id);
  const lines = ref<EditLine[]>([]);
  const restock = ref(true);
  const discard = (): void => {
    lines.value = order.value ? editLines(order.value) : [];
    restock.value = true;
  };
  // After a concurrent change the edit is applied to the current order.
  watch(order, (now) => now && (lines.value = carryOver(lines.value, editLines(now))));
  const dirty = computed(() => isChanged(lines.value));

  const difference = usePreview(
    () =>
      dirty.value && order.value
        ? { input: { orderId: id(), lines: wantedLines(lines.value) }, version: order.value.version }
        : null,
    async ({ input }) => {
      const result = await client.query(
        OrderEditPreviewDocument,
        { input },
        { requestPolicy: 'network-only' },
      );
      return { result, preview: result.data?.orderEditPreview };
    },
  );
  const canSave = computed(
    () => dirty.value && !difference.checking.value && difference.preview.value !== null,
  );

  /** Sends the total that was shown, so that a different one is refused instead of charged. */
  async function save(): Promise<void> {
    const { version } = order.value ?? {};
    const expectedTotal = difference.preview.value?.totalAfter.amount;
    if (!canSave.value || expectedTotal === undefined) return;
    const change = { orderId: id(), lines: wantedLines(lines.value), expectedTotal, restock: restock.value };
    const isSaved = await send(
      (idempotencyKey) =>
        onVersion(version, async (expectedVersion): Promise<Answer> => {
          const input = { ...change, expectedVersion, idempotencyKey };
          const result = await client.mutation(OrderEditDocument, { input });
          return { result, userErrors: result.data?.orderEdit.errors };
        }),
      t('edit.saved'),
    );
    if (userErrors.value.some(({ code }) => READ_AGAIN.has(code))) {
      await readAgain();
      difference.refresh();
    }
    if (!isSaved) return;
    discard();
    await router.replace({ name: 'order', params: { id: id() } });
  }

  return {
    order,
    lines,
    restock,
    dirty,
    removesUnits: computed(() => removesUnits(lines.value)),
    difference,
    canSave,
    saving,
    problems,
    save,
    discard,
    ...reading,
  };
}
