import type { z } from 'zod';

/** A job's name and payload, apart from its handler: the API imports definitions only and cannot run one by accident. */
export interface JobDefinition<P> {
  /** `orders.confirmation-email`: domain, dot, what is done. */
  readonly queue: string;
  readonly payload: z.ZodType<P>;
  readonly retryLimit: number;
  /** Cron in UTC for jobs that run by the clock; such a job gets an empty payload. */
  readonly schedule?: string;
  /** Only one of these runs at a time in the whole shop. */
  readonly exclusive?: boolean;
  /** How many of these a worker process runs side by side; one when left out. */
  readonly concurrency?: number;
  /** Of jobs with the same answer only one runs at a time in the whole shop; left out: any may run beside any. */
  readonly oneAtATimeBy?: (payload: P) => string;
}

export function defineJob<P>(
  job: Omit<JobDefinition<P>, 'retryLimit'> & { retryLimit?: number },
): JobDefinition<P> {
  return { retryLimit: 5, ...job };
}

/** A definition bound to what it does, ready for the worker. */
export interface HandledJob {
  readonly job: JobDefinition<unknown>;
  /** Every handler may run twice and says how it copes. */
  readonly run: (payload: unknown) => Promise<void>;
}

export function handleJob<P>(job: JobDefinition<P>, run: (payload: P) => Promise<void>): HandledJob {
  return {
    job: job as JobDefinition<unknown>,
    run: async (payload) => run(job.payload.parse(payload)),
  };
}

/** An event as subscriptions see it; `id` is the outbox row's, unique over all time. */
export interface JobEvent {
  readonly id: string;
  readonly aggregateId: string;
  readonly payload: Record<string, unknown>;
}

/** Which job an event of the outbox becomes. */
export interface Subscription {
  readonly kind: string;
  readonly job: JobDefinition<unknown>;
  /** The job's payload from the event; null when this one needs no job. */
  readonly payload: (event: JobEvent) => unknown;
}

export function onEvent<P>(
  kind: string,
  job: JobDefinition<P>,
  payload: (event: JobEvent) => P | null,
): Subscription {
  return { kind, job: job as JobDefinition<unknown>, payload };
}
