import { PgBoss } from 'pg-boss';
import type { PoolClient } from 'pg';
import type { Logger } from '../../kernel/logger.js';
import type { HandledJob, JobDefinition } from './define-job.js';

/** pg-boss keeps its tables apart from ours, in the same database. */
const SCHEMA = 'pgboss';

/** New jobs announce themselves; the poll finds those whose time for another try has come. */
const POLL_SECONDS = 5;

/**
 * Lets pg-boss write its rows inside our transaction, over the transaction's own connection.
 * (TypeORM's `query()` would answer `[rows, count]` for UPDATE and DELETE; the bare client answers rows always.)
 */
export function joinTransaction(client: PoolClient): {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
} {
  return {
    executeSql: async (text, values) => ({ rows: (await client.query(text, values as unknown[])).rows }),
  };
}

/** The job queue of this shop: started by a worker with handlers, or without them to enqueue only. */
export class JobQueue {
  readonly boss: PgBoss;

  constructor(
    url: string,
    private readonly logger: Logger,
  ) {
    this.boss = new PgBoss({
      connectionString: url,
      schema: SCHEMA,
      application_name: 'vitrine jobs',
      max: 4,
      useListenNotify: true,
    });
    this.boss.on('error', (error) => logger.error({ err: error }, 'The job queue reported an error'));
  }

  /** Creates missing queues, registers schedules and begins to work. */
  async start(handled: readonly HandledJob[]): Promise<void> {
    await this.boss.start();
    for (const { job } of handled) await this.prepare(job);
    for (const { job, run } of handled) await this.work(job, run);
  }

  private async work(job: JobDefinition<unknown>, run: (payload: unknown) => Promise<void>): Promise<void> {
    let worker = '';
    const options = { pollingIntervalSeconds: POLL_SECONDS, notifyPollingIntervalSeconds: POLL_SECONDS };
    worker = await this.boss.work(job.queue, options, async (jobs: { id: string; data: unknown }[]) => {
      try {
        for (const { id, data } of jobs) await this.perform(job, id, () => run(data ?? {}));
      } finally {
        // pg-boss takes one job and sleeps; many that came with one notification would be worked off at the pace of the poll.
        this.boss.notifyWorker(worker);
      }
    });
  }

  /** Lets running handlers end, then closes the connections. */
  async stop(): Promise<void> {
    await this.boss.stop({ graceful: true, timeout: 10_000 });
  }

  private async prepare(job: JobDefinition<unknown>): Promise<void> {
    await this.boss.createQueue(job.queue, {
      notify: true,
      retryLimit: job.retryLimit,
      retryDelay: 2,
      retryBackoff: true,
      expireInSeconds: 120,
      policy: job.exclusive ? 'singleton' : 'standard',
    });
    if (job.schedule) await this.boss.schedule(job.queue, job.schedule, {}, { tz: 'UTC' });
  }

  private async perform(job: JobDefinition<unknown>, id: string, run: () => Promise<void>): Promise<void> {
    const logger = this.logger.child({ queue: job.queue, jobId: id });
    try {
      await run();
      logger.debug('Job done');
    } catch (error) {
      logger.error({ err: error }, 'Job failed; it will be tried again');
      throw error;
    }
  }
}
