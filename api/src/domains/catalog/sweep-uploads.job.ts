import { z } from 'zod';
import type { FileStorage } from '../../integrations/storage/port.js';
import { statement, type Database } from '../../platform/database/database.js';
import { eachAlone } from '../../platform/jobs/each-alone.js';
import { defineJob, handleJob, type HandledJob } from '../../platform/jobs/define-job.js';
import { removePicture } from './make-pictures.js';

/** Once a night, uploads that nobody made a picture of are thrown away with their files. */
export const sweepUploadsJob = defineJob({
  queue: 'catalog.sweep-uploads',
  payload: z.object({}),
  schedule: '41 3 * * *',
  exclusive: true,
});

const deleteUnused = statement(
  'catalog.uploads-sweep',
  `DELETE FROM upload WHERE used_at IS NULL AND expires_at < now() - interval '1 day' RETURNING storage_key AS "storageKey", width`,
);

/** The rows go first: a crash between leaves a file that nobody knows, never an upload without its file. */
export function sweepUploads(database: Database, storage: FileStorage): HandledJob {
  return handleJob(sweepUploadsJob, async () => {
    const unused = await database.rows<{ storageKey: string | null; width: number | null }>(deleteUnused);
    await eachAlone(unused, async ({ storageKey, width }) => {
      if (storageKey && width) await removePicture(storage, storageKey, width);
    });
  });
}
