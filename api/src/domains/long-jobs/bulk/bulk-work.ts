import { DomainError } from '../../../kernel/errors.js';
import type { Querying, Tx } from '../../../platform/database/database.js';
import type { IdRange } from '../../../platform/graphql/keyset-list.js';

/** The job that works, for the operation on a row. */
export interface BulkRun<Values extends object = object> {
  readonly jobId: string;
  /** Who started it. */
  readonly actorId: string;
  /** What was said beside the rows. */
  readonly values: Values;
}

/** How rows are found. */
export interface BulkSelection<Query extends object> {
  /** How many rows match; beyond `COUNT_CAP` nobody knows. */
  readonly count: (query: Query) => Promise<number>;
  /** The ids of the next rows that match, by rising id, as the list finds them. */
  readonly select: (querying: Querying, query: Query, range: IdRange) => Promise<string[]>;
}

/** How rows are found and locked. */
export interface BulkLocking<Query extends object> extends BulkSelection<Query> {
  /** Takes the first lock of the operation. Returns what people call the row; null when it is gone. */
  readonly lock: (tx: Tx, id: string) => Promise<string | null>;
}

/** The work on one row after the other, each in a transaction of its own. */
export interface BulkWork<
  Query extends object = object,
  Values extends object = object,
  Before = unknown,
> extends BulkLocking<Query> {
  /**
   * The operation that staff do to one row, in this transaction and without a key. Of an action that can be undone it
   * returns what `undo` needs to know, and null where it changed nothing.
   *
   * @throws DomainError when it is refused: the row stays as it is, and the code is its row error
   */
  readonly apply: (tx: Tx, id: string, run: BulkRun<Values>) => Promise<Before>;
  /** @throws DomainError when it cannot be taken back any more: the row stays as it is, and the code is its row error */
  readonly undo?: (
    tx: Tx,
    id: string,
    undoing: { readonly before: NonNullable<Before>; readonly actorId: string },
  ) => Promise<unknown>;
}

/**
 * The work on rows by an operation that has transactions of its own, because it asks somebody outside between them. It is
 * done under the key that it is given: a repeat after a crash has no further effect.
 */
export interface BulkKeyedWork<
  Query extends object = object,
  Values extends object = object,
> extends BulkSelection<Query> {
  /** What people call the row; null when it is gone. */
  readonly nameOf: (id: string) => Promise<string | null>;
  /** @throws DomainError when it is refused: the code is its row error */
  readonly apply: (id: string, run: BulkRun<Values> & { readonly key: string }) => Promise<unknown>;
}

/** The work on some dozens of rows in one transaction, for changes that are refused for none of them. */
export interface BulkBatchWork<
  Query extends object = object,
  Values extends object = object,
  Before extends object = object,
> extends BulkSelection<Query> {
  /** How many rows at a time: well under a second of work. */
  readonly size: number;
  /** Locks these rows in the order of their ids. Returns what people call those that there are, by id. */
  readonly lock: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Changes them. Returns those that it changed, each with what `undo` needs to know. */
  readonly apply: (
    tx: Tx,
    ids: readonly string[],
    run: BulkRun<Values>,
  ) => Promise<ReadonlyMap<string, Before>>;
  /** Takes it back. Returns the ids of those that nobody has changed since; the others stay as they are: STALE_VERSION. */
  readonly undo?: (tx: Tx, before: ReadonlyMap<string, Before>) => Promise<ReadonlySet<string>>;
}

/** Of some rows: what `undo` needs to know of those that were changed, and why it was refused for others. */
export interface Applied {
  readonly changed: ReadonlyMap<string, object>;
  readonly refused: ReadonlyMap<string, DomainError>;
}

/** Either kind of work, as the steps of a job do it. */
export interface AnyWork extends BulkSelection<object> {
  readonly size: number;
  readonly lock: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  readonly apply: (tx: Tx, ids: readonly string[], run: BulkRun) => Promise<Applied>;
  readonly undo: (tx: Tx, before: ReadonlyMap<string, object>, actorId: string) => Promise<Applied>;
}

export function oneByOne({ count, select, lock, apply, undo }: BulkWork): AnyWork {
  return {
    ...{ count, select, size: 1 },
    lock: async (tx, ids) => {
      const names = new Map<string, string>();
      for (const id of ids) {
        const name = await lock(tx, id);
        if (name !== null) names.set(id, name);
      }
      return names;
    },
    apply: (tx, ids, run) => eachInSavepoint(tx, ids, (id) => apply(tx, id, run)),
    undo: (tx, before, actorId) =>
      eachInSavepoint(tx, [...before.keys()], (id) =>
        Promise.resolve(undo?.(tx, id, { before: before.get(id) as object, actorId })),
      ),
  };
}

/** Of one that is refused nothing stays. */
async function eachInSavepoint(
  tx: Tx,
  ids: readonly string[],
  work: (id: string) => Promise<unknown>,
): Promise<Applied> {
  const changed = new Map<string, object>();
  const refused = new Map<string, DomainError>();
  for (const id of ids)
    try {
      const before = await tx.savepoint(() => work(id));
      if (typeof before === 'object' && before !== null) changed.set(id, before);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      refused.set(id, error);
    }
  return { changed, refused };
}

export function inBatches({ count, select, size, lock, apply, undo }: BulkBatchWork): AnyWork {
  const none = new Map<string, never>();
  return {
    ...{ count, select, size, lock },
    apply: async (tx, ids, run) => ({ changed: await apply(tx, ids, run), refused: none }),
    undo: async (tx, before) => {
      const undone = (await undo?.(tx, before)) ?? new Set();
      const others = [...before.keys()].filter((id) => !undone.has(id));
      return { changed: none, refused: new Map(others.map((id) => [id, changedSince()])) };
    },
  };
}

/** Why something is not undone. */
export function changedSince(): DomainError {
  return new DomainError('STALE_VERSION', 'Somebody has changed it since. It stays as it is.', null);
}
