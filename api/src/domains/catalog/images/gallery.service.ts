import { randomUUID } from 'node:crypto';
import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import type { Language, LocalizedText } from '../../../kernel/languages.js';
import { statement, type Database, type Fields, type Tx, t } from '../../../platform/database/database.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { imageDeleted, imageSizesWanted } from './image.events.js';
import { ProductImageEntity } from './image.entity.js';
import { announceCatalogChange, refreshProductProjection } from '../listing/product-projection.js';
import { ImageStatus } from './image-status.js';
import { publicKeys } from './make-images.js';
import { largestSize, madeWidths } from './image-sizes.js';
import { takeUpload, type ReceivedFile } from './take-upload.js';
import { cleanText } from '../products/safe-html.js';

export const MAX_IMAGES = 50;

const lockOwner = statement('catalog.gallery-lock', {
  params: { productId: t.uuid },
  sql: 'UPDATE product SET updated_at = now() WHERE id = :productId',
});
const galleryOf = statement('catalog.gallery', {
  params: { productId: t.uuid },
  row: { id: t.uuid },
  sql: 'SELECT id FROM product_image WHERE product_id = :productId ORDER BY position, id',
});
const productOfImage = statement('catalog.image-product', {
  params: { imageId: t.uuid },
  row: { productId: t.uuid },
  sql: 'SELECT product_id AS "productId" FROM product_image WHERE id = :imageId',
});
const writeAlt = statement('catalog.image-alt', {
  params: { id: t.uuid, alt: t.json<{ [x: string]: string }>() },
  sql: 'UPDATE product_image SET alt = alt || :alt WHERE id = :id',
});
const deleteImage = statement('catalog.image-delete', {
  params: { id: t.uuid },
  row: { storageKey: t.text, originalKey: t.text.orNull, status: t.text },
  sql: 'DELETE FROM product_image WHERE id = :id RETURNING storage_key AS "storageKey", original_key AS "originalKey", status',
});
const placeImages = statement('catalog.images-place', {
  params: { productId: t.uuid, imageIds: t.uuids },
  sql: `UPDATE product_image i SET position = o.place - 1 FROM unnest(:imageIds::uuid[]) WITH ORDINALITY AS o(id, place)
   WHERE i.id = o.id AND i.product_id = :productId`,
});

/** Staff changes of a product's images. Every method is one transaction that locks the product first. */
export class GalleryService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Adds a received upload at the end of the gallery, once. Appends the event whose job makes the sizes; until then
   * only staff see the image.
   *
   * @throws UploadInvalidError if the upload is another person's, not received yet or already used
   * @throws NotFoundError, InvalidInputError
   */
  add(productId: string, upload: { id: string; userId: string }, alt: LocalizedText): Promise<string> {
    return this.change(productId, 'productId', async (tx) => {
      const file = await takeUpload(tx, upload, 'uploadId');
      const gallery = await tx.rows(galleryOf, { productId });
      if (gallery.length >= MAX_IMAGES)
        throw new InvalidInputError(`A product has at most ${MAX_IMAGES} images.`, ['productId']);
      const image = newImage(file, { productId, alt, position: gallery.length });
      await tx.repository(ProductImageEntity).insert([image]);
      await this.outbox.append(tx, imageSizesWanted(image.id, {}, 'added'));
      return image.id;
    });
  }

  /** Sets the alternative text of an image in one language and returns the product's id. @throws NotFoundError */
  async describe(id: string, alt: string, language: Language): Promise<string> {
    const productId = await this.productOf(id);
    await this.change(productId, 'id', (tx) =>
      tx.count(writeAlt, { id, alt: { [language]: cleanText(alt) } }),
    );
    return productId;
  }

  /**
   * Deletes an image and returns the product's id. Its original is deleted. Public files that were ever shown are kept,
   * because orders show them.
   *
   * @throws NotFoundError
   */
  async delete(id: string): Promise<string> {
    const productId = await this.productOf(id);
    await this.change(productId, 'id', async (tx) => {
      // Waits for a job that is writing files of the image, see ImageProcessingService.
      const deleted = await tx.row(deleteImage, { id });
      if (!deleted) throw new NotFoundError('image', ['imageId']);
      const { storageKey, originalKey, status } = deleted;
      const unseen = status === 'READY' ? [] : publicKeys(storageKey);
      await this.outbox.append(tx, imageDeleted(id, { originalKey, publicKeys: unseen }));
      const left = await tx.rows(galleryOf, { productId });
      await tx.count(placeImages, { productId, imageIds: left.map((image) => image.id) });
    });
    return productId;
  }

  /** Reorders the gallery. @throws InvalidInputError unless exactly the product's images are given, each once */
  async reorder(productId: string, imageIds: readonly string[]): Promise<void> {
    await this.change(productId, 'productId', async (tx) => {
      const gallery = (await tx.rows(galleryOf, { productId })).map(({ id }) => id);
      const given = new Set(imageIds);
      if (
        given.size !== imageIds.length ||
        given.size !== gallery.length ||
        !gallery.every((id) => given.has(id))
      ) {
        throw new InvalidInputError('Give every image of the product exactly once.', ['imageIds']);
      }
      await tx.count(placeImages, { productId, imageIds });
    });
  }

  private async change<T>(productId: string, field: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const changed = await this.database.transaction(async (tx) => {
      if ((await tx.count(lockOwner, { productId })) === 0) throw new NotFoundError('product', [field]);
      const result = await work(tx);
      await refreshProductProjection(tx, [productId]);
      await announceCatalogChange(tx);
      return result;
    });
    this.outbox.notifyRelay();
    return changed;
  }

  /** The id of the product whose gallery contains the image. @throws NotFoundError */
  async productOf(imageId: string): Promise<string> {
    const row = await this.database.row(productOfImage, { imageId });
    if (!row) throw new NotFoundError('image', ['imageId']);
    return row.productId;
  }
}

/** A new image in processing. Its width and height are the ones that the job is expected to produce. */
function newImage(
  { originalKey, ...size }: ReceivedFile,
  place: { productId: string; alt: LocalizedText; position: number },
): Fields<ProductImageEntity> & { readonly id: string } {
  const { width, height } = largestSize(size);
  return {
    ...place,
    id: newId(),
    storageKey: `products/${randomUUID()}.${originalKey.split('.').pop()}`,
    originalKey,
    status: ImageStatus.PROCESSING,
    width,
    height,
    widths: madeWidths(width),
  };
}
