import { statement, t } from '../../../platform/database/database.js';

const SOURCE = {
  ...{ kind: t.text, visibility: t.text, storageKey: t.text, originalKey: t.text.orNull },
  ...{ contentType: t.text, attempts: t.int },
};
export const begin = statement('media.begin', {
  params: { id: t.uuid },
  row: SOURCE,
  sql: `UPDATE media SET attempts = attempts + 1 WHERE id = :id AND status = 'PROCESSING'
   RETURNING kind, visibility, storage_key AS "storageKey", original_key AS "originalKey", content_type AS "contentType", attempts`,
});
/** Only if it is the same file still: another may have taken its place. */
export const lockFile = statement('media.lock-file', {
  params: { id: t.uuid, status: t.text, storageKey: t.text },
  row: { id: t.uuid },
  sql: 'SELECT id FROM media WHERE id = :id AND status = :status AND storage_key = :storageKey FOR NO KEY UPDATE',
});
export const markReady = statement('media.ready', {
  params: { id: t.uuid, width: t.int.orNull, height: t.int.orNull, widths: t.ints.orNull },
  sql: `UPDATE media SET status = 'READY', failure = NULL, width = :width, height = :height, widths = :widths WHERE id = :id`,
});
/** The former files of a replaced file are removed 30 days after the new one can be shown. */
export const formerFilesDue = statement('media.former-files-ripen', {
  params: { id: t.uuid, days: t.int },
  sql: `UPDATE media_former_file SET due_at = now() + make_interval(days => :days) WHERE media_id = :id AND due_at IS NULL`,
});
export const markFailed = statement('media.failed', {
  params: { id: t.uuid, failure: t.text },
  sql: `UPDATE media SET status = 'FAILED', failure = :failure WHERE id = :id`,
});
export const askAgain = statement('media.ask-again', {
  params: { id: t.uuid },
  sql: `UPDATE media SET status = 'PROCESSING', failure = NULL, attempts = 0, queued_at = now() WHERE id = :id AND status = 'FAILED'`,
});
// Longer than the queue's own retries.
export const claimForgotten = statement('media.forgotten', {
  row: { id: t.uuid },
  sql: `UPDATE media SET queued_at = now() WHERE status = 'PROCESSING' AND queued_at < now() - interval '15 minutes' RETURNING id`,
});
export const findReady = statement('media.ready-sizes', {
  params: { id: t.uuid },
  row: {
    ...{ visibility: t.text, storageKey: t.text, originalKey: t.text.orNull },
    ...{ width: t.int, widths: t.ints.orNull },
  },
  sql: `SELECT visibility, storage_key AS "storageKey", original_key AS "originalKey", width, widths
   FROM media WHERE id = :id AND status = 'READY' AND kind = 'IMAGE'`,
});
export const listReady = statement('media.all-ready', {
  row: { id: t.uuid, width: t.int, widths: t.ints.orNull },
  sql: `SELECT id, width, widths FROM media WHERE status = 'READY' AND kind = 'IMAGE' ORDER BY id`,
});
export const writeWidths = statement('media.widths', {
  params: { id: t.uuid, widths: t.ints },
  sql: 'UPDATE media SET widths = :widths WHERE id = :id',
});
