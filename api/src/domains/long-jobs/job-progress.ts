import { newId } from '../../kernel/ids.js';
import { statement, t, type Database } from '../../platform/database/database.js';
import { EVENTS_CHANNEL } from '../../platform/jobs/outbox-relay.js';
import { jobProgressed } from './long-jobs.events.js';
import type { LongJobEntity } from './long-job.entity.js';

const EVERY_MS = 250;

const announce = statement('longJobs.announce', {
  params: { event: t.text },
  row: { pg_notify: t.nothing },
  sql: `SELECT pg_notify('${EVENTS_CHANNEL}', :event)`,
});

/**
 * Tells subscriptions of progress without a row for each: what is lost is told by the next step, and the end of a job is
 * an event of the outbox.
 */
export class JobProgress {
  private readonly lastAt = new Map<string, number>();

  constructor(private readonly database: Database) {}

  async announce({ id, kind, startedBy }: Pick<LongJobEntity, 'id' | 'kind' | 'startedBy'>): Promise<void> {
    const { kind: name, aggregateId, payload } = jobProgressed(id, { kind, startedBy });
    const event = JSON.stringify({ id: newId(), kind: name, aggregateId, payload });
    await this.database.rows(announce, { event }).catch(() => undefined);
  }

  /** The same, at most four times a second for each job. */
  async announceSometimes(job: Pick<LongJobEntity, 'id' | 'kind' | 'startedBy'>): Promise<void> {
    const now = performance.now();
    if (now - (this.lastAt.get(job.id) ?? -EVERY_MS) < EVERY_MS) return;
    // Jobs come and go; only those of the last moment matter.
    if (this.lastAt.size > 100) this.lastAt.clear();
    this.lastAt.set(job.id, now);
    await this.announce(job);
  }
}
