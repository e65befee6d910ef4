import { z } from 'zod';
import { defineEvent } from '../../platform/jobs/define-event.js';

const about = z.object({ kind: z.string(), startedBy: z.uuid().nullable() });

/** The aggregate of each is the job. */
export const jobRequested = defineEvent('job.requested', {
  description: 'Staff started a long job, or nobody has worked on one for minutes.',
  payload: z.object({}),
  key: ({ aggregateId }, occasion: string) => `job.requested:${aggregateId}:${occasion}`,
});

export const jobProgressed = defineEvent('job.progressed', {
  description:
    'A long job began or did more rows. Announced to subscriptions, at most four times a second; never stored.',
  payload: about,
});

export const jobEnded = defineEvent('job.ended', {
  description: 'A long job succeeded, failed or was cancelled.',
  payload: about,
});

export const jobEvents = [jobRequested, jobProgressed, jobEnded];
