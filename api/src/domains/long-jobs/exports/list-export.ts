import type { ClassType } from 'type-graphql';
import type { Language } from '../../../kernel/languages.js';
import type { Connection, PageArguments } from '../../../kernel/pagination.js';
import type { Permission, Role } from '../../../platform/graphql/roles.js';
import type { LongJobDefinition } from '../../../platform/jobs/define-long-job.js';
import type { JobMutation } from '../../../platform/jobs/job-mutation.js';

/** What the columns of a row are made with. */
export interface ColumnTools<More> {
  /** What was read for the whole page, see `more`. */
  readonly more: More;
  readonly timeZone: string;
  /** The language of texts that there are in several: the default one of the shop. */
  readonly language: Language;
  /** The currency of the shop. */
  readonly currency: string;
}

/** One column; its title is its name in small letters. `cells.ts` makes them. */
export interface ExportColumn<Row, More> {
  readonly description: string;
  /** Its text: harmless for spreadsheets, empty where there is nothing. */
  readonly value: (row: Row, tools: ColumnTools<More>) => string;
}

/** How a list is read, by the same code as the list of the API: so the file holds what the list shows. */
export interface ExportSource<Row, Query, More> {
  readonly page: (query: Query, sort: string | null, page: PageArguments) => Promise<Connection<Row>>;
  /** How many rows there are; beyond `COUNT_CAP` nobody knows. */
  readonly count: (query: Query) => Promise<number>;
  /** Reads what the columns of a whole page need beside its rows. */
  readonly more?: (rows: readonly Row[], tools: ColumnTools<null>) => Promise<More>;
}

export interface ListExport<Row = never, Query extends object = object, More = unknown> {
  /** Of its entity: `Order` for the mutation orderExportCreate and the kind ORDER_EXPORT. Never changed. */
  readonly name: string;
  /** Its rows in words, which also name the file: `stock movements`. */
  readonly rows: string;
  /** Those of the list itself. */
  readonly role: Role;
  readonly permission: Permission;
  /** The longest search text; left out where the list has no search. */
  readonly search?: number;
  /** The input type of the list's filter; left out where it has none. */
  readonly filter?: ClassType<object>;
  /** The enum of the list's orders; left out where it has one order. */
  readonly sorts?: object;
  /** Which order it is without one, in words. */
  readonly first?: string;
  /** What search and filter mean for the list. It is stored as JSON; which of its fields are moments is said by `moments`. */
  readonly query: (search: string | null | undefined, filter: never) => Query;
  readonly moments?: readonly string[];
  readonly columns: Readonly<Record<string, ExportColumn<Row, More>>>;
}

/** What a job writes: the query of the list, its order, and the titles of the columns; null for all. */
export type StoredExport<Query extends object> = Query & {
  readonly sort?: string | null;
  readonly columns?: readonly string[] | null;
};

/** The export of a list with its mutation and its long job; the types of rows are known to its own file only. */
export interface DefinedListExport<Row = never, Query extends object = object, More = unknown>
  extends ListExport<Row, Query, More>, JobMutation {
  readonly job: LongJobDefinition;
}
