import { useClientHandle, useSubscription } from '@urql/vue';
import { watch } from 'vue';
import { onReconnected } from '../app/live';
import { useSession } from '../app/session';
import { JobDocument, JobProgressDocument, JobsDocument } from '../generated/jobs/graphql';
import { usePolling } from '../ui/usePolling';
import { useFollowedJobs } from './followed-jobs';

/**
 * Follows the user's long jobs as long as the shell is open, whatever page is: by subscription, and by asking every two
 * seconds while one is open, so that a lost connection only makes it slower.
 */
export function useJobFeed(): void {
  const { client } = useClientHandle();
  const { can } = useSession();
  const { open, update } = useFollowedJobs();
  const { data } = useSubscription({ query: JobProgressDocument, variables: {}, pause: !can('JOB_READ') });
  watch(data, (answer) => answer && update(answer.jobProgress));

  async function readOpen(): Promise<void> {
    if (!can('JOB_READ')) return;
    const result = await client.query(
      JobsDocument,
      { first: 20, filter: { mine: true, statuses: ['QUEUED', 'RUNNING', 'CANCELLING'] } },
      { requestPolicy: 'network-only' },
    );
    result.data?.jobs.nodes.forEach(update);
    await readKnown();
  }

  async function readKnown(): Promise<void> {
    for (const { id } of open.value) {
      const { data: found } = await client.query(JobDocument, { id }, { requestPolicy: 'network-only' });
      if (found?.job) update(found.job);
    }
  }

  void readOpen();
  onReconnected(() => void readOpen());
  usePolling(() => open.value.length > 0, readKnown);
}
