import { z } from 'zod';
import type { FileStorage } from '../../../integrations/storage/port.js';
import { statement, type Database, t } from '../../../platform/database/database.js';
import { eachAlone } from '../../../platform/jobs/each-alone.js';
import { defineJob, handleJob, type HandledJob } from '../../../platform/jobs/define-job.js';
import { publicKeys } from '../files/make-images.js';

/** Deletes uploads that were not used, with their files, once a night. */
export const cleanUpUploadsJob = defineJob({
  queue: 'media.clean-up-uploads',
  formerly: ['catalog.clean-up-uploads', 'catalog.sweep-uploads'],
  payload: z.object({}),
  schedule: '41 3 * * *',
  exclusive: true,
});

interface Places {
  readonly database: Database;
  readonly storage: FileStorage;
  readonly files: FileStorage;
}

const discardUnused = statement('media.uploads-discard', {
  sql: `UPDATE upload SET used_at = now(), discarded_at = now() WHERE used_at IS NULL AND expires_at < now() - interval '1 day'`,
});
const discarded = statement('media.uploads-discarded', {
  row: { id: t.uuid, storageKey: t.text.orNull, originalKey: t.text.orNull, writtenKeys: t.texts },
  sql: `SELECT id, storage_key AS "storageKey", original_key AS "originalKey", written_keys AS "writtenKeys"
   FROM upload WHERE discarded_at IS NOT NULL`,
});
const deleteUpload = statement('media.upload-delete', {
  params: { id: t.uuid },
  sql: 'DELETE FROM upload WHERE id = :id AND discarded_at IS NOT NULL',
});
/** Of an upload whose file was sent twice one copy became the file; a crash left the other. */
const surplus = statement('media.uploads-surplus', {
  row: { id: t.uuid, originalKey: t.text, writtenKeys: t.texts },
  sql: `SELECT id, original_key AS "originalKey", written_keys AS "writtenKeys" FROM upload
   WHERE discarded_at IS NULL AND cardinality(written_keys) > 1 AND original_key IS NOT NULL AND expires_at < now() - interval '1 day'`,
});
const forgetSurplus = statement('media.upload-forget-surplus', {
  params: { id: t.uuid },
  sql: 'UPDATE upload SET written_keys = ARRAY[original_key] WHERE id = :id',
});

/**
 * First nobody can use the upload any more, then its files are removed, and its row last: after a crash in between the
 * next night goes on, and no file is left without a row that names it.
 */
export function cleanUpUploads({ database, storage, files }: Places): HandledJob {
  return handleJob(cleanUpUploadsJob, async () => {
    await database.count(discardUnused);
    await eachAlone(await database.rows(discarded), async ({ id, storageKey, originalKey, writtenKeys }) => {
      for (const key of new Set([...writtenKeys, ...(originalKey ? [originalKey] : [])]))
        await files.remove(key);
      // Uploads received before a job made the sizes have their files in the public storage.
      if (storageKey) await eachAlone(publicKeys(storageKey), (key) => storage.remove(key));
      await database.count(deleteUpload, { id });
    });
    await eachAlone(await database.rows(surplus), async ({ id, originalKey, writtenKeys }) => {
      for (const key of writtenKeys) if (key !== originalKey) await files.remove(key);
      await database.count(forgetSurplus, { id });
    });
  });
}
