import type { ErrorCode } from '../../kernel/error-codes.js';
import { columnsOf, rowOf, statement, statementPerChoice, t } from '../../platform/database/database.js';
import type { ImportRowError } from '../../platform/imports/define-import.js';
import type { Cell } from '../../platform/imports/cells.js';
import { keysetList } from '../../platform/graphql/keyset-list.js';
import { ImportRunEntity, type StoredOutcome } from './import.entity.js';
import { STATUS, type ImportStatus } from './import-status.js';
import type { Mapping } from './mapping.js';

const SHOWN = { ...rowOf(ImportRunEntity), status: t.textOf<ImportStatus>(), createdByName: t.text.orNull };
const COLUMNS = `${columnsOf(ImportRunEntity, 'i')}, ${STATUS} AS status, nullif(btrim(u.first_name || ' ' || u.last_name), '') AS "createdByName"`;
const FROM = `import_run i LEFT JOIN app_user u ON u.id = i.created_by
  LEFT JOIN long_job c ON c.id = i.check_job_id LEFT JOIN long_job a ON a.id = i.apply_job_id`;

export type ImportView = ImportRunEntity & {
  readonly status: ImportStatus;
  readonly createdByName: string | null;
};

export const importById = statement('imports.import', {
  params: { id: t.uuid, now: t.timestamp },
  row: SHOWN,
  sql: `SELECT ${COLUMNS} FROM ${FROM} WHERE i.id = :id`,
});

/** Newest first, without those whose file never arrived; of one person, or of all when that is null. */
export const readImports = keysetList({
  name: 'imports.list',
  row: SHOWN,
  columns: COLUMNS,
  from: FROM,
  time: 'i.created_at',
  id: 'i.id',
  filter: { createdBy: t.uuid.orNull, kinds: t.texts, now: t.timestamp },
  // The time is named here too, because the total is counted without the columns.
  conditions: `(:createdBy::uuid IS NULL OR i.created_by = :createdBy) AND i.kind = ANY(:kinds) AND i.received_at <= :now`,
});

/** The import of an upload address that is open. */
export const openUpload = statement('imports.open-upload', {
  params: { token: t.bytea, now: t.timestamp },
  row: { id: t.uuid, kind: t.text },
  sql: 'SELECT id, kind FROM import_run WHERE token_hash = :token AND upload_until > :now',
});

/** Locks the import. It comes after the key of a request and the row of a long job, and before everything else. */
export const lockImport = statement('imports.lock', {
  params: { id: t.uuid },
  row: rowOf(ImportRunEntity),
  sql: `SELECT ${columnsOf(ImportRunEntity)} FROM import_run WHERE id = :id FOR NO KEY UPDATE`,
});

/** How far a long job is; no row when there is none, or none any more. */
export const jobState = statement('imports.job-state', {
  params: { jobId: t.uuid },
  row: { isOpen: t.boolean, hasSucceeded: t.boolean },
  sql: `SELECT finished_at IS NULL AS "isOpen", status = 'SUCCEEDED' AS "hasSucceeded" FROM long_job WHERE id = :jobId`,
});

/** When the last other file with the same content came of which rows were applied, or are being applied. */
export const sameFile = statement('imports.same-file', {
  params: { id: t.uuid },
  row: { receivedAt: t.timestamp },
  sql: `SELECT other.received_at AS "receivedAt" FROM import_run i
   JOIN import_run other ON other.kind = i.kind AND other.file_hash = i.file_hash AND other.id <> i.id
   LEFT JOIN long_job j ON j.id = other.apply_job_id
   WHERE i.id = :id AND other.apply_job_id IS NOT NULL AND (other.applied_rows > 0 OR j.finished_at IS NULL)
   ORDER BY other.received_at DESC LIMIT 1`,
});

export const insertRows = statement('imports.insert-rows', {
  params: { importId: t.uuid, lines: t.ints, cells: t.jsonTexts },
  sql: `INSERT INTO import_row (import_id, line, cells) SELECT :importId, r.line, r.cells FROM unnest(:lines::int[], :cells::jsonb[]) AS r(line, cells)`,
});
export const deleteRows = statement('imports.delete-rows', {
  params: { importId: t.uuid },
  sql: 'DELETE FROM import_row WHERE import_id = :importId',
});

const ROW = { line: t.int, cells: t.json<Cell[]>() };

export const nextRows = statement('imports.next-rows', {
  params: { importId: t.uuid, after: t.int, limit: t.int },
  row: ROW,
  sql: 'SELECT line, cells FROM import_row WHERE import_id = :importId AND line > :after ORDER BY line LIMIT :limit',
});
/** Those that the check found good. */
export const nextToApply = statement('imports.next-to-apply', {
  params: { importId: t.uuid, after: t.int, limit: t.int },
  row: ROW,
  sql: `SELECT line, cells FROM import_row WHERE import_id = :importId AND line > :after AND outcome IN ('NEW', 'CHANGED') ORDER BY line LIMIT :limit`,
});

