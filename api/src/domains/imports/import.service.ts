import { DomainError, DomainErrors, InvalidInputError } from '../../kernel/errors.js';
import type { Database, Tx } from '../../platform/database/database.js';
import type { Viewer } from '../../platform/graphql/context.js';
import type { HandledImport, ImportDefinition } from '../../platform/imports/define-import.js';
import type { LongJobDefinition } from '../../platform/jobs/define-long-job.js';
import type { LongJobService } from '../long-jobs/index.js';
import type { ImportAccess } from './import-access.js';
import type { ImportFiles } from './import-files.service.js';
import { shapeHash, storeTable } from './import-reading.js';
import { missingColumns } from './import-rows.js';
import { ImportRunEntity } from './import.entity.js';
import * as sql from './imports.statements.js';
import type { MappedColumn, Mapping } from './mapping.js';
import type { TableReader } from './reading/table-reader.js';
import type { RequestedReading } from './reading/table.js';

interface Deps {
  readonly database: Database;
  readonly access: ImportAccess;
  readonly files: ImportFiles;
  readonly reader: TableReader;
  readonly jobs: LongJobService;
}

/** Which import, as which version of it, by whom. */
export interface ImportStep {
  readonly importId: string;
  readonly viewer: Viewer;
  readonly expectedVersion: number;
}

export interface ImportStart extends ImportStep {
  readonly requestId: string;
  readonly idempotencyKey: string;
}

/** What a person chose; undefined stays. */
export interface ImportChanges {
  /** Null for an encoding that is found out. */
  readonly encoding?: RequestedReading['encoding'];
  readonly separator?: RequestedReading['separator'];
  readonly sheet?: string | undefined;
  /** 0 for no header. */
  readonly headerLine?: number | undefined;
  readonly decimalSign?: '.' | ',' | undefined;
  readonly mapping?: readonly ({ readonly column: string } & MappedColumn)[] | undefined;
}

/*
 * Invariants of imports
 *
 * What is applied is what was checked: each change of the file's reading or of the mapping forgets the check, and a check
 * or an applying belongs to the version of the import that the person saw. The row of the import is locked by each change
 * and by each step of its two jobs, after the key of the request or the row of the job, and before everything that the
 * rows are about. `apply_job_id` is written once, in the transaction that makes the job: an import is applied by one job,
 * however many people ask at once.
 */
export class ImportService {
  constructor(private readonly deps: Deps) {}

  /**
   * Changes how the file is read and what its columns mean, and forgets the check of before.
   *
   * @throws DomainError IMPORT_EXPIRED, IMPORT_NOT_READY, FILE_UNREADABLE, FILE_EMPTY or FILE_TOO_LARGE
   * @throws DomainErrors INVALID_INPUT at the columns that cannot be
   */
  async update({ importId, viewer, expectedVersion }: ImportStep, changes: ImportChanges): Promise<void> {
    const { database, access, files, reader } = this.deps;
    const before = await access.required(importId, viewer);
    const { definition } = access.assertMayUse(before.kind, viewer);
    const requested = requestedReading(before, changes);
    // Read outside of the transaction, which holds a connection and the lock.
    const table = requested && (await reader.read(await files.read(before), requested));
    await database.transaction(async (tx) => {
      const run = await this.locked(tx, importId);
      access.assertChangeable(run, expectedVersion);
      await assertNotChecking(tx, run);
      if (table)
        await storeTable(tx, run, { table, definition, header: changes.headerLine ?? run.headerLine });
      await tx.repository(ImportRunEntity).update(run, {
        mapping: changes.mapping ? mappingOf(changes.mapping, { run, definition, changes }) : run.mapping,
        decimalSign: changes.decimalSign ?? run.decimalSign,
        checkJobId: null,
      });
    });
  }

  /**
   * Starts the check of all rows; it changes nothing but the import itself. The mapping is remembered for the next file of
   * the same form.
   *
   * @throws DomainError COLUMN_MISSING, IMPORT_EXPIRED, IMPORT_NOT_READY or TOO_MANY_JOBS
   */
  check(start: ImportStart): Promise<void> {
    return this.start(start, 'check', async (tx, run, { definition }, jobId) => {
      const missing = missingColumns(definition, run.mapping);
      if (missing.length > 0)
        throw new DomainError('COLUMN_MISSING', `Not chosen yet: ${missing.join(', ')}.`);
      await assertNotChecking(tx, run);
      await tx.count(sql.rememberMapping, {
        ...{ kind: run.kind, mapping: run.mapping, decimalSign: run.decimalSign },
        shape: shapeHash(run.header.some(Boolean) ? run.header : null, run.header.length),
      });
      await tx.repository(ImportRunEntity).update(run, {
        ...{
          checkJobId: jobId,
          newRows: 0,
          changedRows: 0,
          unchangedRows: 0,
          wrongRows: 0,
          repeatedRows: 0,
          amount: 0,
        },
      });
    });
  }

