import { DomainError } from '../../kernel/errors.js';
import { statement, t, type Statement, type Tx } from '../../platform/database/database.js';
import { COUNT_CAP } from '../../platform/graphql/connection.js';
import {
  handleLongJob,
  type HandledLongJob,
  type LongJobRowError,
} from '../../platform/jobs/define-long-job.js';
import type { BulkDeps, BulkWork, DefinedBulk } from './define-bulk.js';

/** Where a job stands: objects are done by rising id, up to the last one that there was when it began. */
interface Position {
  readonly after: string | null;
  readonly last: string;
}

/*
 * Transactions and locks
 *
 * One transaction for each object, which is a step of the long job: it locks the row of the job, then what the operation
 * locks, in the order of the operation itself, writes, and writes the position of the job last. So after a crash each
 * object is done once, and whoever edits one of them waits for one operation and no longer.
 *
 * Objects are selected anew for each step, and again under the lock of the object: one that a colleague changed meanwhile
 * so that it no longer matches is left alone, and one that was made after the beginning does not belong to the selection.
 * The operation runs in a savepoint: when it is refused, nothing of it stays, and its user error is the row error
 * of the object.
 */

/** Does an action to all objects that match. */
export function handleBulk(action: DefinedBulk, deps: BulkDeps): HandledLongJob {
  const work = action.work(deps) as BulkWork<object>;
  const lastObject = lastOf(action);
  return handleLongJob<object, Position>(action.job, {
    total: async (query) => {
      const count = await work.count(query);
      // Counting stops at the cap: beyond it nobody knows.
      return count < COUNT_CAP ? count : null;
    },
    step: async (tx, { input: query, cursor, done, startedBy }) => {
      const last = cursor?.last ?? (await tx.row(lastObject))?.id;
      if (!last || !startedBy) return { cursor: null, done: 0 };
      const [id] = await work.select(tx, query, { after: cursor?.after ?? null, last, limit: 1 });
      if (id === undefined) return { cursor: null, done: 0 };
      const userError = await applyTo(tx, id, { work, query, actorId: startedBy });
      const errors = userError ? [{ ...userError, row: done + 1 }] : [];
      return { cursor: { after: id, last }, done: 1, errors };
    },
  });
}

interface Applying {
  readonly work: BulkWork<object>;
  readonly query: object;
  readonly actorId: string;
}

async function applyTo(
  tx: Tx,
  id: string,
  { work, query, actorId }: Applying,
): Promise<Omit<LongJobRowError, 'row'> | null> {
  const name = await work.lock(tx, id);
  if (name === null) return null;
  // Whoever was waited for may have changed it so that it matches no longer.
  const [same] = await work.select(tx, query, { after: justBefore(id), last: id, limit: 1 });
  if (same !== id) return null;
  try {
    await tx.savepoint(() => work.apply(tx, id, actorId));
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { field: null, code: error.code, message: error.message, value: name };
  }
}

/** The greatest UUID below this one, so that a range after it begins with this one. */
export function justBefore(uuid: string): string {
  const hex = (BigInt(`0x${uuid.replaceAll('-', '')}`) - 1n).toString(16).padStart(32, '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function lastOf({ kind, table }: DefinedBulk): Statement<Record<never, never>, { id: string | null }> {
  return statement(`bulkActions.last.${kind}`, {
    row: { id: t.uuid.orNull },
    sql: `SELECT (SELECT id FROM ${table} ORDER BY id DESC LIMIT 1) AS id`,
  });
}
