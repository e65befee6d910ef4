import type { FileStorage } from '../../../integrations/storage/port.js';
import { statement, t, type Database } from '../../../platform/database/database.js';
import { eachAlone } from '../../../platform/jobs/each-alone.js';
import { publicKeys } from '../files/make-images.js';

/** How long a file rests in the bin, and the former file of a replaced one stays at its address. */
export const BIN_DAYS = 30;

/**
 * What the deletion writes down before the files are removed, in the same statement: nothing is left that no row names. The
 * column keeps milliseconds and rounds: half of one later it would not be due yet.
 */
const deleteOld = statement('media.delete-old', {
  params: { days: t.int },
  sql: `WITH gone AS (
     DELETE FROM media m WHERE deleted_at < now() - make_interval(days => :days)
       AND NOT EXISTS (SELECT FROM media_use u WHERE u.media_id = m.id)
     RETURNING storage_key, original_key, kind, visibility)
   INSERT INTO media_former_file (storage_key, original_key, kind, visibility, due_at)
   SELECT storage_key, original_key, kind, visibility, date_trunc('milliseconds', now()) FROM gone`,
});
/** Also those of a replaced file that was deleted before the new one could be shown. */
const due = statement('media.former-files-due', {
  row: { storageKey: t.text, originalKey: t.text.orNull, kind: t.text, visibility: t.text },
  sql: `SELECT storage_key AS "storageKey", original_key AS "originalKey", kind, visibility FROM media_former_file
   WHERE due_at <= now() OR (due_at IS NULL AND media_id IS NULL) ORDER BY storage_key`,
});
const forget = statement('media.former-file-forget', {
  params: { storageKey: t.text },
  sql: 'DELETE FROM media_former_file WHERE storage_key = :storageKey',
});

/** Says which of these files something shows that never changes, such as an order. */
export type ShowsFiles = (storageKeys: readonly string[]) => Promise<readonly string[]>;

interface Deps {
  readonly database: Database;
  readonly storage: FileStorage;
  readonly files: FileStorage;
}

/**
 * Removes what has been in the bin for 30 days, and the former files of replaced ones.
 *
 * The row of a file goes first, and with it, in one statement, the names of its files are written down; then the files
 * are removed, and the note last. After a crash at any moment the next night goes on. What an order shows stays for
 * good: only its original, which says where a photo was taken, is removed.
 */
export class FormerFiles {
  private readonly shownBy: ShowsFiles[] = [];

  constructor(private readonly deps: Deps) {}

  /** Registers something that goes on showing files that are gone from the library. */
  keepFor(shows: ShowsFiles): void {
    this.shownBy.push(shows);
  }

  async emptyBin(): Promise<void> {
    const { database, storage, files } = this.deps;
    await database.count(deleteOld, { days: BIN_DAYS });
    const former = await database.rows(due);
    const shown = await this.shown(former.map(({ storageKey }) => storageKey));
    await eachAlone(former, async ({ storageKey, originalKey, kind, visibility }) => {
      const place = visibility === 'PUBLIC' ? storage : files;
      const keys = kind === 'IMAGE' ? publicKeys(storageKey) : [storageKey];
      if (!shown.has(storageKey)) for (const key of keys) await place.remove(key);
      if (originalKey) await files.remove(originalKey);
      await database.count(forget, { storageKey });
    });
  }

  private async shown(storageKeys: readonly string[]): Promise<ReadonlySet<string>> {
    if (storageKeys.length === 0) return new Set();
    const found = await Promise.all(this.shownBy.map((shows) => shows(storageKeys)));
    return new Set(found.flat());
  }
}
