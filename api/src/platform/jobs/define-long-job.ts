import type { z } from 'zod';
import type { ErrorCode } from '../../kernel/error-codes.js';
import { StartProblem } from '../../kernel/start-problem.js';
import type { Querying, Tx } from '../database/database.js';
import type { Permission } from '../graphql/roles.js';

/** Work on many rows that staff start and follow. Its module lists it in `longJobs`. */
export interface LongJobDefinition<I extends object = object> {
  /** A value of the enum JobKind: `ORDER_EXPORT`. It is stored; never renamed. */
  readonly kind: string;
  /** What it does, for readers of the schema. */
  readonly description: string;
  /** What its starter needs at each step, and a caller for its result file and its report beside being allowed to see the job. */
  readonly permission: Permission;
  /** What it works on; stored as JSON until the job ends. No personal data beyond need. */
  readonly input: z.ZodType<I>;
  /** The job that takes back what one of this kind has done; left out where that cannot be taken back. */
  readonly undoneBy?: LongJobDefinition<{ readonly jobId: string }>;
}

export function defineLongJob<I extends object>(definition: LongJobDefinition<I>): LongJobDefinition<I> {
  return definition;
}

/** What is wrong with one row; the others are worked on nevertheless. */
export interface LongJobRowError {
  /** The row, counted from 1 as its reader counts: the line of a file with its header. */
  readonly row: number;
  /** The column or field at fault; null when it is about the whole row. */
  readonly field: string | null;
  readonly code: ErrorCode;
  /** In English, for programs; clients show their own words for the code. */
  readonly message: string;
  /** What stood there, cut to 100 characters; null when it does not help. */
  readonly value: string | null;
}

/** A job in the middle of its work. */
export interface LongJobRun<I extends object, C> {
  readonly jobId: string;
  readonly input: I;
  /** Where the step before ended; null for the first step. */
  readonly cursor: C | null;
  /** How many rows are done. */
  readonly done: number;
  /** Who started it; null when the account is gone. */
  readonly startedBy: string | null;
}

export interface LongJobStep<C> {
  /** Where the next step goes on, stored as JSON; null when this was the last one. */
  readonly cursor: C | null;
  /** How many rows this step did, those with errors included. */
  readonly done: number;
  readonly errors?: readonly LongJobRowError[];
}

/** Asked when the job begins: how many rows there are; null when nobody knows. */
type Total<I> = (input: I, querying: Querying) => Promise<number | null>;

/** A job whose steps write rows. */
interface WritingHandler<I extends object, C> {
  readonly total?: Total<I>;
  /**
   * Does the next rows, at most about a second of work. Its writes, its cursor and its errors commit together, in a
   * transaction that has locked the job's row before: after a crash no row is done twice and none is left out. It may be
   * run again after a deadlock, so it has no effects outside the transaction.
   *
   * @throws DomainError when the job cannot go on: it ends as FAILED with this code, and nothing is tried again
   */
  readonly step: (tx: Tx, run: LongJobRun<I, C>, done: unknown) => Promise<LongJobStep<C>>;
  /**
   * What of the next step cannot be done inside a transaction, such as asking a payment provider: called before that of
   * the step, which is given what it returns. After a crash in between it is called again for the same rows, so what it
   * does has one effect however often it is done; and it does not run when the job is cancelled.
   */
  readonly before?: (querying: Querying, run: LongJobRun<I, C>) => Promise<unknown>;
}

export interface LongJobFile {
  readonly extension: string;
  /** `text/csv; charset=utf-8`: the content type with which it is downloaded. */
  readonly type: string;
  /** The file's name for people, without its extension. */
  readonly name: (createdAt: Date) => string | Promise<string>;
}

export interface LongJobPart<C> extends LongJobStep<C> {
  /** The next piece of the file. */
  readonly content: string | Buffer;
}

/** A job that writes a file. */
interface FileHandler<I extends object, C> {
  readonly total?: Total<I>;
  readonly file: LongJobFile;
  /** Reads the next piece. Pieces are stored by their number, so one that is written again after a crash stands once. */
  readonly part: (run: LongJobRun<I, C>) => Promise<LongJobPart<C>>;
}

export type LongJobHandler<I extends object = object, C = unknown> = WritingHandler<I, C> | FileHandler<I, C>;

/** A definition with its handler, ready for the worker. */
export interface HandledLongJob {
  readonly definition: LongJobDefinition;
  readonly handler: LongJobHandler;
}

export function handleLongJob<I extends object, C>(
  definition: LongJobDefinition<I>,
  handler: LongJobHandler<I, C>,
): HandledLongJob {
  return { definition, handler } as unknown as HandledLongJob;
}

/** The long jobs of all modules by their kind; complete once every module is built. */
export class LongJobRegistry {
  private readonly handled = new Map<string, HandledLongJob>();

  constructor(private readonly declared: readonly LongJobDefinition[]) {}

  add(job: HandledLongJob): void {
    this.handled.set(job.definition.kind, job);
  }

  find(kind: string): HandledLongJob | undefined {
    return this.handled.get(kind);
  }

  /** Of a stored job: undefined when the module that had it is gone. */
  definitionOf(kind: string): LongJobDefinition | undefined {
    return this.declared.find((definition) => definition.kind === kind);
  }

  get kinds(): readonly string[] {
    return this.declared.map(({ kind }) => kind);
  }

  /** @throws StartProblem naming the declared job that no module handles, and the handled one that none declares */
  assertHandled(): void {
    for (const { kind } of this.declared)
      if (!this.handled.has(kind)) throw new StartProblem(`Nobody handles the long job ${kind}.`);
    for (const { definition } of this.handled.values())
      if (!this.declared.includes(definition))
        throw new StartProblem(`The long job ${definition.kind} is handled, but no module declares it.`);
  }
}
