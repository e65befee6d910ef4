import { z } from 'zod';
import type { FileStorage } from '../../../integrations/storage/port.js';
import { statement, type Database, t } from '../../../platform/database/database.js';
import { eachAlone } from '../../../platform/jobs/each-alone.js';
import { defineJob, handleJob, type HandledJob } from '../../../platform/jobs/define-job.js';
import { publicKeys } from './make-images.js';

/** Deletes uploads that were not used for an image, with their files, once a night. */
export const cleanUpUploadsJob = defineJob({
  queue: 'catalog.clean-up-uploads',
  formerly: 'catalog.sweep-uploads',
  payload: z.object({}),
  schedule: '41 3 * * *',
  exclusive: true,
});

interface Places {
  readonly database: Database;
  readonly storage: FileStorage;
  readonly files: FileStorage;
}

const deleteUnused = statement('catalog.uploads-clean-up', {
  row: { storageKey: t.text.orNull, originalKey: t.text.orNull },
  sql: `DELETE FROM upload WHERE used_at IS NULL AND expires_at < now() - interval '1 day' RETURNING storage_key AS "storageKey", original_key AS "originalKey"`,
});

/** The rows are deleted first: a crash in between leaves an unreferenced file, never an upload without its file. */
export function cleanUpUploads({ database, storage, files }: Places): HandledJob {
  return handleJob(cleanUpUploadsJob, async () => {
    const unused = await database.rows(deleteUnused);
    await eachAlone(unused, async ({ storageKey, originalKey }) => {
      if (originalKey) await files.remove(originalKey);
      // Uploads received before a job made the sizes have their files in the public storage.
      if (storageKey) await eachAlone(publicKeys(storageKey), (key) => storage.remove(key));
    });
  });
}
