import { setTimeout } from 'node:timers/promises';
import { DomainError } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import type { Logger } from '../../kernel/logger.js';
import { recordedLike } from '../../platform/audit/recording.js';
import type { Database } from '../../platform/database/database.js';
import { JobInterrupted } from '../../platform/jobs/define-job.js';
import type { HandledLongJob, LongJobRegistry } from '../../platform/jobs/define-long-job.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import type { JobProgress } from './job-progress.js';
import { JobStatus } from './job-status.js';
import type { JobSteps } from './job-steps.js';
import type { LongJobEntity } from './long-job.entity.js';
import * as sql from './long-jobs.statements.js';

/** A worker that was silent for so long counts as dead; a live one is heard four times as often. */
const SILENT_MS = 20_000;
const SILENCE = `${SILENT_MS / 1000} seconds`;
const BEAT_MS = 5_000;

/** Attempts without a step in between, after which a job counts as failed. */
const MOST_ATTEMPTS = 3;

interface RunnerDeps {
  readonly database: Database;
  readonly longJobRegistry: LongJobRegistry;
  readonly steps: JobSteps;
  readonly progress: JobProgress;
  readonly outbox: Outbox;
  readonly logger: Logger;
}

/*
 * Locks and order
 *
 * A worker takes a job up by writing a new run token into its row. Each step is one transaction: it locks the job's row
 * (FOR NO KEY UPDATE), refuses itself when the token is another's, then locks and writes whatever the job is about, then
 * writes cursor, progress and errors. A worker that was taken for dead and wakes up finds another token and stops; one
 * that was killed has committed whole steps only. So no row is done twice and none is left out, whoever works on it.
 *
 * Cancelling, heartbeats and taking up change the same row, so they wait for the end of a step. Nothing locks the row of
 * a job after another one.
 */

/** Works on long jobs: takes one up, does its steps, and ends it. */
export class JobRunner {
  constructor(private readonly deps: RunnerDeps) {}

  /**
   * Works on the job until it ends. Returns when it has ended or when a worker that lives has it.
   *
   * @throws JobInterrupted when this worker stops; the next attempt goes on after the last step
   * @throws Error when a step failed and is to be tried again
   */
  async run(id: string, signal: AbortSignal): Promise<void> {
    const { longJobRegistry, progress } = this.deps;
    const token = newId();
    const job = (await this.claim(id, token)) ?? (await this.claimFromTheSilent(id, token, signal));
    if (!job) return;
    const logger = this.deps.logger.child({ longJob: id, kind: job.kind, requestId: job.requestId });
    const handled = longJobRegistry.find(job.kind);
    const stopBeating = this.beat(id, token);
    try {
      if (!handled) throw new Error(`No module handles the long job ${job.kind}`);
      await progress.announce(job);
      await this.count(job, token, handled);
      await recordedLike(job.recording, () => this.work({ job, token, handled }, signal));
    } catch (error) {
      await this.afterFailure({ job, token, error, logger });
    } finally {
      stopBeating();
    }
  }

  /** Enqueues again what nobody works on: its worker died too often, or what was to enqueue it was lost. */
  async takeUpSilent(
    occasion: string,
    enqueue: (id: string, occasion: string) => Promise<void>,
  ): Promise<void> {
    for (const { id } of await this.deps.database.rows(sql.silentJobs, { silence: '5 minutes' }))
      await enqueue(id, occasion);
  }

  private claim(id: string, token: string): Promise<LongJobEntity | null> {
    return this.deps.database.row(sql.claimJob, { id, token, silence: SILENCE });
  }

  /**
   * Another attempt has the job. It may have lost the database or its process a moment ago: then it is silent for as
   * long as it takes to know, and this attempt goes on.
   */
  private async claimFromTheSilent(
    id: string,
    token: string,
    signal: AbortSignal,
  ): Promise<LongJobEntity | null> {
    const job = await this.deps.database.row(sql.jobById, { id });
    if (!job || job.finishedAt) return null;
    await setTimeout(SILENT_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) throw new JobInterrupted('The worker stops');
    return this.claim(id, token);
  }

  private async work(
    { job, token, handled }: { job: LongJobEntity; token: string; handled: HandledLongJob },
    signal: AbortSignal,
  ): Promise<void> {
    const { steps, progress, outbox } = this.deps;
    for (;;) {
      if (signal.aborted) throw new JobInterrupted('The worker stops');
      const outcome = await steps.next(job.id, token, handled);
      if (outcome === 'LOST') return;
      if (outcome === 'ENDED') {
        outbox.notifyRelay();
        return;
      }
      // What steps have caused so far does not wait for the end.
      outbox.notifyRelay();
      await progress.announceSometimes(job);
    }
  }

  private async count(
    job: LongJobEntity,
    token: string,
    { handler, definition }: HandledLongJob,
  ): Promise<void> {
    if (job.total !== null || !handler.total) return;
    const { database } = this.deps;
    const total = await handler.total(definition.input.parse(job.input), database);
    if (total !== null) await database.count(sql.setTotal, { id: job.id, token, total });
  }

  private async afterFailure({
    job,
    token,
    error,
    logger,
  }: {
    job: LongJobEntity;
    token: string;
    error: unknown;
    logger: Logger;
  }): Promise<void> {
    const { database, steps, outbox } = this.deps;
    if (error instanceof DomainError) {
      await steps.end(job.id, token, { status: JobStatus.FAILED, failure: error.code });
      outbox.notifyRelay();
      return;
    }
    const isFailure = !(error instanceof JobInterrupted);
    const released = await database.row(sql.releaseRun, { id: job.id, token, failed: isFailure ? 1 : 0 });
    if (isFailure && released && released.attempts >= MOST_ATTEMPTS) {
      logger.error({ err: error }, 'A long job failed for good');
      await steps.end(job.id, null, { status: JobStatus.FAILED, failure: null });
      outbox.notifyRelay();
      return;
    }
    throw error;
  }

  private beat(id: string, token: string): () => void {
    let isBeating = false;
    const timer = setInterval(() => {
      if (isBeating) return;
      isBeating = true;
      this.deps.database
        .count(sql.beat, { id, token })
        .catch(() => undefined)
        .finally(() => (isBeating = false));
    }, BEAT_MS);
    return () => clearInterval(timer);
  }
}
