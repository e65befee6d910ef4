import { useClientHandle } from '@urql/vue';
import { computed, onScopeDispose, ref } from 'vue';
import { messagesFor } from '../../app/error-messages';
import { newKey } from '@vitrine/client/intent-key';
import { errorsOf } from '../../app/user-errors';
import { OrderExportCreateDocument, OrderExportDocument } from '../../generated/orders/graphql';
import type { OrderExportQuery, OrderFilter } from '../../generated/orders/graphql';

type Export = Pick<NonNullable<OrderExportQuery['orderExport']>, 'id' | 'status' | 'rows' | 'url'>;

const REFRESH_EVERY_MS = 1000;

/** Exports the orders of a filter: starts the job, polls its progress, and returns a link to the file. */
export function useOrderExport() {
  const { client } = useClientHandle();
  const file = ref<Export | null>(null);
  const isAsking = ref(false);
  const problem = ref('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => clearTimeout(timer);
  onScopeDispose(stop);

  const isWorking = computed(
    () => isAsking.value || file.value?.status === 'QUEUED' || file.value?.status === 'RUNNING',
  );

  async function start(filter: OrderFilter, search: string): Promise<void> {
    stop();
    isAsking.value = true;
    problem.value = '';
    const result = await client.mutation(OrderExportCreateDocument, {
      input: { filter, search: search || null, idempotencyKey: newKey() },
    });
    isAsking.value = false;
    file.value = result.data?.orderExportCreate.export ?? null;
    const [first] = errorsOf(result, result.data?.orderExportCreate.errors);
    if (first) problem.value = messagesFor(first);
    else pollLater();
  }

  function pollLater(): void {
    if (isWorking.value) timer = setTimeout(() => void refreshExport(), REFRESH_EVERY_MS);
  }

  // A lost response is no failure of the job: it continues, and the next poll reads its status.
  async function refreshExport(): Promise<void> {
    const id = file.value?.id;
    if (!id) return;
    const result = await client.query(OrderExportDocument, { id }, { requestPolicy: 'network-only' });
    if (file.value?.id !== id) return;
    if (result.data?.orderExport) file.value = result.data.orderExport;
    pollLater();
  }

  function forget(): void {
    stop();
    file.value = null;
    problem.value = '';
  }

  return {
    isWorking,
    problem,
    rows: computed(() => file.value?.rows ?? 0),
    /** The URL of the finished file; null until then. */
    url: computed(() => (file.value?.status === 'DONE' ? (file.value.url ?? null) : null)),
    hasFailed: computed(() => file.value?.status === 'FAILED'),
    start,
    forget,
  };
}
