import { z } from 'zod';
import type { ErrorCode } from '../../kernel/error-codes.js';
import { StartProblem } from '../../kernel/start-problem.js';
import type { Tx } from '../database/database.js';
import type { Permission } from '../graphql/roles.js';
import { defineLongJob, type LongJobDefinition } from '../jobs/define-long-job.js';
import type { MessageFile } from '../messages.js';
import type { CellReader } from './cells.js';

/** A column that an import takes. Its words are in the import's messages: `columns.<key>.label`, `.hint` and `.names`. */
export interface ImportColumn<T = unknown> {
  readonly read: CellReader<T>;
  /** Whether each row needs a value; a value for all rows does. */
  readonly required?: boolean;
  /** What stands in the template's row. */
  readonly example: string;
  /** What its values look like, by which it is found in a table without a header. */
  readonly looksLike?: RegExp;
}

export type ImportColumns = Readonly<Record<string, ImportColumn>>;

/** A row as its columns were read; null where it has no value. */
export type ImportRow<C extends ImportColumns> = {
  readonly [K in keyof C]: C[K] extends ImportColumn<infer T> ? T | null : never;
};

/** What a module takes from files. Its module lists it in `imports`, and `setup` returns its handler: `handleImport`. */
export interface ImportDefinition<C extends ImportColumns = ImportColumns> {
  /** A value of the enum ImportKind: `STOCK_RECEIVE`. It is stored; never renamed. */
  readonly kind: string;
  /** What it does, for readers of the schema. */
  readonly description: string;
  /** What a caller needs for each step of it. */
  readonly permission: Permission;
  /** The messages that name it and its columns, in every language: `imports/stock-receive`. */
  readonly messages: MessageFile;
  readonly columns: C;
  /** Of each group at least one column has to be given, and a row needs a value in one of them. */
  readonly oneOf?: readonly (readonly string[])[];
  /** What rows about the same thing mean: ADD when each counts, REFUSE when the later ones are an error. */
  readonly repeated: 'ADD' | 'REFUSE';
  /** The two long jobs of it; made by `defineImport`. */
  readonly jobs: ImportJobs;
}

export interface ImportJobInput {
  readonly importId: string;
}

interface ImportJobs {
  readonly check: LongJobDefinition<ImportJobInput>;
  readonly apply: LongJobDefinition<ImportJobInput>;
}

const input = z.object({ importId: z.uuid() });

/** Declares an import, and with it two long jobs: `<kind>_CHECK` and `<kind>_APPLY`. */
export function defineImport<const C extends ImportColumns>(
  definition: Omit<ImportDefinition<C>, 'jobs' | 'oneOf'> & {
    readonly oneOf?: readonly (readonly (keyof C & string)[])[];
  },
): ImportDefinition<C> {
  const { kind, permission, description } = definition;
  return {
    ...definition,
    jobs: {
      check: defineLongJob({
        ...{ kind: `${kind}_CHECK`, permission, input },
        description: `Checks each row of a file, and changes nothing: ${description}`,
      }),
      apply: defineLongJob({ ...{ kind: `${kind}_APPLY`, permission, input }, description }),
    },
  };
}

/** A row that could be read. */
export interface ReadRow<R> {
  /** As its reader counts: the line of a file, the row of a sheet, the position in a list. */
  readonly line: number;
  readonly values: R;
}

/** What is wrong with a row. */
export interface ImportRowError {
  /** The key of the column at fault; null when it is about the whole row. */
  readonly column: string | null;
  readonly code: ErrorCode;
}

/** What a row would do now. */
export interface ImportEffect<T> {
  readonly outcome: 'NEW' | 'CHANGED' | 'UNCHANGED';
  /** What the row is about: rows with the same key are about the same. */
  readonly key: string;
  /** How much it adds to the sum that the check shows: pieces; 0 for imports without one. */
  readonly amount: number;
  /** What `apply` needs to know. */
  readonly target: T;
}

export type ImportVerdict<T> = ImportEffect<T> | { readonly errors: readonly ImportRowError[] };

/** A row that is applied. */
export interface AppliedRow<R, T> extends ReadRow<R> {
  readonly target: T;
}

export interface ImportRun {
  readonly importId: string;
  /** The name of its file. */
  readonly filename: string;
  /** Who applies it; null when the account is gone. */
  readonly actorId: string | null;
}

export interface ImportHandler<R, T> {
  /** Values to choose from, by column: for a value that all rows get. A column that is left out takes free text. */
  choices?(): Promise<Readonly<Record<string, readonly ImportChoice[]>>>;
  /**
   * Says what each row would do: in the order of the rows, one verdict for each. It writes nothing, and is asked again just
   * before rows are applied.
   */
  validate(tx: Tx, rows: readonly ReadRow<R>[]): Promise<readonly ImportVerdict<T>[]>;
  /**
   * Writes the rows. The transaction has locked the job's row and the import's row; a row comes here once, however often
   * workers die. Returns what is wrong with rows that could not be written because something changed since `validate`.
   */
  apply(
    tx: Tx,
    rows: readonly AppliedRow<R, T>[],
    run: ImportRun,
  ): Promise<ReadonlyMap<number, ImportRowError>>;
}

export interface ImportChoice {
  /** As a cell of a file would name it. */
  readonly value: string;
  /** For people; in no language, such as a name that staff gave. */
  readonly label: string;
}

/** A definition with its handler. */
export interface HandledImport {
  readonly definition: ImportDefinition;
  readonly handler: ImportHandler<Readonly<Record<string, unknown>>, unknown>;
}

export function handleImport<C extends ImportColumns, T>(
  definition: ImportDefinition<C>,
  handler: ImportHandler<ImportRow<C>, T>,
): HandledImport {
  return { definition, handler } as unknown as HandledImport;
}

/** The imports of all modules by their kind; complete once every module is built. */
export class ImportRegistry {
  private readonly handled = new Map<string, HandledImport>();

  constructor(readonly declared: readonly ImportDefinition[]) {}

  add(imported: HandledImport): void {
    this.handled.set(imported.definition.kind, imported);
  }

  /** Of a stored import: undefined when the module that had it is gone. */
  find(kind: string): HandledImport | undefined {
    return this.handled.get(kind);
  }

  get kinds(): readonly string[] {
    return this.declared.map(({ kind }) => kind);
  }

  /** @throws StartProblem naming the declared import that no module handles, and the handled one that none declares */
  assertHandled(): void {
    for (const { kind } of this.declared)
      if (!this.handled.has(kind)) throw new StartProblem(`Nobody handles the import ${kind}.`);
    for (const { definition } of this.handled.values())
      if (!this.declared.includes(definition))
        throw new StartProblem(`The import ${definition.kind} is handled, but no module declares it.`);
  }
}
