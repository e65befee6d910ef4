import { rowOf, statement, t } from '../../platform/database/database.js';
import { keysetList } from '../../platform/graphql/keyset-list.js';
import { LongJobEntity, LongJobErrorEntity } from './long-job.entity.js';
import type { JobStatus } from './job-status.js';

const COLUMNS = (job: string): string =>
  `${job}.id, ${job}.kind, ${job}.status, ${job}.title, ${job}.input, ${job}.cursor, ${job}.done, ${job}.total, ${job}.error_count AS "errorCount",
   ${job}.parts, ${job}.failure, ${job}.result_name AS "resultName", ${job}.started_by AS "startedBy", ${job}.cancelled_by AS "cancelledBy", ${job}.request_id AS "requestId", ${job}.recording,
   ${job}.run_token AS "runToken", ${job}.attempts, ${job}.created_at AS "createdAt", ${job}.started_at AS "startedAt",
   ${job}.heartbeat_at AS "heartbeatAt", ${job}.finished_at AS "finishedAt", ${job}.expires_at AS "expiresAt"`;

const ROW = rowOf(LongJobEntity);
const SHOWN = { ...ROW, startedByName: t.text.orNull, cancelledByName: t.text.orNull };
const NAME_OF = (user: string): string => `nullif(btrim(${user}.first_name || ' ' || ${user}.last_name), '')`;
const SHOWN_COLUMNS = `${COLUMNS('j')}, ${NAME_OF('u')} AS "startedByName", ${NAME_OF('c')} AS "cancelledByName"`;
const FROM =
  'long_job j LEFT JOIN app_user u ON u.id = j.started_by LEFT JOIN app_user c ON c.id = j.cancelled_by';
const OPEN = `('QUEUED', 'RUNNING', 'CANCELLING')`;

export type JobRow = LongJobEntity & {
  readonly startedByName: string | null;
  readonly cancelledByName: string | null;
};

export const jobById = statement('longJobs.job', {
  params: { id: t.uuid },
  row: SHOWN,
  sql: `SELECT ${SHOWN_COLUMNS} FROM ${FROM} WHERE j.id = :id`,
});

/** Newest first; of one starter, or of all when that is null. */
export const readJobs = keysetList({
  name: 'longJobs.list',
  row: SHOWN,
  columns: SHOWN_COLUMNS,
  from: FROM,
  time: 'j.created_at',
  id: 'j.id',
  filter: {
    startedBy: t.uuid.orNull,
    statuses: t.textsOf<JobStatus>().orNull,
    kinds: t.texts,
  },
  conditions: `(:startedBy::uuid IS NULL OR j.started_by = :startedBy) AND j.kind = ANY(:kinds)
    AND (:statuses::text[] IS NULL OR j.status = ANY(:statuses))`,
});

/** Until the end of the transaction nobody else starts a job of this person. */
export const lockStarter = statement('longJobs.lock-starter', {
  params: { startedBy: t.uuid },
  row: { pg_advisory_xact_lock: t.nothing },
  sql: `SELECT pg_advisory_xact_lock(hashtextextended(:startedBy::uuid::text, 7243))`,
});

/** After `lockStarter`. */
export const openJobsOf = statement('longJobs.open-of-starter', {
  params: { startedBy: t.uuid },
  row: { count: t.int },
  sql: `SELECT count(*)::int AS count FROM long_job WHERE started_by = :startedBy AND status IN ${OPEN}`,
});

export const insertJob = statement('longJobs.insert', {
  params: {
    id: t.uuid,
    kind: t.text,
    title: t.text.orNull,
    input: t.json<object>(),
    startedBy: t.uuid,
    requestId: t.text,
    createdAt: t.timestamp,
  },
  sql: `INSERT INTO long_job (id, kind, title, input, started_by, request_id, created_at, recording)
   VALUES (:id, :kind, :title, :input, :startedBy, :requestId, :createdAt, nullif(current_setting('vitrine.recording', true), '')::jsonb)`,
});

/**
 * Takes the job up, unless another worker that lives has it. Its steps hold the row's lock, so this waits for the end
 * of one and then sees its heartbeat.
 */
export const claimJob = statement('longJobs.claim', {
  params: { id: t.uuid, token: t.uuid, silence: t.interval },
  row: ROW,
  sql: `UPDATE long_job j SET status = CASE WHEN status = 'QUEUED' THEN 'RUNNING' ELSE status END,
     run_token = :token, heartbeat_at = now(), started_at = coalesce(started_at, now())
   WHERE id = :id AND status IN ${OPEN} AND (run_token IS NULL OR heartbeat_at < now() - :silence::interval)
   RETURNING ${COLUMNS('j')}`,
});

/** The job as it is, if this attempt still has it. Locks the row: first of all in the transaction of a step. */
export const lockRun = statement('longJobs.lock-run', {
  params: { id: t.uuid, token: t.uuid },
  row: ROW,
  sql: `SELECT ${COLUMNS('j')} FROM long_job j WHERE id = :id AND run_token = :token AND status IN ${OPEN} FOR NO KEY UPDATE`,
});

