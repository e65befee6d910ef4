import type { ClassType } from 'type-graphql';
import type { Permission, Role } from '../../../platform/graphql/roles.js';
import type { LongJobDefinition } from '../../../platform/jobs/define-long-job.js';
import type { JobMutation } from '../../../platform/jobs/job-mutation.js';

/** The rows of a list on which an action works: how the list is asked for them. */
export interface BulkRows<Query extends object> {
  /** In words: `orders`. */
  readonly rows: string;
  /** Their table, which has a column `id`, for the last id that there is when the job begins. */
  readonly table: string;
  /** The longest search text of the list; left out where it has no search. */
  readonly search?: number;
  /** The input type of the list's filter; chosen rows are named by its `ids`. */
  readonly filter: ClassType<object>;
  /** What search and filter mean for the list; stored as JSON until the job ends. */
  readonly query: (search: string | null | undefined, filter: never) => Query;
  /** Which of its fields, and of those of a `filter` in it, are moments. */
  readonly moments?: readonly string[];
}

/** What is to be said beside the rows: a status, a reason. */
export interface BulkValues<Values extends object> {
  /** The input type whose fields stand in the input of the mutation too. */
  readonly input: ClassType<object>;
  /**
   * Reads it, before the job is made. What it returns is stored as JSON until the job ends: no personal data beyond need.
   *
   * @throws DomainError which the mutation returns
   */
  readonly read: (input: never) => Values;
}

export interface BulkAction<
  Query extends object = object,
  Values extends object = object,
> extends BulkRows<Query> {
  /** Of its mutation: `orderBulkShip`. */
  readonly name: string;
  /** Of its long jobs: `ORDER_SHIP`. Never renamed. */
  readonly kind: string;
  /** What it does to all that match, for readers of the schema. */
  readonly description: string;
  /** Those of the operation on one of them. */
  readonly role: Role;
  readonly permission: Permission;
  readonly values?: BulkValues<Values>;
  /**
   * True where what was done can be taken back: `apply` returns what `undo` needs to know. The job that undoes it has the
   * kind `<kind>_UNDO`, and `jobUndo` starts it.
   */
  readonly canUndo?: boolean;
  /** True where rows have to be chosen by their ids, at most 100: nothing is done to all that match. */
  readonly isChosenOnly?: boolean;
}

/** A bulk action with its mutation and its long jobs; the types of its query and values are known to its own file only. */
export interface DefinedBulk<Query extends object = object, Values extends object = object>
  extends BulkAction<Query, Values>, JobMutation {
  readonly job: LongJobDefinition;
  readonly undoJob: LongJobDefinition<{ readonly jobId: string }> | null;
}
