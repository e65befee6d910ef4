import type { FileStorage } from '../../../integrations/storage/port.js';
import { NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import { statement, type Database, t } from '../../../platform/database/database.js';
import { eachAlone } from '../../../platform/jobs/each-alone.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { attemptToMake, makeLargestSize, readOriginal } from '../../media/index.js';
import { photoWanted } from '../return.events.js';

const begin = statement('returns.photo-begin', {
  params: { id: t.uuid },
  row: { storageKey: t.text, originalKey: t.text, attempts: t.int },
  sql: `UPDATE return_photo SET attempts = attempts + 1 WHERE id = :id AND status = 'PROCESSING'
   RETURNING storage_key AS "storageKey", original_key AS "originalKey", attempts`,
});
const lockPhoto = statement('returns.photo-lock', {
  params: { id: t.uuid },
  row: { id: t.uuid },
  sql: `SELECT id FROM return_photo WHERE id = :id AND status = 'PROCESSING' AND discarded_at IS NULL FOR NO KEY UPDATE`,
});
const markReady = statement('returns.photo-ready', {
  params: { id: t.uuid, width: t.int, height: t.int },
  sql: `UPDATE return_photo SET status = 'READY', width = :width, height = :height WHERE id = :id`,
});
const markFailed = statement('returns.photo-failed', {
  params: { id: t.uuid, failure: t.text },
  sql: `UPDATE return_photo SET status = 'FAILED', failure = :failure WHERE id = :id AND status = 'PROCESSING'`,
});
const spentOriginal = statement('returns.photo-original', {
  params: { id: t.uuid },
  row: { originalKey: t.text },
  sql: `SELECT original_key AS "originalKey" FROM return_photo WHERE id = :id AND status = 'READY' AND original_key IS NOT NULL`,
});
const forgetOriginal = statement('returns.photo-forget-original', {
  params: { id: t.uuid },
  sql: 'UPDATE return_photo SET original_key = NULL WHERE id = :id',
});
const askAgain = statement('returns.photo-ask-again', {
  params: { id: t.uuid },
  sql: `UPDATE return_photo SET status = 'PROCESSING', failure = NULL, attempts = 0, queued_at = now() WHERE id = :id AND status = 'FAILED'`,
});
const returnOfPhoto = statement('returns.photo-return', {
  params: { id: t.uuid },
  row: { returnId: t.uuid },
  sql: 'SELECT return_id AS "returnId" FROM return_photo WHERE id = :id AND return_id IS NOT NULL',
});
// Longer than the queue keeps retrying. An original that still exists after its image was made counts too.
const claimForgotten = statement('returns.photos-forgotten', {
  row: { id: t.uuid },
  sql: `UPDATE return_photo SET queued_at = now()
   WHERE status <> 'FAILED' AND original_key IS NOT NULL AND discarded_at IS NULL AND queued_at < now() - interval '15 minutes' RETURNING id`,
});

interface Deps {
  readonly database: Database;
  readonly outbox: Outbox;
  /** Storage whose files are not served by their names. */
  readonly files: FileStorage;
}

/**
 * Makes the images that are shown from the photos that buyers sent. The original is deleted when its image exists: it
 * is needed for nothing else, and its metadata may contain where the buyer lives.
 *
 * Any step may be repeated after a crash. The file is written under a lock of the photo's row, and only if the row
 * still exists and the photo may still be used.
 */
export class ReturnPhotoProcessingService {
  constructor(private readonly deps: Deps) {}

  /**
   * Makes the image of a photo that is PROCESSING. Throws errors that another attempt may resolve, until the last
   * attempt.
   */
  async processPhoto(id: string): Promise<void> {
    const { database, files } = this.deps;
    const photo = await database.row(begin, { id });
    if (photo) {
      const failure = await attemptToMake(photo.attempts, async () => {
        const original = await readOriginal(files, photo.originalKey);
        await this.storeImage(id, await makeLargestSize(original, photo.storageKey));
      });
      if (failure) await database.count(markFailed, { id, failure });
    }
    await this.removeSpent(id);
  }

  /** Requests the processing of a FAILED photo once more and returns the return's id. @throws NotFoundError */
  async retry(id: string): Promise<string> {
    const { database, outbox } = this.deps;
    const photo = await database.row(returnOfPhoto, { id });
    if (!photo) throw new NotFoundError('image', ['photoId']);
    await database.transaction(async (tx) => {
      if ((await tx.count(askAgain, { id })) > 0) await outbox.append(tx, photoWanted(id, {}, newId()));
    });
    outbox.notifyRelay();
    return photo.returnId;
  }

  /** Requests the processing again of photos whose job was lost, for whatever reason. */
  async resume(): Promise<void> {
    const { database, outbox } = this.deps;
    await database.transaction(async (tx) => {
      const forgotten = await tx.rows(claimForgotten);
      await outbox.append(tx, ...forgotten.map(({ id }) => photoWanted(id, {}, newId())));
    });
    outbox.notifyRelay();
  }

  /** Stores one file and updates one row: the lock is held for no longer than the file takes. */
  private async storeImage(id: string, made: Awaited<ReturnType<typeof makeLargestSize>>): Promise<void> {
    await this.deps.database.transaction(async (tx) => {
      if (!(await tx.row(lockPhoto, { id }))) return;
      await this.deps.files.write(made.key, made.content, made.type);
      await tx.count(markReady, { id, width: made.width, height: made.height });
    });
  }

  private async removeSpent(id: string): Promise<void> {
    const { database, files } = this.deps;
    const spent = await database.rows(spentOriginal, { id });
    await eachAlone(spent, async ({ originalKey }) => {
      await files.remove(originalKey);
      await database.count(forgetOriginal, { id });
    });
  }
}
