import type { FileStorage } from '../../../integrations/storage/port.js';
import { NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import { eachAlone } from '../../../platform/jobs/each-alone.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { attemptToMake, readOriginal } from '../files/image-attempt.js';
import { madeWidths } from '../files/image-sizes.js';
import { makeImage, makeSmallerSizes, type MadeFile } from '../files/make-images.js';
import type { MediaUses } from '../library/media-uses.js';
import { BIN_DAYS } from './former-files.js';
import { sizesMissing, sizesWanted } from './media.events.js';
import * as sql from './media-processing.statements.js';

interface ReadyImage {
  readonly width: number;
  readonly widths: readonly number[] | null;
}

interface Made {
  readonly files: readonly (Omit<MadeFile, 'type'> & { readonly type: string })[];
  readonly width: number | null;
  readonly height: number | null;
  readonly widths: readonly number[] | null;
}

interface Source {
  readonly kind: string;
  readonly storageKey: string;
  readonly originalKey: string | null;
  readonly contentType: string;
}

interface Deps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly uses: MediaUses;
  /** Storage of what is public. */
  readonly storage: FileStorage;
  /** Private storage: the originals, and what is made of private files. */
  readonly files: FileStorage;
}

/**
 * Makes what is shown of the files of the library from their originals.
 *
 * Every step may be repeated after a crash: the files of a row always have the same names and content, and a row
 * becomes READY once. Decoding happens outside of transactions. Files are written under a lock of the row, and only if
 * the row still has this file: if a deletion comes first, nothing is written; if it comes later, its job removes the
 * files. Locks: the file before what shows it (products, categories), as everywhere; see MediaUses.
 */
export class MediaProcessingService {
  constructor(private readonly deps: Deps) {}

  /**
   * Makes every size of an image, or the copy of a document, that is PROCESSING; for a READY image the sizes that
   * were added to the list. Does nothing for one that was deleted or given up. Throws errors worth a retry, until the
   * last attempt.
   */
  async makeSizes(id: string): Promise<void> {
    const { database } = this.deps;
    const source = await database.row(sql.begin, { id });
    if (!source) return this.makeMissing(id);
    const failure = await attemptToMake(source.attempts, async () => {
      const made = await this.makeFiles(source);
      if (await this.write({ id, ...source, status: 'PROCESSING' }, made.files))
        await this.finish(id, source, made);
    });
    if (!failure) return;
    await this.change({ id, ...source, status: 'PROCESSING' }, (tx) =>
      tx.count(sql.markFailed, { id, failure }),
    );
  }

  /** Requests a FAILED file to be made once more; any other stays unchanged. @throws NotFoundError */
  async retry(id: string): Promise<void> {
    const { database, outbox, uses } = this.deps;
    await database.transaction(async (tx) => {
      if (!(await uses.lock(tx, id))) throw new NotFoundError('file', ['mediaId']);
      if ((await tx.count(sql.askAgain, { id })) === 0) return;
      await uses.refresh(tx, id);
      await outbox.append(tx, sizesWanted(id, {}, newId()));
    });
    outbox.notifyRelay();
  }

  /** Requests files again whose job was lost. */
  async resume(): Promise<void> {
    const { database, outbox } = this.deps;
    await database.transaction(async (tx) => {
      const forgotten = await tx.rows(sql.claimForgotten);
      await outbox.append(tx, ...forgotten.map(({ id }) => sizesWanted(id, {}, newId())));
    });
    outbox.notifyRelay();
  }

  /** Requests sizes that were added to the list since images were made; returns the number of images. */
  async remake(): Promise<number> {
    const { database, outbox } = this.deps;
    const ready = await database.rows(sql.listReady);
    const outdated = ready.filter((image) => missingWidths(image).length > 0);
    await database.transaction((tx) =>
      outbox.append(tx, ...outdated.map(({ id }) => sizesMissing(id, {}, newId()))),
    );
    outbox.notifyRelay();
    return outdated.length;
  }

  /** Removes files that nothing needs any more; a missing file is no error. */
  async remove(keys: { originalKey: string | null; publicKeys: readonly string[] }): Promise<void> {
    const { storage, files } = this.deps;
    await eachAlone(keys.publicKeys, (key) => storage.remove(key));
    if (keys.originalKey) await files.remove(keys.originalKey);
  }

  private async makeFiles({ kind, storageKey, originalKey, contentType }: Source): Promise<Made> {
    const original = await readOriginal(this.deps.files, originalKey ?? '');
    if (kind === 'IMAGE') return makeImage(original, storageKey);
    const copy = { key: storageKey, content: original, type: contentType };
    return { files: [copy], width: null, height: null, widths: null };
  }

  private async makeMissing(id: string): Promise<void> {
    const { database, files } = this.deps;
    const image = await database.row(sql.findReady, { id });
    const missing = image ? missingWidths(image) : [];
    if (!image || missing.length === 0) return;
    const { storageKey } = image;
    // Images from before originals were stored use their largest size as the source.
    const source = image.originalKey
      ? await readOriginal(files, image.originalKey)
      : await readOriginal(this.placeOf(image.visibility), storageKey);
    const made = await makeSmallerSizes(source, storageKey, missing);
    const file = { id, ...image, status: 'READY' };
    if (!(await this.write(file, made))) return;
    // Widths made earlier stay listed as long as the list of sizes has them; their files are always kept, because
    // orders may show them.
    await this.change(file, (tx) => tx.count(sql.writeWidths, { id, widths: madeWidths(image.width) }));
  }

  private finish(id: string, { storageKey }: Source, { width, height, widths }: Made): Promise<void> {
    return this.change({ id, storageKey, status: 'PROCESSING' }, async (tx) => {
      await tx.count(sql.formerFilesDue, { id, days: BIN_DAYS });
      return tx.count(sql.markReady, { id, width, height, widths: widths ? [...widths] : null });
    });
  }

  private placeOf(visibility: string): FileStorage {
    return visibility === 'PUBLIC' ? this.deps.storage : this.deps.files;
  }

  /** Writes files of a row that still has them; returns whether it does. Writing again produces the same files. */
  private write(
    file: { id: string; status: string; storageKey: string; visibility: string },
    made: Made['files'],
  ): Promise<boolean> {
    const { id, status, storageKey, visibility } = file;
    return this.deps.database.transaction(async (tx) => {
      if (!(await tx.row(sql.lockFile, { id, status, storageKey }))) return false;
      for (const { key, content, type } of made) await this.placeOf(visibility).write(key, content, type);
      return true;
    });
  }

  /** Changes a row, if it has this file and status still, and what shows it, in one transaction. */
  private change(
    { id, status, storageKey }: { id: string; status: string; storageKey: string },
    work: (tx: Tx) => Promise<number>,
  ): Promise<void> {
    return this.deps.database.transaction(async (tx) => {
      if (!(await tx.row(sql.lockFile, { id, status, storageKey }))) return;
      if ((await work(tx)) > 0) await this.deps.uses.refresh(tx, id);
    });
  }
}

function missingWidths({ width, widths }: ReadyImage): number[] {
  return madeWidths(width).filter((wanted) => !widths?.includes(wanted));
}
