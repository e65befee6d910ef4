import { DomainError } from '../../../kernel/errors.js';
import { statement, t, type Statement, type Tx } from '../../../platform/database/database.js';
import { COUNT_CAP } from '../../../platform/graphql/connection.js';
import {
  handleLongJob,
  type HandledLongJob,
  type LongJobRowError,
  type LongJobStep,
} from '../../../platform/jobs/define-long-job.js';
import {
  inBatches,
  oneByOne,
  type AnyWork,
  type BulkBatchWork,
  type BulkKeyedWork,
  type BulkRun,
  type BulkSelection,
  type BulkWork,
} from './bulk-work.js';
import * as sql from './bulk.statements.js';
import type { DefinedBulk } from './bulk-action.js';

/** Where a job stands: rows are done by rising id, up to the last one that there was when it began. */
interface Position {
  readonly after: string | null;
  readonly last: string;
}

/*
 * Transactions and locks
 *
 * One transaction for each row, or for some dozens of rows that are done at once, which is a step of the long job: it locks
 * the row of the job, then what the operation locks, in the order of the operation itself and of the ids, writes, then
 * what an undo needs to know, and the position of the job last. So after a crash each row is done once, and whoever edits
 * one of them waits for one step and no longer.
 *
 * Rows are selected anew for each step, and again under their lock: one that a colleague changed meanwhile so that it no
 * longer matches is left alone, and one that was made after the beginning does not belong to the selection. The operation
 * on one row runs in a savepoint: when it is refused, nothing of it stays, and its user error is the row error of it.
 *
 * An undo locks in the same order. What was noted of a row is deleted with the attempt to take it back, and looked for under
 * the row's lock: nothing is undone twice, also where two clerks undo the same at once.
 */

/** The handlers of an action that is done to one row after the other: of its job, and of the one that undoes it. */
export function handleBulk<Query extends object, Values extends object, Before>(
  action: DefinedBulk<Query, Values>,
  work: BulkWork<Query, Values, Before>,
): readonly HandledLongJob[] {
  return handlersOf(action as unknown as DefinedBulk, oneByOne(work as unknown as BulkWork));
}

/** The handlers of an action that is done to some dozens of rows at once. */
export function handleBulkBatch<Query extends object, Values extends object, Before extends object>(
  action: DefinedBulk<Query, Values>,
  work: BulkBatchWork<Query, Values, Before>,
): readonly HandledLongJob[] {
  return handlersOf(action as unknown as DefinedBulk, inBatches(work as unknown as BulkBatchWork));
}

function handlersOf(action: DefinedBulk, work: AnyWork): readonly HandledLongJob[] {
  const { undoJob } = action;
  return [doing(action, work), ...(undoJob ? [undoing(undoJob, work)] : [])];
}

function doing(action: DefinedBulk, work: AnyWork): HandledLongJob {
  const lastRow = lastOf(action);
  return handleLongJob<object, Position>(action.job, {
    total: (input) => countOf(work, readInput(input).query),
    step: async (tx, { jobId, input, cursor, done, startedBy }) => {
      const last = cursor?.last ?? (await tx.row(lastRow))?.id;
      if (!last || !startedBy) return { cursor: null, done: 0 };
      const { query, values } = readInput(input);
      const range = { after: cursor?.after ?? null, last, limit: work.size };
      const found = await work.select(tx, query, range);
      const names = await work.lock(tx, found);
      const ids = (await stillMatching(tx, { work, query, found })).filter((id) => names.has(id));
      const run: BulkRun = { jobId, actorId: startedBy, values };
      const { changed, refused } = await work.apply(tx, ids, run);
      if (action.canUndo) await note(tx, jobId, changed);
      const errors = rowErrors({ ids: found, names, refused, done });
      const after = found.length === work.size ? found.at(-1) : undefined;
      return { cursor: after ? { after, last } : null, done: found.length, errors };
    },
  });
}

/**
 * The handler of an action of which each operation has transactions of its own: it is done before the transaction of the
 * step, which notes only that it was done, under a key made of the job and the row. A worker that dies in between leaves the row
 * to the next one, whose operation finds its key. Two workers of which one was taken for dead do the same row at once: the
 * second waits for the key of the first, and its step is refused.
 */
