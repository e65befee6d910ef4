import { AsyncLocalStorage } from 'node:async_hooks';

/*
 * The audit log: what staff wrote
 *
 * Who writes it. Each table that staff change has a trigger `record_change`, which a migration adds with `recorded` of
 * `recorded-table.ts`. It compares the old row with the new one, so an entry holds what was there before, whichever
 * statement wrote it: a repository, a prepared statement, another trigger or a foreign key. Nobody can forget it in a
 * service, and nothing is read for it beforehand.
 *
 * When. The trigger runs only where the setting `vitrine.recording` of the transaction says who acts. `Database` sets
 * it, in the same message as BEGIN, for whatever runs inside `recording` with an actor; `recordMutations` opens that
 * scope around every mutation of the schema. A single write outside a transaction gets one of its own. Buyers, jobs and
 * webhooks have no actor: their transactions begin as before and their triggers end at the condition, so they cost no
 * statement. Staff writes cost none either: the trigger inserts the rows.
 *
 * In which transaction. In that of the write, at the moment of the write. What is rolled back, by a user error, a savepoint,
 * a deadlock or a crash, takes its part of the entry with it; a transaction that changed nothing leaves no entry. One
 * transaction makes one entry; a mutation with two transactions makes two, under one request id. No lock is taken that
 * a write did not hold: an entry is a new row with an id of its own.
 *
 * Work on many rows that staff start (exports, bulk actions, imports) is one entry, that of the mutation that starts the
 * job. The job's row keeps under what it was started (`long_job.recording`, written by its own INSERT), and its steps add
 * what they change to that entry, each in its own transaction: so the history of a product has the bulk action that
 * changed it, and the activity has it once. The steps of one job run one after the other, so none waits for another
 * at the entry.
 */

/** Who did something, in which request, by which operation. */
export interface Recording {
  readonly actorKind: 'STAFF' | 'SYSTEM';
  /** Null for the shop itself. */
  readonly actorId: string | null;
  /** The mutation, or the name of the work of the shop itself. */
  readonly operation: string;
  readonly requestId: string;
  /** The entry that was begun before, to which these writes belong; without one each transaction begins its own. */
  readonly id?: string;
}

interface Scope extends Omit<Recording, 'actorKind'> {
  /** Null as long as nobody is known whose writes are recorded. */
  readonly actorKind: Recording['actorKind'] | null;
}

const current = new AsyncLocalStorage<Scope>();

/** Runs `work`; its writes are recorded where `scope` has an actor. */
export function recording<T>(scope: Scope, work: () => T): T {
  return current.run(scope, work);
}

/** Runs `work` as what an earlier transaction was recorded under, in the same entry; null where that was nothing. */
export function recordedLike<T>(earlier: Recording | null, work: () => T): T {
  return earlier === null ? work() : current.run(earlier, work);
}

/** Runs the rest of a public mutation, such as signing in, as this member of staff. */
export function recordedAs<T>(staffId: string, work: () => T): T {
  const { operation = 'unknown', requestId = '' } = current.getStore() ?? {};
  return current.run({ actorKind: 'STAFF', actorId: staffId, operation, requestId }, work);
}

/** What the writes of this moment are recorded under; null where nothing is recorded. */
export function recordingNow(): Recording | null {
  const scope = current.getStore();
  return scope && scope.actorKind !== null ? (scope as Recording) : null;
}
