import { z } from 'zod';
import { statement } from '../../platform/database/database.js';
import {
  defineJob,
  handleJob,
  on,
  type HandledJob,
  type Subscription,
} from '../../platform/jobs/define-job.js';
import { DAYS, OLD_ROWS_BATCH, olderThanDays, type OldRows } from '../../platform/jobs/old-rows.js';
import type { JobRunner } from './job-runner.js';
import { jobRequested } from './long-jobs.events.js';
import type { LongJobService } from './long-job.service.js';

/** For how long an ended job is shown in the list. */
export const JOB_DAYS = 30;

const runJob = defineJob({
  queue: 'long-jobs.run',
  payload: z.object({ jobId: z.uuid() }),
  // Deaths of workers; failures of the job itself are counted in its row.
  retryLimit: 20,
  longestRetrySeconds: 15,
  expiresAfterSeconds: 4 * 3_600,
  concurrency: 2,
});
const takeUpJob = defineJob({
  queue: 'long-jobs.take-up',
  payload: z.object({}),
  schedule: '*/5 * * * *',
  exclusive: true,
});
const cleanUpJob = defineJob({
  queue: 'long-jobs.clean-up-files',
  formerly: ['invoicing.clean-up-exports', 'documents.sweep-exports'],
  payload: z.object({}),
  schedule: '23 * * * *',
  exclusive: true,
});

/**
 * Each may run twice: a second run of a job returns while the first lives, and goes on after the last step when it does
 * not; taking up sends a run more; a deleted file is deleted.
 */
export function longJobJobs(runner: JobRunner, jobs: LongJobService): HandledJob[] {
  return [
    handleJob(runJob, ({ jobId }, signal) => runner.run(jobId, signal)),
    handleJob(takeUpJob, () =>
      runner.takeUpSilent(new Date().toISOString(), (id, occasion) => jobs.enqueueAgain(id, occasion)),
    ),
    handleJob(cleanUpJob, () => jobs.cleanUpFiles()),
  ];
}

export const longJobSubscriptions: Subscription[] = [
  on(jobRequested, runJob, ({ aggregateId }) => ({ jobId: aggregateId })),
];

export const oldJobs: readonly OldRows[] = [
  {
    statement: statement('longJobs.delete-old', {
      params: DAYS,
      sql: `DELETE FROM long_job WHERE id IN (
         SELECT id FROM long_job WHERE parts = 0 AND ${olderThanDays('finished_at')} LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)`,
    }),
    days: JOB_DAYS,
  },
];