export function handleKeyedBulk<Query extends object, Values extends object>(
  defined: DefinedBulk<Query, Values>,
  given: BulkKeyedWork<Query, Values>,
): HandledLongJob {
  const action = defined as unknown as DefinedBulk;
  const work = given as unknown as BulkKeyedWork;
  const lastRow = lastOf(action);
  return handleLongJob<object, Position>(action.job, {
    total: (input) => countOf(work, readInput(input).query),
    before: async (querying, { jobId, input, cursor, startedBy }): Promise<Keyed | null> => {
      const last = cursor?.last ?? (await querying.row(lastRow))?.id;
      if (!last || !startedBy) return null;
      const { query, values } = readInput(input);
      const [id] = await work.select(querying, query, { after: cursor?.after ?? null, last, limit: 1 });
      if (id === undefined) return null;
      const run = { jobId, actorId: startedBy, values, key: `${jobId}:${id}` };
      const refused = await errorOf(() => work.apply(id, run));
      return { after: id, last, refused, name: await work.nameOf(id) };
    },
    step: async (_tx, { done }, keyed) => {
      if (!keyed) return { cursor: null, done: 0 };
      const { after, last, refused, name } = keyed as Keyed;
      const errors = rowErrors({
        ids: [after],
        names: new Map(name === null ? [] : [[after, name]]),
        refused: new Map(refused ? [[after, refused]] : []),
        done,
      });
      return { cursor: { after, last }, done: 1, errors };
    },
  });
}

/** A row whose operation was done, or refused. */
interface Keyed extends Position {
  readonly after: string;
  readonly name: string | null;
  readonly refused: DomainError | null;
}

async function errorOf(operation: () => Promise<unknown>): Promise<DomainError | null> {
  try {
    await operation();
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

/** Undoes what a job has done. A row that somebody has changed since stays as it is, which its row error says. */
function undoing(job: NonNullable<DefinedBulk['undoJob']>, work: AnyWork): HandledLongJob {
  return handleLongJob<{ readonly jobId: string }, string>(job, {
    total: async ({ jobId }, querying) => (await querying.row(sql.countChanges, { jobId }))?.count ?? 0,
    step: async (tx, { input: { jobId }, cursor, done, startedBy }): Promise<LongJobStep<string>> => {
      const changes = await tx.rows(sql.nextChanges, { jobId, after: cursor, limit: work.size });
      const ids = changes.map(({ id }) => id);
      const names = await work.lock(tx, ids);
      const noted = new Set((await tx.rows(sql.stillNoted, { jobId, ids })).map(({ id }) => id));
      const before = new Map(
        changes.flatMap(({ id, before: known }) =>
          names.has(id) && noted.has(id) ? [[id, known] as const] : [],
        ),
      );
      const { refused } = await work.undo(tx, before, startedBy ?? '');
      await tx.count(sql.forgetChanges, { jobId, ids });
      const errors = rowErrors({ ids, names, refused, done });
      return {
        cursor: ids.length === work.size ? (ids.at(-1) ?? null) : null,
        ...{ done: ids.length, errors },
      };
    },
  });
}

/** What a job stores: the query of the list, and what was said beside the rows. The version before stored both as one. */
function readInput(input: object): { readonly query: object; readonly values: object } {
  const { values = input, ...query } = input as { readonly values?: object };
  return { query, values };
}

/** Counting stops at the cap: beyond it nobody knows. */
async function countOf(work: BulkSelection<object>, query: object): Promise<number | null> {
  const count = await work.count(query);
  return count < COUNT_CAP ? count : null;
}

/** Those of locked rows that match: whoever was waited for may have changed some. */
async function stillMatching(
  tx: Tx,
  {
    work,
    query,
    found,
  }: { readonly work: AnyWork; readonly query: object; readonly found: readonly string[] },
): Promise<readonly string[]> {
  const [first] = found;
  const last = found.at(-1);
  if (first === undefined || last === undefined) return [];
  // Others may have come in between which are not locked.
  const between = await work.select(tx, query, { after: justBefore(first), last, limit: COUNT_CAP });
  const matching = new Set(between);
  return found.filter((id) => matching.has(id));
}

/** The greatest UUID below this one, so that a range after it begins with this one. */
function justBefore(uuid: string): string {
  const hex = (BigInt(`0x${uuid.replaceAll('-', '')}`) - 1n).toString(16).padStart(32, '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

async function note(tx: Tx, jobId: string, changed: ReadonlyMap<string, object>): Promise<void> {
  if (changed.size === 0) return;
  await tx.count(sql.noteChanges, { jobId, ids: [...changed.keys()], before: [...changed.values()] });
}

interface Refused {
  readonly ids: readonly string[];
  readonly names: ReadonlyMap<string, string>;
  readonly refused: ReadonlyMap<string, DomainError>;
  /** How many rows the steps before have done. */
  readonly done: number;
}

function rowErrors({ ids, names, refused, done }: Refused): LongJobRowError[] {
  return ids.flatMap((id, at) => {
    const error = refused.get(id);
    if (!error) return [];
    const { code, message } = error;
    return [{ row: done + at + 1, field: null, code, message, value: names.get(id) ?? null }];
  });
}

function lastOf({ kind, table }: DefinedBulk): Statement<Record<never, never>, { id: string | null }> {
  return statement(`longJobs.bulk-last.${kind}`, {
    row: { id: t.uuid.orNull },
    sql: `SELECT (SELECT id FROM ${table} ORDER BY id DESC LIMIT 1) AS id`,
  });
}
