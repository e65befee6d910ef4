import type { FileStorage } from '../../../integrations/storage/port.js';
import { NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import { statement, type Database, type Tx, t } from '../../../platform/database/database.js';
import { eachAlone } from '../../../platform/jobs/each-alone.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { imageSizesMissing, imageSizesWanted } from './image.events.js';
import { attemptToMake, readOriginal } from './image-attempt.js';
import { announceCatalogChange, refreshProductProjection } from '../listing/product-projection.js';
import { makeImage, makeSmallerSizes, type MadeFile, type MadeImage } from './make-images.js';
import { madeWidths } from './image-sizes.js';

const begin = statement('catalog.image-begin', {
  params: { id: t.uuid },
  row: { storageKey: t.text, originalKey: t.text, attempts: t.int },
  sql: `UPDATE product_image SET attempts = attempts + 1 WHERE id = :id AND status = 'PROCESSING'
   RETURNING storage_key AS "storageKey", original_key AS "originalKey", attempts`,
});
const lockImage = statement('catalog.image-lock', {
  params: { id: t.uuid, status: t.text },
  row: { id: t.uuid },
  sql: 'SELECT id FROM product_image WHERE id = :id AND status = :status FOR NO KEY UPDATE',
});
const lockProduct = statement('catalog.image-product-lock', {
  params: { id: t.uuid },
  row: { id: t.uuid },
  sql: 'UPDATE product SET updated_at = now() WHERE id = (SELECT product_id FROM product_image WHERE id = :id) RETURNING id',
});
const markReady = statement('catalog.image-ready', {
  params: { id: t.uuid, width: t.int, height: t.int, widths: t.ints },
  sql: `UPDATE product_image SET status = 'READY', failure = NULL, width = :width, height = :height, widths = :widths
   WHERE id = :id AND status = 'PROCESSING'`,
});
const markFailed = statement('catalog.image-failed', {
  params: { id: t.uuid, failure: t.text },
  sql: `UPDATE product_image SET status = 'FAILED', failure = :failure WHERE id = :id AND status = 'PROCESSING'`,
});
const askAgain = statement('catalog.image-ask-again', {
  params: { id: t.uuid },
  sql: `UPDATE product_image SET status = 'PROCESSING', failure = NULL, attempts = 0, queued_at = now() WHERE id = :id AND status = 'FAILED'`,
});
const productOfImage = statement('catalog.image-of-product', {
  params: { id: t.uuid },
  row: { productId: t.uuid },
  sql: 'SELECT product_id AS "productId" FROM product_image WHERE id = :id',
});
// Longer than the queue's own retries.
const claimForgotten = statement('catalog.images-forgotten', {
  row: { id: t.uuid },
  sql: `UPDATE product_image SET queued_at = now() WHERE status = 'PROCESSING' AND queued_at < now() - interval '15 minutes' RETURNING id`,
});
const findReady = statement('catalog.image-ready-sizes', {
  params: { id: t.uuid },
  row: { storageKey: t.text, originalKey: t.text.orNull, width: t.int, widths: t.ints.orNull },
  sql: `SELECT storage_key AS "storageKey", original_key AS "originalKey", width, widths FROM product_image WHERE id = :id AND status = 'READY'`,
});
const listReady = statement('catalog.images-ready', {
  row: { id: t.uuid, width: t.int, widths: t.ints.orNull },
  sql: `SELECT id, width, widths FROM product_image WHERE status = 'READY' ORDER BY id`,
});
const writeWidths = statement('catalog.image-widths', {
  params: { id: t.uuid, widths: t.ints },
  sql: `UPDATE product_image SET widths = :widths WHERE id = :id AND status = 'READY'`,
});

interface ReadyImage {
  readonly storageKey: string;
  readonly originalKey: string | null;
  readonly width: number;
  readonly widths: number[] | null;
}

interface Deps {
  readonly database: Database;
  readonly outbox: Outbox;
  /** Storage of the public sizes. */
  readonly storage: FileStorage;
  /** Private storage of the originals. */
  readonly files: FileStorage;
}

/**
 * Makes the sizes of images from their originals.
 *
 * Every step may be repeated after a crash: the files of an image always have the same names and content, and a row
 * becomes READY once. Decoding happens outside of transactions. Files are written under a lock of the image's row, and
 * only if the row still exists: if a deletion comes first, nothing is written; if it comes later, its job (`remove`)
 * deletes the files. Locks: product before image wherever both are taken.
 */
export class ImageProcessingService {
  constructor(private readonly deps: Deps) {}

  /**
   * Makes every size of an image that is PROCESSING; for a READY one those that were added to the list of sizes. Does
   * nothing for one that was deleted or given up. Throws errors worth a retry, until the last attempt.
   */
  async makeSizes(id: string): Promise<void> {
    const { database, files } = this.deps;
    const image = await database.row(begin, { id });
    if (!image) return this.makeMissing(id);
    const failure = await attemptToMake(image.attempts, async () => {
      const made = await makeImage(await readOriginal(files, image.originalKey), image.storageKey);
      if (await this.write(id, 'PROCESSING', made.files)) await this.finish(id, made);
    });
    if (failure) await database.count(markFailed, { id, failure });
  }

  /**
   * Requests the sizes of a FAILED image once more and returns the product's id; any other image stays unchanged.
   * @throws NotFoundError
   */
  async retry(id: string): Promise<string> {
    const { database, outbox } = this.deps;
    const image = await database.row(productOfImage, { id });
    if (!image) throw new NotFoundError('image', ['imageId']);
    await database.transaction(async (tx) => {
      if ((await tx.count(askAgain, { id })) > 0) await outbox.append(tx, imageSizesWanted(id, {}, newId()));
    });
    outbox.notifyRelay();
    return image.productId;
  }

  /** Requests the sizes again for images whose job was lost. */
  async resume(): Promise<void> {
    const { database, outbox } = this.deps;
    await database.transaction(async (tx) => {
      const forgotten = await tx.rows(claimForgotten);
      await outbox.append(tx, ...forgotten.map(({ id }) => imageSizesWanted(id, {}, newId())));
    });
    outbox.notifyRelay();
  }

  /** Requests sizes that were added to the list since images were made; returns the number of images. */
  async remake(): Promise<number> {
    const { database, outbox } = this.deps;
    const ready = await database.rows(listReady);
    const outdated = ready.filter((image) => missingWidths(image).length > 0);
    await database.transaction((tx) =>
      outbox.append(tx, ...outdated.map(({ id }) => imageSizesMissing(id, {}, newId()))),
    );
    outbox.notifyRelay();
    return outdated.length;
  }

  /** Removes the files of a deleted image; a missing file is no error. */
  async remove(keys: { originalKey: string | null; publicKeys: readonly string[] }): Promise<void> {
    const { storage, files } = this.deps;
    await eachAlone(keys.publicKeys, (key) => storage.remove(key));
    if (keys.originalKey) await files.remove(keys.originalKey);
  }

  private async makeMissing(id: string): Promise<void> {
    const { database, storage, files } = this.deps;
    const image = await database.row(findReady, { id });
    const missing = image ? missingWidths(image) : [];
    if (!image || missing.length === 0) return;
    // Images from before originals were stored use their largest size as the source.
    const source = image.originalKey
      ? await readOriginal(files, image.originalKey)
      : await readOriginal(storage, image.storageKey);
    const made = await makeSmallerSizes(source, image.storageKey, missing);
    if (!(await this.write(id, 'READY', made))) return;
    // Widths made earlier stay listed as long as the list of sizes has them; their files are always kept, because
    // orders may show them.
    await this.change(id, (tx) => tx.count(writeWidths, { id, widths: madeWidths(image.width) }));
  }

  /** Writes files of an image that still exists; returns whether it does. Writing again produces the same files. */
  private write(id: string, status: string, files: readonly MadeFile[]): Promise<boolean> {
    return this.deps.database.transaction(async (tx) => {
      if (!(await tx.row(lockImage, { id, status }))) return false;
      for (const { key, content, type } of files) await this.deps.storage.write(key, content, type);
      return true;
    });
  }

  private async finish(id: string, { width, height, widths }: MadeImage): Promise<void> {
    await this.change(id, (tx) => tx.count(markReady, { id, width, height, widths }));
  }

  /** Changes an image's public data; the product projection and caches are refreshed in the same transaction. */
  private change(id: string, work: (tx: Tx) => Promise<number>): Promise<void> {
    return this.deps.database.transaction(async (tx) => {
      const product = await tx.row(lockProduct, { id });
      if (!product || (await work(tx)) === 0) return;
      await refreshProductProjection(tx, [product.id]);
      await announceCatalogChange(tx);
    });
  }
}

function missingWidths({ width, widths }: Pick<ReadyImage, 'width' | 'widths'>): number[] {
  return madeWidths(width).filter((wanted) => !widths?.includes(wanted));
}
