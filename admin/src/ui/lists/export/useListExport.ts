import { useClientHandle } from '@urql/vue';
import { ref } from 'vue';
import { newKey } from '@vitrine/client/intent-key';
import { messagesFor } from '../../../app/error-messages';
import { errorsOf } from '../../../app/user-errors';
import { useFollowedJobs } from '../../../jobs/followed-jobs';
import type { AskedExport, ListExport } from './list-export';

/** Has a list written into a file: a long job, which the drawer shows from then on. */
export function useListExport(list: ListExport) {
  const { client } = useClientHandle();
  const { follow } = useFollowedJobs();
  const isAsking = ref(false);
  const problem = ref('');
  // One request has one key: a repeat after a lost answer starts no second job.
  let asked = { request: '', key: '' };

  async function start(wanted: Omit<AskedExport, 'idempotencyKey'>): Promise<void> {
    const request = JSON.stringify(wanted);
    if (asked.request !== request) asked = { request, key: newKey() };
    isAsking.value = true;
    problem.value = '';
    const { result, userErrors, job } = await list.start(client, { ...wanted, idempotencyKey: asked.key });
    isAsking.value = false;
    const [first] = errorsOf(result, userErrors);
    if (first) problem.value = messagesFor(first);
    if (!job) return;
    asked = { request: '', key: '' };
    follow(job);
  }

  return {
    isAsking,
    problem,
    start,
    /** The columns of the file that say what these columns of the list say. */
    columnsOf: (shown: readonly { key: string }[]): string[] => [
      ...new Set(shown.flatMap(({ key }) => list.columns[key] ?? [])),
    ],
  };
}
