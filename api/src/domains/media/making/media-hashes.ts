import { createHash } from 'node:crypto';
import type { FileStorage } from '../../../integrations/storage/port.js';
import { statement, t, type Database } from '../../../platform/database/database.js';
import { eachAlone } from '../../../platform/jobs/each-alone.js';

const BATCH = 200;

const unread = statement('media.unread', {
  params: { most: t.int },
  row: { id: t.uuid, storageKey: t.text, originalKey: t.text.orNull },
  sql: `SELECT id, storage_key AS "storageKey", original_key AS "originalKey" FROM media
   WHERE hashed_at IS NULL AND status = 'READY' ORDER BY id LIMIT :most`,
});
/** Of two that are alike the first one counts as these bytes; the other stays as it is, for products show it. */
const writeHash = statement('media.write-hash', {
  params: { id: t.uuid, sha256: t.bytea.orNull, size: t.int.orNull },
  sql: `UPDATE media m SET hashed_at = now(), size = coalesce(:size::int, size), sha256 = CASE
     WHEN NOT EXISTS (SELECT FROM media o WHERE o.sha256 = :sha256 AND o.visibility = m.visibility) THEN :sha256::bytea END
   WHERE id = :id AND hashed_at IS NULL`,
});

/**
 * Reads the images that are older than the library, so that sending one of them again finds it. The job runs one at a
 * time; where an upload of the same bytes comes in between, the unique constraint refuses and the next run sees it.
 */
export class MediaHashes {
  constructor(
    private readonly deps: {
      readonly database: Database;
      readonly storage: FileStorage;
      readonly files: FileStorage;
    },
  ) {}

  async readOlder(): Promise<void> {
    const { database, storage, files } = this.deps;
    await eachAlone(await database.rows(unread, { most: BATCH }), async ({ id, storageKey, originalKey }) => {
      const content = originalKey ? await files.read(originalKey) : await storage.read(storageKey);
      const sha256 = content && createHash('sha256').update(content).digest();
      await database.count(writeHash, { id, sha256, size: content?.length ?? null });
    });
  }
}