export const writeOutcomes = statement('imports.write-outcomes', {
  params: {
    importId: t.uuid,
    lines: t.ints,
    outcomes: t.texts,
    subjects: t.textsOrNulls,
    errors: t.jsonTexts,
  },
  sql: `UPDATE import_row r SET outcome = o.outcome, subject = o.subject, errors = nullif(o.errors, 'null'::jsonb)
   FROM unnest(:lines::int[], :outcomes::text[], :subjects::text[], :errors::jsonb[]) AS o(line, outcome, subject, errors)
   WHERE r.import_id = :importId AND r.line = o.line`,
});

/** Which of these subjects an earlier row is about. */
export const earlierSubjects = statement('imports.earlier-subjects', {
  params: { importId: t.uuid, before: t.int, subjects: t.texts },
  row: { subject: t.text },
  sql: `SELECT DISTINCT subject FROM import_row WHERE import_id = :importId AND line < :before AND subject = ANY(:subjects)`,
});

/** Requires the lock of the import. */
export const addChecked = statement('imports.add-checked', {
  params: {
    id: t.uuid,
    created: t.int,
    changed: t.int,
    unchanged: t.int,
    wrong: t.int,
    repeated: t.int,
    amount: t.int,
  },
  sql: `UPDATE import_run SET new_rows = new_rows + :created::int, changed_rows = changed_rows + :changed::int, unchanged_rows = unchanged_rows + :unchanged::int,
     wrong_rows = wrong_rows + :wrong::int, repeated_rows = repeated_rows + :repeated::int, amount = amount + :amount::bigint WHERE id = :id`,
});
/** Requires the lock of the import. */
export const addApplied = statement('imports.add-applied', {
  params: { id: t.uuid, applied: t.int, refused: t.int },
  sql: 'UPDATE import_run SET applied_rows = applied_rows + :applied::int, refused_rows = refused_rows + :refused::int WHERE id = :id',
});

export interface ReportedRow {
  readonly line: number;
  readonly cells: readonly Cell[];
  readonly outcome: StoredOutcome | null;
  readonly errors: readonly (ImportRowError & { readonly code: ErrorCode })[] | null;
}

/** The rows for a report: all, or those with errors. */
export const reportedRows = statementPerChoice({ wrongOnly: [true, false] }, ({ wrongOnly }) =>
  statement(`imports.reported-rows-${wrongOnly ? 'wrong' : 'all'}`, {
    params: { importId: t.uuid, after: t.int, limit: t.int },
    row: { ...ROW, outcome: t.textOf<StoredOutcome>().orNull, errors: t.json<ImportRowError[]>().orNull },
    sql: `SELECT line, cells, outcome, errors FROM import_row WHERE import_id = :importId AND line > :after
     ${wrongOnly ? 'AND errors IS NOT NULL' : ''} ORDER BY line LIMIT :limit`,
  }),
);

const FORM = { kind: t.text, shape: t.text };

export const rememberedMapping = statement('imports.remembered-mapping', {
  params: FORM,
  row: { mapping: t.json<Mapping>(), decimalSign: t.textOf<'.' | ','>() },
  sql: 'SELECT mapping, decimal_sign AS "decimalSign" FROM import_mapping WHERE kind = :kind AND shape = :shape',
});
export const rememberMapping = statement('imports.remember-mapping', {
  params: { ...FORM, mapping: t.json<Mapping>(), decimalSign: t.text },
  sql: `INSERT INTO import_mapping (kind, shape, mapping, decimal_sign) VALUES (:kind, :shape, :mapping, :decimalSign)
   ON CONFLICT (kind, shape) DO UPDATE SET mapping = excluded.mapping, decimal_sign = excluded.decimal_sign, used_at = now()`,
});

/** Puts away what a person opened before its newest, of those that were not applied: their files go with the next clean-up. */
export const putAwayOlder = statement('imports.put-away-older', {
  params: { createdBy: t.uuid, kept: t.int, now: t.timestamp },
  sql: `UPDATE import_run SET expires_at = :now, token_hash = NULL WHERE id IN (
     SELECT id FROM import_run WHERE created_by = :createdBy AND apply_job_id IS NULL AND emptied_at IS NULL AND expires_at > :now
     ORDER BY created_at DESC, id DESC OFFSET :kept)`,
});

/** Imports whose files and rows are to be deleted. */
export const outlivedImports = statement('imports.outlived', {
  params: { now: t.timestamp },
  row: { id: t.uuid, fileKey: t.text.orNull },
  sql: `SELECT id, file_key AS "fileKey" FROM import_run i WHERE emptied_at IS NULL AND expires_at <= :now
     AND NOT EXISTS (SELECT 1 FROM long_job j WHERE j.id IN (i.check_job_id, i.apply_job_id) AND j.finished_at IS NULL) LIMIT 100`,
});
export const markEmptied = statement('imports.mark-emptied', {
  params: { id: t.uuid, now: t.timestamp },
  sql: 'UPDATE import_run SET emptied_at = :now, file_key = NULL, token_hash = NULL WHERE id = :id',
});
