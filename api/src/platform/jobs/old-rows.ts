import { z } from 'zod';
import { recording } from '../audit/recording.js';
import { statement, t, type Database, type Statement } from '../database/database.js';
import { defineJob, handleJob, type HandledJob } from './define-job.js';

/** Rows per statement, so that it never holds locks for long. */
export const OLD_ROWS_BATCH = 500;

/** Rows that are obsolete after so many days. */
export interface OldRows {
  /** Deletes or empties at most `OLD_ROWS_BATCH` rows that are older than so many days. */
  readonly statement: Statement<{ readonly days: number }, unknown>;
  readonly days: number;
  /** The name under which the audit log has it; left out where it forgets nobody. */
  readonly recordedAs?: string;
}

/** SQL: the timestamp is older than `:days`, the parameter of `DAYS`. */
export const olderThanDays = (moment: string): string => `${moment} < now() - make_interval(days => :days)`;

/** The parameter of a statement with `olderThanDays`. */
export const DAYS = { days: t.int };

/** No client repeats a request after so long. */
const KEY_DAYS = 90;

const requestKeys = statement('request-key.delete-old', {
  params: DAYS,
  sql: `DELETE FROM request_key WHERE ctid IN (
     SELECT ctid FROM request_key WHERE ${olderThanDays('created_at')} LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)`,
});

const publishedEvents = statement('outbox.delete-published', {
  params: DAYS,
  sql: `DELETE FROM outbox WHERE id IN (
     SELECT id FROM outbox WHERE NOT is_kept AND ${olderThanDays('published_at')}
     ORDER BY published_at LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)`,
});

/** Why rows are kept for good, in the texts of the retention list. */
export const KEPT = {
  ledger: 'Kept: the ledger of the shop, which law and their own audit ask for.',
  catalogue: 'Kept: what the shop is and sells; staff removes it.',
  account: 'Kept as long as the account.',
} as const;

/** Retention of the platform's own tables. */
export const PLATFORM_TABLES: Readonly<Record<string, string>> = {
  request_key: 'Deleted each night: after 90 days.',
  outbox:
    'Events that the audit asks for are kept, as their definition says; they hold ids and few details. Deleted each night: all others, so many days (KEEP_…_DAYS, 90 unless set) after they were passed on.',
};

/** `eventDays`: for how many days after it was published an event stays that is not kept for good. */
export function platformOldRows({ eventDays }: { readonly eventDays: number }): readonly OldRows[] {
  return [
    { statement: requestKeys, days: KEY_DAYS },
    { statement: publishedEvents, days: eventDays },
  ];
}

const cleanUpJob = defineJob({
  queue: 'shop.clean-up-old-rows',
  payload: z.object({}),
  schedule: '47 3 * * *',
  exclusive: true,
});

const MOST_BATCHES = 400;

/** Runs each night in batches; a second run finds nothing. */
export function cleanUpOldRows(database: Database, oldRows: readonly OldRows[]): HandledJob {
  return handleJob(cleanUpJob, async () => {
    for (const rows of oldRows) {
      for (let batch = 0; batch < MOST_BATCHES; batch++) {
        if ((await cleanUpBatch(database, rows)) < OLD_ROWS_BATCH) break;
      }
    }
  });
}

function cleanUpBatch(database: Database, { statement: next, days, recordedAs }: OldRows): Promise<number> {
  const cleanUp = (): Promise<number> => database.count(next, { days });
  if (recordedAs === undefined) return cleanUp();
  const scope = {
    actorKind: 'SYSTEM',
    actorId: null,
    operation: recordedAs,
    requestId: cleanUpJob.queue,
  } as const;
  return recording(scope, cleanUp);
}
