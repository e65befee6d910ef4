import { PgBoss } from 'pg-boss';
import type { PoolClient } from 'pg';
import type { Logger } from '../../kernel/logger.js';
import type { Listener } from '../database/listener.js';
import { JobInterrupted, type HandledJob, type JobDefinition } from './define-job.js';
import { JobDatabase, preparedWhenRepeated } from './job-database.js';

/** pg-boss keeps its tables in a schema of its own, in the same database. */
const SCHEMA = 'pgboss';

/** A worker without a heartbeat for so long counts as dead; a live one sends one twice as often. */
const HEARTBEAT_SECONDS = 30;
const SUPERVISE_SECONDS = 15;

/** New jobs are announced by notification; polling finds jobs whose retry is due. */
const POLL_SECONDS = 5;

/**
 * Lets pg-boss write its rows inside our transaction, over the transaction's own connection. (TypeORM's `query()` would
 * return `[rows, count]` for UPDATE and DELETE; the plain client always returns rows.)
 */
export function joinTransaction(client: PoolClient): {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
} {
  return {
    executeSql: (text, values) => client.query(preparedWhenRepeated(text, values)),
  };
}

/** The job queue of this shop: started with handlers by a worker, without them by processes that only enqueue. */
export class JobQueue {
  readonly boss: PgBoss;
  private readonly connections: JobDatabase;
  private readonly stopping = new AbortController();

  constructor(
    url: string,
    listener: Listener,
    private readonly logger: Logger,
  ) {
    const report = (error: Error): void => logger.error({ err: error }, 'The job queue reported an error');
    this.connections = new JobDatabase(url, listener, report);
    this.boss = new PgBoss({
      db: this.connections,
      schema: SCHEMA,
      useListenNotify: true,
      // How soon jobs of a dead worker are given to others.
      superviseIntervalSeconds: SUPERVISE_SECONDS,
      monitorIntervalSeconds: SUPERVISE_SECONDS,
    });
    this.boss.on('error', report);
  }

  /** Creates missing queues, registers schedules and starts the workers. */
  async start(handled: readonly HandledJob[]): Promise<void> {
    await this.boss.start();
    for (const { job } of handled) await this.prepare(job);
    for (const { job, run } of handled)
      for (let i = 0; i < (job.concurrency ?? 1); i++) await this.startWorker(job, run);
    for (const { job, run } of handled) await this.takeOver(job, run);
  }

  /**
   * Works off what waits under a queue's former name (an invoice that was due when the new version came), and also what
   * a dead worker of the earlier version left active there. Its schedule ends: the new name has it.
   */
  private async takeOver(
    { formerly, ...job }: JobDefinition<unknown>,
    run: HandledJob['run'],
  ): Promise<void> {
    for (const queue of [formerly ?? []].flat()) {
      if (!(await this.boss.getQueue(queue))) continue;
      await this.boss.unschedule(queue);
      await this.startWorker({ ...job, queue }, run);
    }
  }

  private async startWorker(job: JobDefinition<unknown>, run: HandledJob['run']): Promise<void> {
    let worker = '';
    const options = {
      pollingIntervalSeconds: POLL_SECONDS,
      notifyPollingIntervalSeconds: POLL_SECONDS,
      // Exact within a process. Between processes row locks decide: the counting of pg-boss over the database lets
      // through two jobs that are fetched at the same moment, and costs a statement.
      ...(job.oneAtATimeBy && { localGroupConcurrency: 1 }),
    };
    worker = await this.boss.work(job.queue, options, async (jobs: { id: string; data: unknown }[]) => {
      try {
        for (const { id, data } of jobs)
          await this.perform(job, id, () => run(data ?? {}, this.stopping.signal));
      } finally {
        // pg-boss takes one job and sleeps; many jobs of one notification would be processed at the pace of the poll.
        this.boss.notifyWorker(worker);
      }
    });
  }

  /** Tells running handlers, waits for them, then closes the connections. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.boss.stop({ graceful: true, timeout: 10_000 });
    await this.connections.close();
  }

  private async prepare(job: JobDefinition<unknown>): Promise<void> {
    const options = {
      notify: true,
      retryLimit: job.retryLimit,
      retryDelay: 2,
      retryBackoff: true,
      ...(job.longestRetrySeconds && { retryDelayMax: job.longestRetrySeconds }),
      expireInSeconds: job.expiresAfterSeconds ?? 120,
      heartbeatSeconds: HEARTBEAT_SECONDS,
    };
    await this.boss.createQueue(job.queue, { ...options, policy: job.exclusive ? 'singleton' : 'standard' });
    // Otherwise a queue of an earlier version keeps its old options.
    await this.boss.updateQueue(job.queue, options);
    if (job.schedule) await this.boss.schedule(job.queue, job.schedule, {}, { tz: 'UTC' });
  }

  private async perform(job: JobDefinition<unknown>, id: string, run: () => Promise<void>): Promise<void> {
    const logger = this.logger.child({ queue: job.queue, jobId: id });
    try {
      await run();
      logger.debug('Job done');
    } catch (error) {
      if (error instanceof JobInterrupted) logger.info('Job interrupted; another attempt goes on');
      else logger.error({ err: error }, 'Job failed; it will be tried again');
      throw error;
    }
  }
}