  /**
   * Starts applying the rows that the check found good, once.
   *
   * @throws DomainError IMPORT_EXPIRED, IMPORT_NOT_READY or TOO_MANY_JOBS
   */
  apply(start: ImportStart): Promise<void> {
    return this.start(start, 'apply', async (tx, run, _handled, jobId) => {
      const check = run.checkJobId && (await tx.row(sql.jobState, { jobId: run.checkJobId }));
      if (!check || !check.hasSucceeded)
        throw new DomainError('IMPORT_NOT_READY', 'The rows were not checked as they are now.');
      if (run.newRows + run.changedRows === 0)
        throw new DomainError('IMPORT_NOT_READY', 'No row would change anything.');
      await tx.repository(ImportRunEntity).update(run, { applyJobId: jobId });
    });
  }

  /** The import's row is locked by `prepare`'s transaction after the key and the starter of the job; see above. */
  private async start(
    { importId, viewer, expectedVersion, requestId, idempotencyKey }: ImportStart,
    which: 'check' | 'apply',
    prepare: (tx: Tx, run: ImportRunEntity, handled: HandledImport, jobId: string) => Promise<void>,
  ): Promise<void> {
    const { access, jobs } = this.deps;
    const { kind, filename } = await access.required(importId, viewer);
    const handled = access.assertMayUse(kind, viewer);
    await jobs.start(handled.definition.jobs[which] as LongJobDefinition<{ importId: string }>, {
      ...{ input: { importId }, title: filename, actorId: viewer.userId, requestId, idempotencyKey },
      also: async (tx, jobId) => {
        const run = await this.locked(tx, importId);
        access.assertChangeable(run, expectedVersion);
        await prepare(tx, run, handled, jobId);
      },
    });
  }

  private async locked(tx: Tx, id: string): Promise<ImportRunEntity> {
    const run = await tx.row(sql.lockImport, { id });
    if (!run) throw new Error(`The import ${id} is gone`);
    return run;
  }
}

async function assertNotChecking(tx: Tx, { checkJobId }: ImportRunEntity): Promise<void> {
  const check = checkJobId && (await tx.row(sql.jobState, { jobId: checkJobId }));
  if (check && check.isOpen)
    throw new DomainError('IMPORT_NOT_READY', 'The rows are being checked; cancel that or wait for it.');
}

/** How the file is to be read anew; null when what changes is not about that. */
function requestedReading(run: ImportRunEntity, changes: ImportChanges): RequestedReading | null {
  const isAboutReading = (['encoding', 'separator', 'sheet', 'headerLine'] as const).some(
    (field) => changes[field] !== undefined,
  );
  if (!isAboutReading) return null;
  return {
    encoding: changes.encoding === undefined ? run.encoding : changes.encoding,
    separator: changes.separator === undefined ? run.separator : changes.separator,
    sheet: changes.sheet ?? run.sheet,
  };
}

/** @throws DomainErrors INVALID_INPUT or the code of a value, at each entry that cannot be */
function mappingOf(
  entries: NonNullable<ImportChanges['mapping']>,
  {
    run,
    definition,
    changes,
  }: { run: ImportRunEntity; definition: ImportDefinition; changes: ImportChanges },
): Mapping {
  const decimalSign = changes.decimalSign ?? run.decimalSign;
  const errors: DomainError[] = [];
  const mapping: Record<string, MappedColumn> = {};
  entries.forEach(({ column, source, value }, at) => {
    const known = definition.columns[column];
    const text = value?.trim() || null;
    if (!known || column in mapping)
      errors.push(
        new InvalidInputError('There is no such column, or it is named twice.', [
          'mapping',
          String(at),
          'column',
        ]),
      );
    else if (source !== null && !(source >= 0 && source < run.header.length))
      errors.push(new InvalidInputError('The file has no such column.', ['mapping', String(at), 'source']));
    else if (source === null && text !== null) {
      const result = known.read(text, { decimalSign });
      if ('code' in result)
        errors.push(
          new DomainError(result.code, 'This cannot be a value for all rows.', [
            'mapping',
            String(at),
            'value',
          ]),
        );
    }
    if (source !== null || text !== null) mapping[column] = { source, value: source === null ? text : null };
  });
  if (errors.length > 0) throw new DomainErrors(errors);
  return mapping;
}
