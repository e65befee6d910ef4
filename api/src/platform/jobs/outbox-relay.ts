import type { PgBoss } from 'pg-boss';
import type { Logger } from '../../kernel/logger.js';
import { statement, type Database, type Tx, t } from '../database/database.js';
import type { Listener } from '../database/listener.js';
import { joinTransaction } from './boss.js';
import type { EventRegistry, PublishedEvent } from './define-event.js';
import type { Subscription } from './define-job.js';
import { OUTBOX_CHANNEL } from './outbox.js';

/** The channel on which API processes receive every event for their subscriptions. Ids and small values only. */
export const EVENTS_CHANNEL = 'vitrine_events';

const BATCH = 100;
const POLL_MS = 2_000;
const LONGEST_NOTICE = 7_900;

interface NewJob {
  readonly data: object;
  readonly group?: { readonly id: string };
}

export interface OutboxRelayDeps {
  readonly database: Database;
  readonly boss: PgBoss;
  readonly subscriptions: readonly Subscription[];
  readonly events: EventRegistry;
  readonly logger: Logger;
}

const claimEvents = statement('outbox.claim', {
  row: {
    id: t.uuid,
    kind: t.text,
    aggregateId: t.uuid,
    payload: t.json<PublishedEvent['payload']>(),
    created_at: t.timestamp,
  },
  sql: `UPDATE outbox SET published_at = now()
   WHERE id IN (SELECT id FROM outbox WHERE published_at IS NULL ORDER BY created_at, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
   RETURNING id, kind, aggregate_id AS "aggregateId", payload, created_at`,
});

const announceEvents = statement('outbox.announce', {
  params: { events: t.texts },
  row: { pg_notify: t.nothing },
  sql: `SELECT pg_notify('${EVENTS_CHANNEL}', event) FROM unnest(:events::text[]) AS event`,
});

/**
 * Moves events from the outbox to their jobs and to the live subscriptions, in the order they were written.
 *
 * Claim, jobs, notification and `published_at` commit together: a crash before that leaves the event unpublished for
 * the next relay, a crash after it leaves the jobs in the queue. Several relays share the work by SKIP LOCKED.
 */
export class OutboxRelay {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = false;
  private off: (() => void) | null = null;

  /** @throws Error for a subscription to an event that no module declares */
  constructor(private readonly deps: OutboxRelayDeps) {
    for (const { event, job } of deps.subscriptions)
      if (!deps.events.has(event))
        throw new Error(`${job.queue} waits for the event ${event.kind}, which no module declares`);
  }

  start(listener: Listener): void {
    this.off = listener.on(OUTBOX_CHANNEL, () => this.wake());
    this.timer = setInterval(() => this.wake(), POLL_MS);
    this.wake();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.off?.();
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  /** Publishes everything that is due; for the command line and for tests. */
  async drain(): Promise<void> {
    while ((await this.publishBatch()) === BATCH);
  }

  private wake(): void {
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = this.drain()
      .catch((error: unknown) =>
        this.deps.logger.error({ err: error }, 'Events could not be published; trying again'),
      )
      .finally(() => {
        this.running = null;
        if (this.again) {
          this.again = false;
          this.wake();
        }
      });
  }

  private publishBatch(): Promise<number> {
    return this.deps.database.transaction(async (tx) => {
      const rows = await tx.rows(claimEvents);
      if (rows.length === 0) return 0;
      // UPDATE ... RETURNING does not guarantee an order.
      rows.sort((a, b) => a.created_at.getTime() - b.created_at.getTime() || a.id.localeCompare(b.id));
      const events = rows.map((row) => this.deps.events.read(row)).filter((event) => event !== null);
      await this.enqueue(tx, events);
      await this.announce(tx, events);
      return rows.length;
    });
  }

  /** One statement for each queue: under load a batch contains the orders of many buyers. */
  private async enqueue(tx: Tx, events: readonly PublishedEvent[]): Promise<void> {
    const jobs = new Map<string, NewJob[]>();
    for (const event of events) {
      for (const subscription of this.deps.subscriptions) {
        if (subscription.event.kind !== event.kind) continue;
        const entry = this.jobOf(subscription, event);
        const { queue } = subscription.job;
        if (entry) jobs.set(queue, [...(jobs.get(queue) ?? []), entry]);
      }
    }
    const db = joinTransaction(tx.client);
    for (const [queue, entries] of jobs) await this.deps.boss.insert(queue, entries, { db: db as never });
  }

  /**
   * Null if no job is needed, or if the job's schema rejects the event: that is a bug and must not block other events.
   */
  private jobOf({ job, payload }: Subscription, event: PublishedEvent): NewJob | null {
    try {
      const given = payload(event);
      if (given === null) return null;
      const data = job.payload.parse(given) as object;
      const group = job.oneAtATimeBy && { id: job.oneAtATimeBy(data) };
      return { data, ...(group && { group }) };
    } catch (error) {
      this.deps.logger.error(
        { eventId: event.id, kind: event.kind, queue: job.queue, err: error },
        'An event does not fit its job and is skipped',
      );
      return null;
    }
  }

  private async announce(tx: Tx, events: readonly PublishedEvent[]): Promise<void> {
    await tx.rows(announceEvents, { events: events.map(announcementOf).filter((text) => text !== null) });
  }
}

/** The event as text, or null when it is too long: PostgreSQL refuses notifications of 8,000 bytes. */
function announcementOf({ id, kind, aggregateId, payload }: PublishedEvent): string | null {
  const text = JSON.stringify({ id, kind, aggregateId, payload });
  return Buffer.byteLength(text) < LONGEST_NOTICE ? text : null;
}
