import type { Clock } from '../../kernel/clock.js';
import { DomainError, NotFoundError } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import type { Database, Tx } from '../../platform/database/database.js';
import { keyedRequest, type RequestKeys } from '../../platform/database/request-keys.js';
import type { LongJobDefinition, LongJobRegistry } from '../../platform/jobs/define-long-job.js';
import { eachAlone } from '../../platform/jobs/each-alone.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import type { JobFiles } from './job-files.js';
import { JobStatus } from './job-status.js';
import type { JobSteps } from './job-steps.js';
import { jobRequested } from './long-jobs.events.js';
import * as sql from './long-jobs.statements.js';

/** Of one person at a time: each reads much and may write a file that stays for a day. */
const MOST_OPEN_JOBS = 20;

export interface JobRequest<I extends object> {
  readonly input: I;
  /** For people: the name of the file that it works on. */
  readonly title?: string | null;
  readonly actorId: string;
  readonly requestId: string;
  /** A repeat with the same key and input returns the first job. */
  readonly idempotencyKey: string;
  /**
   * Runs in the transaction that makes the job, after the key, the starter and the job's row: what the job is about can
   * name it, or refuse it. It does not run for a repeat.
   */
  readonly also?: (tx: Tx, jobId: string) => Promise<void>;
}

interface Deps {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly longJobRegistry: LongJobRegistry;
  readonly steps: JobSteps;
  readonly files: JobFiles;
}

/** Starts and cancels long jobs. */
export class LongJobService {
  constructor(private readonly deps: Deps) {}

  /**
   * Starts a job, once for each key: the request's key, the job's row and the event that enqueues it commit together.
   * A mutation of the job's module calls this, behind its own permission. After the key it takes an advisory lock of the
   * starter, under which the open jobs are counted: requests at the same moment make no more than one may have.
   *
   * @throws DomainError TOO_MANY_JOBS
   */
  async start<I extends object>(
    definition: LongJobDefinition<I>,
    { input, title = null, actorId, requestId, idempotencyKey, also }: JobRequest<I>,
  ): Promise<sql.JobRow> {
    const { database, keys, outbox, clock } = this.deps;
    const { kind } = definition;
    const request = keyedRequest({ actorId, operation: `job:${kind}` }, { idempotencyKey, ...input });
    const { jobId } = await database.transaction((tx) =>
      keys.once(tx, request, async () => {
        await assertMayStart(tx, actorId);
        const id = newId();
        await tx.count(sql.insertJob, {
          ...{ id, kind, title, requestId },
          ...{ input: definition.input.parse(input), startedBy: actorId, createdAt: clock.now() },
        });
        await also?.(tx, id);
        await outbox.append(tx, jobRequested(id, {}, 'start'));
        return { jobId: id };
      }),
    );
    outbox.notifyRelay();
    const job = await this.find(jobId);
    // The job was deleted since: its key is kept for days longer.
    if (!job) throw new NotFoundError('job', ['idempotencyKey']);
    return job;
  }

  find(id: string): Promise<sql.JobRow | null> {
    return this.deps.database.row(sql.jobById, { id });
  }

  /**
   * Cancels a job: one that waits ends at once, one that runs after its step. The only lock is the job's row, for which
   * this waits at most as long as a step lasts.
   *
   * @throws DomainError ILLEGAL_TRANSITION when it has ended
   */
  async cancel(id: string, actorId: string): Promise<void> {
    const { database, steps, outbox } = this.deps;
    await database.transaction(async (tx) => {
      const job = await tx.row(sql.lockJob, { id });
      if (!job) throw new NotFoundError('job', ['jobId']);
      if (job.finishedAt) throw new DomainError('ILLEGAL_TRANSITION', 'The job has ended.', ['jobId']);
      await tx.count(sql.markCancelling, { id, actorId });
      if (job.status === JobStatus.QUEUED) await steps.finish(tx, job, { status: JobStatus.CANCELLED });
    });
    outbox.notifyRelay();
  }

  async enqueueAgain(id: string, occasion: string): Promise<void> {
    await this.deps.database.transaction((tx) => this.deps.outbox.append(tx, jobRequested(id, {}, occasion)));
    this.deps.outbox.notifyRelay();
  }

  /** Deletes files that can be downloaded no more: the file first, so that none is left without its row. */
  async cleanUpFiles(): Promise<void> {
    const { database, files, longJobRegistry, clock } = this.deps;
    const outlived = await database.rows(sql.outlivedFiles, { now: clock.now() });
    await eachAlone(outlived, async ({ id, kind, parts }) => {
      await files.removeParts(id, parts);
      const handler = longJobRegistry.find(kind)?.handler;
      if (handler && 'file' in handler) await files.remove(id, handler.file);
      await database.count(sql.forgetFiles, { id });
    });
  }
}

async function assertMayStart(tx: Tx, startedBy: string): Promise<void> {
  await tx.rows(sql.lockStarter, { startedBy });
  const { count = 0 } = (await tx.row(sql.openJobsOf, { startedBy })) ?? {};
  if (count >= MOST_OPEN_JOBS)
    throw new DomainError('TOO_MANY_JOBS', `Of ${count} open jobs one has to end first.`);
}
