import { useClientHandle } from '@urql/vue';
import { ref } from 'vue';
import { newKey } from '@vitrine/client/intent-key';
import { messagesFor } from '../../app/error-messages';
import { errorsOf } from '../../app/user-errors';
import { OrderExportCreateDocument } from '../../generated/orders/graphql';
import type { OrderExportCreateInput, OrderFilter } from '../../generated/orders/graphql';
import { useFollowedJobs } from '../../jobs/followed-jobs';

/** The order and the columns of the file. */
export type ShownOrders = Pick<OrderExportCreateInput, 'sort' | 'columns'>;

/** Has the orders of a filter written into a file: a long job, which the drawer shows from then on. */
export function useOrderExport() {
  const { client } = useClientHandle();
  const { follow } = useFollowedJobs();
  const isAsking = ref(false);
  const problem = ref('');
  // One request has one key: a repeat after a lost answer starts no second job.
  let asked = { request: '', key: '' };

  /** All columns, oldest first, unless `shown` says otherwise. */
  async function start(filter: OrderFilter, search: string, shown?: ShownOrders): Promise<void> {
    const request = JSON.stringify([filter, search, shown]);
    if (asked.request !== request) asked = { request, key: newKey() };
    isAsking.value = true;
    problem.value = '';
    const result = await client.mutation(OrderExportCreateDocument, {
      input: { filter, search: search || null, ...shown, idempotencyKey: asked.key },
    });
    isAsking.value = false;
    const [first] = errorsOf(result, result.data?.orderExportCreate.errors);
    if (first) problem.value = messagesFor(first);
    const job = result.data?.orderExportCreate.job;
    if (!job) return;
    asked = { request: '', key: '' };
    follow(job);
  }

  return { isAsking, problem, start };
}