/** The same without a lock, before a piece of a file is read. */
export const readRun = statement('longJobs.read-run', {
  params: { id: t.uuid, token: t.uuid },
  row: ROW,
  sql: `SELECT ${COLUMNS('j')} FROM long_job j WHERE id = :id AND run_token = :token AND status IN ${OPEN}`,
});

export const setTotal = statement('longJobs.set-total', {
  params: { id: t.uuid, token: t.uuid, total: t.int },
  sql: 'UPDATE long_job SET total = :total WHERE id = :id AND run_token = :token',
});

export const beat = statement('longJobs.beat', {
  params: { id: t.uuid, token: t.uuid },
  sql: 'UPDATE long_job SET heartbeat_at = now() WHERE id = :id AND run_token = :token',
});

/** Requires the lock of the row. */
export const recordStep = statement('longJobs.record-step', {
  params: { id: t.uuid, cursor: t.json<unknown>().orNull, done: t.int, errors: t.int, parts: t.int },
  sql: `UPDATE long_job SET cursor = :cursor, done = done + :done, error_count = error_count + :errors, parts = parts + :parts,
     attempts = 0, heartbeat_at = now() WHERE id = :id`,
});

export const insertErrors = statement('longJobs.insert-errors', {
  params: {
    jobId: t.uuid,
    ids: t.uuids,
    rows: t.ints,
    fields: t.textsOrNulls,
    codes: t.texts,
    messages: t.texts,
    values: t.textsOrNulls,
  },
  sql: `INSERT INTO long_job_error (id, job_id, line, field, code, message, value)
   SELECT e.id, :jobId, e.line, e.field, e.code, e.message, e.value
   FROM unnest(:ids::uuid[], :rows::int[], :fields::text[], :codes::text[], :messages::text[], :values::text[]) AS e(id, line, field, code, message, value)`,
});

/** Ends it. What it worked on is not needed any more and is emptied. */
export const endJob = statement('longJobs.end', {
  params: {
    id: t.uuid,
    status: t.textOf<JobStatus>(),
    failure: t.text.orNull,
    resultName: t.text.orNull,
    finishedAt: t.timestamp,
    expiresAt: t.timestamp,
  },
  sql: `UPDATE long_job SET status = :status, failure = :failure, result_name = :resultName, finished_at = :finishedAt, expires_at = :expiresAt,
     run_token = NULL, cursor = NULL, input = '{}'
   WHERE id = :id AND status IN ${OPEN}`,
});

/** Lets go of the job without ending it, counting a failed attempt. */
export const releaseRun = statement('longJobs.release-run', {
  params: { id: t.uuid, token: t.uuid, failed: t.int },
  row: { attempts: t.int },
  sql: `UPDATE long_job SET run_token = NULL, attempts = attempts + :failed WHERE id = :id AND run_token = :token RETURNING attempts`,
});

export const lockJob = statement('longJobs.lock', {
  params: { id: t.uuid },
  row: ROW,
  sql: `SELECT ${COLUMNS('j')} FROM long_job j WHERE id = :id FOR NO KEY UPDATE`,
});

/** Requires the lock of the row. Whoever asked first stays the one who cancelled it. */
export const markCancelling = statement('longJobs.mark-cancelling', {
  params: { id: t.uuid, actorId: t.uuid },
  sql: `UPDATE long_job SET status = 'CANCELLING', cancelled_by = coalesce(cancelled_by, :actorId) WHERE id = :id`,
});

/** Open jobs that nobody has worked on for so long. */
export const silentJobs = statement('longJobs.silent', {
  params: { silence: t.interval },
  row: { id: t.uuid },
  sql: `SELECT id FROM long_job WHERE status IN ${OPEN} AND coalesce(heartbeat_at, created_at) < now() - :silence::interval LIMIT 100`,
});

/** By row. */
export const errorsOf = statement('longJobs.errors', {
  params: { jobId: t.uuid, afterRow: t.sortValue('int'), afterId: t.uuid.orNull, limit: t.int },
  row: rowOf(LongJobErrorEntity),
  sql: `SELECT id, job_id AS "jobId", line AS row, field, code, message, value FROM long_job_error WHERE job_id = :jobId
     AND (:afterRow::int IS NULL OR (line, id) > (:afterRow::int, :afterId::uuid)) ORDER BY line, id LIMIT :limit`,
});

/** Ended jobs whose files can be downloaded no more, and still have some. */
export const outlivedFiles = statement('longJobs.outlived-files', {
  params: { now: t.timestamp },
  row: { id: t.uuid, kind: t.text, parts: t.int },
  sql: `SELECT id, kind, parts FROM long_job WHERE expires_at < :now AND parts > 0 LIMIT 500`,
});
export const forgetFiles = statement('longJobs.forget-files', {
  params: { id: t.uuid },
  sql: `UPDATE long_job SET parts = 0, result_name = NULL WHERE id = :id`,
});
