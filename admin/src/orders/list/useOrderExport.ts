import { useClientHandle } from '@urql/vue';
import { ref } from 'vue';
import { newKey } from '@vitrine/client/intent-key';
import { messagesFor } from '../../app/error-messages';
import { errorsOf } from '../../app/user-errors';
import { OrderExportCreateDocument } from '../../generated/orders/graphql';
import type { OrderFilter } from '../../generated/orders/graphql';
import { useFollowedJobs } from '../../jobs/followed-jobs';

/** Has the orders of a filter written into a file: a long job, which the drawer shows from then on. */
export function useOrderExport() {
  const { client } = useClientHandle();
  const { follow } = useFollowedJobs();
  const isAsking = ref(false);
  const problem = ref('');
  // One request has one key: a repeat after a lost answer starts no second job.
  let asked = { request: '', key: '' };

  async function start(filter: OrderFilter, search: string): Promise<void> {
    const request = JSON.stringify([filter, search]);
    if (asked.request !== request) asked = { request, key: newKey() };
    isAsking.value = true;
    problem.value = '';
    const result = await client.mutation(OrderExportCreateDocument, {
      input: { filter, search: search || null, idempotencyKey: asked.key },
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
