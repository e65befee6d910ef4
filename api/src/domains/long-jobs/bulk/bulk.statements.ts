import { statement, t } from '../../../platform/database/database.js';

/** Requires the lock of the job. */
export const noteChanges = statement('longJobs.note-changes', {
  params: { jobId: t.uuid, ids: t.uuids, before: t.json<readonly object[]>() },
  sql: `INSERT INTO long_job_change (job_id, row_id, before)
   SELECT :jobId, c.row_id, c.before FROM ROWS FROM (unnest(:ids::uuid[]), jsonb_array_elements(:before)) AS c(row_id, before)`,
});

/** Those of some jobs of which a change can still be undone. */
export const undoableJobs = statement('longJobs.undoable', {
  params: { ids: t.uuids },
  row: { id: t.uuid },
  sql: `SELECT id FROM unnest(:ids::uuid[]) AS job (id)
   WHERE EXISTS (SELECT FROM long_job_change WHERE job_id = job.id)`,
});

export const countChanges = statement('longJobs.count-changes', {
  params: { jobId: t.uuid },
  row: { count: t.int },
  sql: 'SELECT count(*)::int AS count FROM long_job_change WHERE job_id = :jobId',
});

/** What a job has changed, by the id of the row. */
export const nextChanges = statement('longJobs.next-changes', {
  params: { jobId: t.uuid, after: t.uuid.orNull, limit: t.int },
  row: { id: t.uuid, before: t.json<object>() },
  sql: `SELECT row_id AS id, before FROM long_job_change
   WHERE job_id = :jobId AND (:after::uuid IS NULL OR row_id > :after) ORDER BY row_id LIMIT :limit`,
});

/** Those of some changes that are noted still: another job that undoes the same may have been waited for. */
export const stillNoted = statement('longJobs.still-noted', {
  params: { jobId: t.uuid, ids: t.uuids },
  row: { id: t.uuid },
  sql: 'SELECT row_id AS id FROM long_job_change WHERE job_id = :jobId AND row_id = ANY(:ids)',
});

export const forgetChanges = statement('longJobs.forget-changes', {
  params: { jobId: t.uuid, ids: t.uuids },
  sql: 'DELETE FROM long_job_change WHERE job_id = :jobId AND row_id = ANY(:ids)',
});
