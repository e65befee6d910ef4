import { newId } from '../../kernel/ids.js';
import { statement, type Database, type Querying, t } from '../database/database.js';
import type { DomainEvent } from './define-event.js';

/** Wakes the relay of every worker process. */
export const OUTBOX_CHANNEL = 'vitrine_outbox';

/** Batches notifications; short enough for live pages and mails. */
const NOTIFY_DELAY_MS = 25;

const appendEvents = statement('outbox.append', {
  params: {
    ids: t.uuids,
    kinds: t.texts,
    aggregateIds: t.uuids,
    dedupeKeys: t.texts,
    payloads: t.jsonTexts,
    areKept: t.booleans,
  },
  sql: `INSERT INTO outbox (id, kind, aggregate_id, dedupe_key, payload, is_kept)
   SELECT * FROM unnest(:ids::uuid[], :kinds::text[], :aggregateIds::uuid[], :dedupeKeys::text[], :payloads::jsonb[], :areKept::boolean[])
   ON CONFLICT (dedupe_key) DO NOTHING`,
});
const notifyRelay = statement('outbox.notify-relay', {
  row: { pg_notify: t.nothing },
  sql: `SELECT pg_notify('${OUTBOX_CHANNEL}', '')`,
});

/** The only way to trigger work after a transaction: a row written by the transaction that requires it. */
export class Outbox {
  private nudging: NodeJS.Timeout | null = null;

  constructor(private readonly database: Database) {}

  /** Writes events by the transaction that they follow from. */
  async append(tx: Pick<Querying, 'count'>, ...events: DomainEvent[]): Promise<void> {
    await tx.count(appendEvents, {
      ids: events.map(() => newId()),
      kinds: events.map((event) => event.kind),
      aggregateIds: events.map((event) => event.aggregateId),
      dedupeKeys: events.map((event) => event.dedupeKey),
      payloads: events.map((event) => JSON.stringify(event.payload)),
      areKept: events.map((event) => event.isKept),
    });
  }

  /**
   * Notifies the relays, after the commit, that there are events. Not inside the transaction: NOTIFY takes a
   * cluster-wide lock at commit and would serialize all orders. A lost notification only delays the events until the
   * relay's next poll.
   */
  notifyRelay(): void {
    this.nudging ??= setTimeout(() => {
      this.nudging = null;
      this.database.rows(notifyRelay).catch(() => undefined);
    }, NOTIFY_DELAY_MS);
  }
}
