import type { Clock } from '../../kernel/clock.js';
import type { CursorCodec } from '../../kernel/cursor.js';
import type { PageArguments } from '../../kernel/pagination.js';
import type { Database } from '../../platform/database/database.js';
import type { RequestContext, Viewer } from '../../platform/graphql/context.js';
import type { Page } from '../../platform/graphql/keyset-list.js';
import type { ImportRegistry } from '../../platform/imports/define-import.js';
import type { LongJobService } from '../long-jobs/index.js';
import { cellOf } from './import-rows.js';
import { ImportStatus } from './import-status.js';
import { wordOf } from './import-words.js';
import * as sql from './imports.statements.js';

const PREVIEW_ROWS = 10;
const SHOWN_ERRORS = 100;
const LONGEST_VALUE = 100;
/** Before, what is stored of rows may be of an earlier check. */
const CHECKED: readonly ImportStatus[] = [ImportStatus.CHECKED, ImportStatus.APPLYING, ImportStatus.DONE];

interface Deps {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly clock: Clock;
  readonly registry: ImportRegistry;
  readonly jobs: LongJobService;
}

/** What is read of imports. */
export class ImportLists {
  constructor(private readonly deps: Deps) {}

  /** Newest first: the viewer's own; those of all for whoever may read the system. */
  page(
    kind: string | null,
    { userId, permissions }: Viewer,
    page: PageArguments,
  ): Promise<Page<sql.ImportView>> {
    const { database, cursors, clock, registry } = this.deps;
    const allowed = registry.declared
      .filter(({ permission }) => permissions.has(permission))
      .map((one) => one.kind);
    return sql.readImports(database, cursors, {
      filter: {
        createdBy: permissions.has('SYSTEM') ? null : userId,
        kinds: kind ? allowed.filter((one) => one === kind) : allowed,
        now: clock.now(),
      },
      page,
      timeOf: ({ createdAt }) => createdAt,
    });
  }

  /** Null for a kind that the caller may not import, and for one of a module that is gone. */
  type(kind: string, { viewer, language }: RequestContext): object | null {
    const found = this.deps.registry.find(kind);
    if (!found || !viewer?.permissions.has(found.definition.permission)) return null;
    const { definition, handler } = found;
    // Read once, and only where they are asked for.
    let choices: ReturnType<NonNullable<typeof handler.choices>> | null = null;
    const choicesOf = async (key: string): Promise<object | null> => {
      choices ??= handler.choices?.() ?? Promise.resolve({});
      return (await choices)[key] ?? null;
    };
    return {
      kind,
      title: wordOf(definition, language, 'title') ?? kind,
      amountName: wordOf(definition, language, 'amount'),
      oneOf: definition.oneOf ?? [],
      repeatedRowsAddUp: definition.repeated === 'ADD',
      columns: Object.entries(definition.columns).map(([key, { required = false, example }]) => ({
        ...{ key, required, example, choicesOf },
        label: wordOf(definition, language, `columns.${key}.label`) ?? key,
        hint: wordOf(definition, language, `columns.${key}.hint`),
      })),
    };
  }

  /** In the order of the import's columns. */
  mapping({ kind, mapping }: sql.ImportView): object[] {
    const columns = Object.keys(this.deps.registry.find(kind)?.definition.columns ?? mapping);
    return columns.flatMap((column) => (mapping[column] ? [{ column, ...mapping[column] }] : []));
  }

  async preview(importId: string): Promise<object[]> {
    const rows = await this.deps.database.rows(sql.nextRows, { importId, after: 0, limit: PREVIEW_ROWS });
    return rows.map(({ line, cells }) => ({ line, cells: cells.map((cell) => String(cell ?? '')) }));
  }

  async errors({ id: importId, status, mapping }: sql.ImportView): Promise<object[]> {
    if (!CHECKED.includes(status)) return [];
    const asked = { importId, after: 0, limit: SHOWN_ERRORS };
    const rows = await this.deps.database.rows(sql.reportedRows({ wrongOnly: true }), asked);
    return rows.flatMap(({ line, cells, errors }) =>
      (errors ?? []).map(({ column, code }) => {
        const cell = column === null ? null : cellOf(mapping, column, cells);
        return { line, column, code, value: cell === null ? null : String(cell).slice(0, LONGEST_VALUE) };
      }),
    );
  }

  async sameFileReceivedAt(id: string): Promise<Date | null> {
    return (await this.deps.database.row(sql.sameFile, { id }))?.receivedAt ?? null;
  }

  async job(jobId: string | null): Promise<object | null> {
    return jobId ? this.deps.jobs.find(jobId) : null;
  }
}
