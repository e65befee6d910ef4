import { useClientHandle, useQuery } from '@urql/vue';
import { computed, shallowRef, watch } from 'vue';
import { newKey } from '@vitrine/client/intent-key';
import { messagesFor } from '../app/error-messages';
import { errorsOf } from '../app/user-errors';
import type { UserError } from '../app/user-errors';
import {
  ImportApplyDocument,
  ImportCheckDocument,
  ImportDocument,
  ImportUpdateDocument,
} from '../generated/imports/graphql';
import { JobCancelDocument } from '../generated/jobs/graphql';
import { useFollowedJobs } from '../jobs/followed-jobs';
import { isOpen } from '../jobs/job-messages';
import { usePolling } from '../ui/usePolling';
import type { ImportChanges, ImportView } from './import-types';

interface Step {
  import: ImportView | null;
  errors: UserError[];
}

/**
 * One import, as the server knows it, and the steps of it. Each step names the version that is shown; whatever the answer,
 * the import of it is shown from then on. While a job works on it, it is read again every two seconds and at the job's end.
 */
export function useImport(id: () => string) {
  const { client } = useClientHandle();
  const { jobs, putAway } = useFollowedJobs();
  const run = shallowRef<ImportView | null>(null);
  const problems = shallowRef<string[]>([]);
  const busy = shallowRef(false);
  const query = useQuery({
    query: ImportDocument,
    variables: computed(() => ({ id: id() })),
    requestPolicy: 'network-only',
  });
  watch(query.data, (data) => data?.import && show(data.import), { immediate: true });

  const job = computed(() => run.value?.applyJob ?? run.value?.checkJob ?? null);
  const isWorking = computed(() => run.value?.status === 'CHECKING' || run.value?.status === 'APPLYING');
  const loading = computed(() => query.fetching.value && !run.value);
  const failed = computed(() => Boolean(query.error.value) && !run.value);

  async function reload(): Promise<void> {
    const { data } = await client.query(ImportDocument, { id: id() }, { requestPolicy: 'network-only' });
    if (data?.import) show(data.import);
  }
  usePolling(() => isWorking.value, reload);
  // The jobs are heard of at once by the subscription of the shell. This page shows them, so its notices do not; that of a job
  // which is open when the page is left comes at its end.
  const ids = computed(() => [run.value?.checkJob?.id, run.value?.applyJob?.id]);
  const heard = computed(() => jobs.value.filter((one) => ids.value.includes(one.id)));
  watch(heard, (now) => {
    for (const { id: jobId } of now) putAway(jobId);
    if (isWorking.value && now.some((one) => one.id === job.value?.id && !isOpen(one))) void reload();
  });
  /** The job as it was heard of last. */
  const progress = computed(() => heard.value.find((one) => one.id === job.value?.id) ?? job.value);

  function show(now: ImportView): void {
    run.value = now;
  }

  /** Sends one step; true when it was done. */
  async function step(
    send: (of: { importId: string; expectedVersion: number }) => Promise<{
      error?: Parameters<typeof errorsOf>[0]['error'];
      step: Step | undefined;
    }>,
  ): Promise<boolean> {
    if (!run.value || busy.value) return false;
    busy.value = true;
    const { error, step: answer } = await send({
      importId: run.value.id,
      expectedVersion: run.value.version,
    });
    busy.value = false;
    if (answer?.import) show(answer.import);
    const errors = errorsOf({ error }, answer?.errors);
    problems.value = [...new Set(errors.map((one) => messagesFor(one)))];
    return errors.length === 0;
  }

  const change = (changes: ImportChanges): Promise<boolean> =>
    step(async (of) => {
      const { data, error } = await client.mutation(ImportUpdateDocument, { input: { ...of, ...changes } });
      return { error, step: data?.importUpdate };
    });

  // A key for each version: another press of the same state starts nothing anew, whatever became of the first answer.
  const keys = new Map<string, string>();
  function keyOf(what: string): string {
    const name = `${what} ${run.value?.version}`;
    const key = keys.get(name) ?? newKey();
    keys.set(name, key);
    return key;
  }

  const check = (): Promise<boolean> =>
    step(async (of) => {
      const input = { ...of, idempotencyKey: keyOf('check') };
      const { data, error } = await client.mutation(ImportCheckDocument, { input });
      return { error, step: data?.importCheck };
    });
  const apply = (): Promise<boolean> =>
    step(async (of) => {
      const input = { ...of, idempotencyKey: keyOf('apply') };
      const { data, error } = await client.mutation(ImportApplyDocument, { input });
      return { error, step: data?.importApply };
    });

  async function cancel(): Promise<void> {
    if (!job.value) return;
    busy.value = true;
    const result = await client.mutation(JobCancelDocument, { input: { jobId: job.value.id } });
    busy.value = false;
    problems.value = errorsOf(result, result.data?.jobCancel.errors).map((one) => messagesFor(one));
    await reload();
  }

  return { run, progress, loading, failed, busy, problems, reload, show, change, check, apply, cancel };
}
