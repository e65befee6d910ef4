import { useClientHandle } from '@urql/vue';
import { ref } from 'vue';
import { newKey } from '@vitrine/client/intent-key';
import { messagesFor } from '../app/error-messages';
import { errorsOf } from '../app/user-errors';
import { ProductStatusBulkUndoDocument } from '../generated/jobs/graphql';
import type { JobRowFragment } from '../generated/jobs/graphql';

/** Whether jobs of this kind can be undone at all: the API says of each whether something is left to undo. */
export const mayUndo = ({ kind }: Pick<JobRowFragment, 'kind'>): boolean => kind === 'PRODUCT_STATUS';

/** Undoes what a long job has done, by another long job. */
export function useJobUndo() {
  const { client } = useClientHandle();
  const busy = ref(false);
  // One request has one key: a repeat after a lost answer starts no second job.
  let asked = { jobId: '', key: '' };

  async function start(jobId: string): Promise<{ job: JobRowFragment | null; problem: string }> {
    if (asked.jobId !== jobId) asked = { jobId, key: newKey() };
    busy.value = true;
    const input = { jobId, idempotencyKey: asked.key };
    const result = await client.mutation(ProductStatusBulkUndoDocument, { input });
    busy.value = false;
    const [first] = errorsOf(result, result.data?.productStatusBulkUndo.errors);
    return {
      job: result.data?.productStatusBulkUndo.job ?? null,
      problem: first ? messagesFor(first) : '',
    };
  }

  return { busy, start };
}
