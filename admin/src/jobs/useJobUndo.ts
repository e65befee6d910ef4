import { useClientHandle } from '@urql/vue';
import { ref } from 'vue';
import { newKey } from '@vitrine/client/intent-key';
import { messagesFor } from '../app/error-messages';
import { errorsOf } from '../app/user-errors';
import { JobUndoDocument } from '../generated/jobs/graphql';
import type { JobRowFragment } from '../generated/jobs/graphql';

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
    const result = await client.mutation(JobUndoDocument, { input });
    busy.value = false;
    const [first] = errorsOf(result, result.data?.jobUndo.errors);
    return {
      job: result.data?.jobUndo.job ?? null,
      problem: first ? messagesFor(first) : '',
    };
  }

  return { busy, start };
}
