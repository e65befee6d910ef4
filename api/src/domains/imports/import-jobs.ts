import { DomainError } from '../../kernel/errors.js';
import type { Database, Tx } from '../../platform/database/database.js';
import type {
  AppliedRow,
  HandledImport,
  ImportDefinition,
  ImportJobInput,
  ImportRegistry,
  ImportRowError,
  ImportVerdict,
  ReadRow,
} from '../../platform/imports/define-import.js';
import {
  handleLongJob,
  type HandledLongJob,
  type LongJobRowError,
  type LongJobRun,
  type LongJobStep,
} from '../../platform/jobs/define-long-job.js';
import { ImportRunEntity } from './import.entity.js';
import { cellOf, readRow, type StoredRow } from './import-rows.js';
import * as sql from './imports.statements.js';

type Values = Readonly<Record<string, unknown>>;
type Errors = readonly ImportRowError[];
/** What is known of one row: what it would do, or what is wrong with it. */
type Judged = { readonly row: StoredRow } & (
  | { readonly verdict: Effect; readonly values: Values }
  | { readonly errors: Errors }
);
type Effect = Exclude<ImportVerdict<unknown>, { errors: Errors }>;
type Run = LongJobRun<ImportJobInput, number>;

/** Rows of a step: looking up 500 takes some hundredths of a second. */
const CHECKED_AT_ONCE = 500;
/** Rows of a step that writes: what they are about is locked until it ends. */
const APPLIED_AT_ONCE = 100;

/*
 * Locks of a step: the row of the job (`job-runner.ts`), the row of the import, then whatever the handler locks. A row is
 * marked as applied in the transaction that applies it, and the cursor moves on in the same: of a step that was killed
 * nothing is left, of one that was committed nothing comes again.
 */

/** The two long jobs of each declared import. */
export function importJobs(database: Database, registry: ImportRegistry): HandledLongJob[] {
  return registry.declared.flatMap((definition) => [
    handleLongJob<ImportJobInput, number>(definition.jobs.check, {
      total: async ({ importId }) => (await runOf(database, importId)).rowCount,
      step: (tx, run) => checkStep(tx, run, handledOf(registry, definition)),
    }),
    handleLongJob<ImportJobInput, number>(definition.jobs.apply, {
      total: async ({ importId }) => {
        const { newRows, changedRows } = await runOf(database, importId);
        return newRows + changedRows;
      },
      step: (tx, run) => applyStep(tx, run, handledOf(registry, definition)),
    }),
  ]);
}

async function checkStep(tx: Tx, run: Run, handled: HandledImport): Promise<LongJobStep<number>> {
  const { importId } = run.input;
  const file = await locked(tx, run, 'checkJobId');
  const rows = await tx.rows(sql.nextRows, { importId, after: run.cursor ?? 0, limit: CHECKED_AT_ONCE });
  const judged = await judge(tx, { rows, file, handled });
  const repeated = await repeatedIn(tx, importId, judged);
  const isRefused = handled.definition.repeated === 'REFUSE';
  const decided = judged.map((one) =>
    isRefused && repeated.has(one.row.line)
      ? { row: one.row, errors: [{ column: null, code: 'ROW_REPEATED' as const }] }
      : one,
  );
  await tx.count(sql.writeOutcomes, { importId, ...outcomesOf(decided) });
  await tx.count(sql.addChecked, { id: importId, ...countsOf(decided), repeated: repeated.size });
  const cursor = rows.length < CHECKED_AT_ONCE ? null : rows.at(-1)!.line;
  return { cursor, done: rows.length, errors: jobErrors(decided, file) };
}

async function applyStep(
  tx: Tx,
  run: Run,
  { definition, handler }: HandledImport,
): Promise<LongJobStep<number>> {
  const { importId } = run.input;
  const file = await locked(tx, run, 'applyJobId');
  const rows = await tx.rows(sql.nextToApply, { importId, after: run.cursor ?? 0, limit: APPLIED_AT_ONCE });
  const judged = await judge(tx, { rows, file, handled: { definition, handler } });
  const changing = judged.flatMap((one) =>
    'verdict' in one && one.verdict.outcome !== 'UNCHANGED' ? toApplied(one) : [],
  );
  const late = await handler.apply(tx, changing, {
    importId,
    filename: file.filename,
    actorId: run.startedBy,
  });
  const done = judged.map((one): Judged & { isApplied: boolean } => {
    const problem = late.get(one.row.line);
    if (problem) return { row: one.row, errors: [problem], isApplied: false };
    return { ...one, isApplied: 'verdict' in one && one.verdict.outcome !== 'UNCHANGED' };
  });
  const outcomes = outcomesOf(done);
  await tx.count(sql.writeOutcomes, {
    ...{ importId, ...outcomes },
    outcomes: done.map((one) => ('errors' in one ? 'REFUSED' : one.isApplied ? 'APPLIED' : 'UNCHANGED')),
  });
  await tx.count(sql.addApplied, {
    ...{ id: importId, applied: done.filter(({ isApplied }) => isApplied).length },
    refused: done.filter((one) => 'errors' in one).length,
  });
  const cursor = rows.length < APPLIED_AT_ONCE ? null : rows.at(-1)!.line;
  return { cursor, done: rows.length, errors: jobErrors(done, file) };
}

