import type { z } from 'zod';
import type { EventType, JobEvent } from './define-event.js';

/** A job's name and payload, separate from its handler: the API imports definitions only and cannot run a handler. */
export interface JobDefinition<P> {
  /** `orders.confirmation-email`: domain, dot, action. */
  readonly queue: string;
  /** What the queue was called before. Jobs that still wait under these names are worked off as well. */
  readonly formerly?: string | readonly string[];
  readonly payload: z.ZodType<P>;
  readonly retryLimit: number;
  /** Cron in UTC for scheduled jobs, which get an empty payload. */
  readonly schedule?: string;
  /** Only one job of this queue runs at a time in the whole shop. */
  readonly exclusive?: boolean;
  /** How many jobs of this queue a worker process runs concurrently; one by default. */
  readonly concurrency?: number;
  /**
   * After how long a job that does not end is given to another worker; two minutes unless set. Its worker is asked to
   * stop by the signal of its handler.
   */
  readonly expiresAfterSeconds?: number;
  /** The longest pause before it is tried again, which grows with each attempt; unlimited unless set. */
  readonly longestRetrySeconds?: number;
  /** Of jobs with the same key only one runs at a time in the whole shop; absent: no such limit. */
  readonly oneAtATimeBy?: (payload: P) => string;
}

export function defineJob<P>(
  job: Omit<JobDefinition<P>, 'retryLimit'> & { retryLimit?: number },
): JobDefinition<P> {
  return { retryLimit: 5, ...job };
}

/** A definition with its handler, ready for the worker. */
export interface HandledJob {
  readonly job: JobDefinition<unknown>;
  /** Every handler may run twice and documents why that is safe. */
  readonly run: (payload: unknown, signal?: AbortSignal) => Promise<void>;
}

/** @param signal is aborted when the worker stops: a handler that lasts longer ends in between with `JobInterrupted` */
type JobRun<P> = (payload: P, signal: AbortSignal) => Promise<void>;

/** The worker stops and the job is not done: another attempt goes on. */
export class JobInterrupted extends Error {}

export function handleJob<P>(job: JobDefinition<P>, run: JobRun<P>): HandledJob {
  return {
    job: job as JobDefinition<unknown>,
    run: async (payload, signal = new AbortController().signal) => run(job.payload.parse(payload), signal),
  };
}

/** Maps an event of the outbox to a job. */
export interface Subscription {
  readonly event: EventType;
  readonly job: JobDefinition<unknown>;
  /** The job's payload from the event; null if this event needs no job. */
  readonly payload: (event: JobEvent) => unknown;
}

/** Enqueues a job for each event of this type, in the transaction that publishes the event. */
export function on<E extends object, P>(
  event: EventType<E>,
  job: JobDefinition<P>,
  payload: (event: JobEvent<E>) => NoInfer<P> | null,
): Subscription {
  return { event, job, payload } as unknown as Subscription;
}