/** The import, if this is still its job: it was changed and checked anew since, or is another's. */
async function locked(
  tx: Tx,
  { input, jobId }: Run,
  column: 'checkJobId' | 'applyJobId',
): Promise<ImportRunEntity> {
  const file = await tx.row(sql.lockImport, { id: input.importId });
  if (!file || file[column] !== jobId)
    throw new DomainError('IMPORT_NOT_READY', 'The import has changed since.');
  if (file.emptiedAt) throw new DomainError('IMPORT_EXPIRED', 'The file of this import was deleted.');
  return file;
}

/** Reads the cells of the rows, and asks the handler what those would do that could be read. */
async function judge(
  tx: Tx,
  { rows, file, handled }: { rows: readonly StoredRow[]; file: ImportRunEntity; handled: HandledImport },
): Promise<Judged[]> {
  const readings = rows.map((row) => readRow(handled.definition, file, row));
  const readable = readings.filter((reading): reading is ReadRow<Values> => 'values' in reading);
  const verdicts = readable.length > 0 ? await handled.handler.validate(tx, readable) : [];
  const byLine = new Map(readable.map(({ line }, at) => [line, verdicts[at]]));
  return rows.map((row, at): Judged => {
    const reading = readings[at]!;
    if ('errors' in reading) return { row, errors: reading.errors };
    const verdict = byLine.get(row.line);
    if (!verdict) throw new Error(`The import ${handled.definition.kind} says nothing of row ${row.line}`);
    return 'errors' in verdict ? { row, errors: verdict.errors } : { row, verdict, values: reading.values };
  });
}

function toApplied(one: Judged): AppliedRow<Values, unknown>[] {
  return 'verdict' in one ? [{ line: one.row.line, values: one.values, target: one.verdict.target }] : [];
}

/** The lines of rows about something that an earlier row is about. */
async function repeatedIn(tx: Tx, importId: string, judged: readonly Judged[]): Promise<Set<number>> {
  const good = judged.flatMap((one) =>
    'verdict' in one ? [{ line: one.row.line, key: one.verdict.key }] : [],
  );
  if (good.length === 0) return new Set();
  const subjects = [...new Set(good.map(({ key }) => key))];
  const earlier = await tx.rows(sql.earlierSubjects, { importId, before: judged[0]!.row.line, subjects });
  const seen = new Set(earlier.map(({ subject }) => subject));
  const repeated = new Set<number>();
  for (const { line, key } of good) {
    if (seen.has(key)) repeated.add(line);
    seen.add(key);
  }
  return repeated;
}

function outcomesOf(judged: readonly Judged[]) {
  return {
    lines: judged.map(({ row }) => row.line),
    outcomes: judged.map((one): string => ('errors' in one ? 'WRONG' : one.verdict.outcome)),
    subjects: judged.map((one) => ('errors' in one ? null : one.verdict.key)),
    errors: judged.map((one) => JSON.stringify('errors' in one ? one.errors : null)),
  };
}

function countsOf(judged: readonly Judged[]) {
  const effects = judged.flatMap((one) => ('verdict' in one ? [one.verdict] : []));
  const count = (wanted: Effect['outcome']): number =>
    effects.filter(({ outcome }) => outcome === wanted).length;
  return {
    ...{ created: count('NEW'), changed: count('CHANGED'), unchanged: count('UNCHANGED') },
    wrong: judged.length - effects.length,
    amount: effects.reduce((sum, { amount }) => sum + amount, 0),
  };
}

/** The same errors for the list of the job: the column by its name in the file. */
function jobErrors(judged: readonly Judged[], { mapping, header }: ImportRunEntity): LongJobRowError[] {
  return judged.flatMap((one) =>
    'errors' in one
      ? one.errors.map(({ column, code }) => {
          const source = column === null ? null : (mapping[column]?.source ?? null);
          const cell = column === null ? null : cellOf(mapping, column, one.row.cells);
          return {
            ...{ row: one.row.line, code, message: code },
            field: (source === null ? null : header[source] || null) ?? column,
            value: cell === null ? null : String(cell),
          };
        })
      : [],
  );
}

async function runOf(database: Database, importId: string): Promise<ImportRunEntity> {
  const file = await database.repository(ImportRunEntity).find({ id: importId });
  if (!file) throw new Error(`The import ${importId} is gone`);
  return file;
}

function handledOf(registry: ImportRegistry, { kind }: ImportDefinition): HandledImport {
  const handled = registry.find(kind);
  if (!handled) throw new Error(`No module handles the import ${kind}`);
  return handled;
}
