import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import type { Language, LocalizedText } from '../../../kernel/languages.js';
import { statement, type Database, type Tx, t } from '../../../platform/database/database.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { ProductImageEntity } from './image.entity.js';
import { announceCatalogChange, refreshProductProjection } from '../listing/product-projection.js';
import {
  MediaKind,
  MediaVisibility,
  shownAlt,
  UploadInvalidError,
  type MediaEntity,
  type MediaService,
  type MediaUses,
} from '../../media/index.js';
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
const imagePlaces = statement('catalog.image-product', {
  params: { imageId: t.uuid },
  row: { productId: t.uuid, mediaId: t.uuid.orNull },
  sql: 'SELECT product_id AS "productId", media_id AS "mediaId" FROM product_image WHERE id = :imageId',
});
const deleteImage = statement('catalog.image-delete', {
  params: { id: t.uuid },
  sql: 'DELETE FROM product_image WHERE id = :id',
});
const placeImages = statement('catalog.images-place', {
  params: { productId: t.uuid, imageIds: t.uuids },
  sql: `UPDATE product_image i SET position = o.place - 1 FROM unnest(:imageIds::uuid[]) WITH ORDINALITY AS o(id, place)
   WHERE i.id = o.id AND i.product_id = :productId`,
});

/** What a new image shows: an upload, which comes into the library, or an image that is there. */
export type ImageSource =
  | { readonly upload: { readonly id: string; readonly userId: string } }
  | { readonly mediaId: string };

interface Deps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly library: MediaService;
  readonly uses: MediaUses;
}

/**
 * Staff changes of a product's images, which are images of the media library. Every method is one transaction that
 * locks the image, if it needs it, and then the product: in the order of MediaUses.
 */
export class GalleryService {
  private readonly database: Database;
  private readonly outbox: Outbox;

  constructor(private readonly deps: Deps) {
    ({ database: this.database, outbox: this.outbox } = deps);
  }

  /**
   * Adds a received upload or an image of the library at the end of the gallery. While a job makes the sizes only
   * staff see the image. A given text becomes that of the image.
   *
   * @throws UploadInvalidError if the upload is another person's, not received yet or already used, or no image
   * @throws MediaNotUsableError, NotFoundError, InvalidInputError
   */
  add(productId: string, source: ImageSource, alt: LocalizedText): Promise<string> {
    return this.write(async (tx) => {
      const media = await this.image(tx, source, { alt, productId });
      await lockProduct(tx, productId, 'productId');
      const gallery = await tx.rows(galleryOf, { productId });
      if (gallery.length >= MAX_IMAGES)
        throw new InvalidInputError(`A product has at most ${MAX_IMAGES} images.`, ['productId']);
      const image = newImage(media, { productId, position: gallery.length });
      await tx.repository(ProductImageEntity).insert([image]);
      await changedGallery(tx, productId);
      return image.id;
    });
  }

  /** Sets the alternative text of an image in one language and returns the product's id. @throws NotFoundError */
  async describe(id: string, alt: string, language: Language): Promise<string> {
    const { productId, mediaId } = await this.placeOf(id);
    if (!mediaId) throw new NotFoundError('image', ['imageId']);
    await this.write((tx) => this.deps.library.describe(tx, mediaId, { [language]: cleanText(alt) }));
    return productId;
  }

  /** Takes an image out of the gallery and returns the product's id. Its image stays in the library. @throws NotFoundError */
  async delete(id: string): Promise<string> {
    const { productId } = await this.placeOf(id);
    await this.change(productId, 'id', async (tx) => {
      if ((await tx.count(deleteImage, { id })) === 0) throw new NotFoundError('image', ['imageId']);
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

  /** The product whose gallery has the image, and the image that it shows. @throws NotFoundError */
  async placeOf(imageId: string): Promise<{ productId: string; mediaId: string | null }> {
    const row = await this.database.row(imagePlaces, { imageId });
    if (!row) throw new NotFoundError('image', ['imageId']);
    return row;
  }

  private async image(
    tx: Tx,
    source: ImageSource,
    { alt, productId }: { readonly alt: LocalizedText; readonly productId: string },
  ): Promise<MediaEntity> {
    const { library, uses } = this.deps;
    const shownBy = { ownerType: 'PRODUCT', ownerId: productId, field: 'IMAGES' } as const;
    if ('upload' in source) {
      const { upload } = source;
      const visibility = MediaVisibility.PUBLIC;
      const { media } = await library.receive(tx, { upload, visibility, alt, shownBy });
      if (media.kind === MediaKind.IMAGE) return media;
      throw new UploadInvalidError('A document cannot be shown here: send an image.', ['uploadId']);
    }
    const { mediaId } = source;
    if (Object.keys(alt).length > 0) await library.describe(tx, mediaId, alt, shownBy);
    const held = (await uses.hold(tx, [mediaId], ['mediaId'])).get(mediaId);
    if (!held) throw new NotFoundError('file', ['mediaId']);
    return held;
  }

  private async change<T>(productId: string, field: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.write(async (tx) => {
      await lockProduct(tx, productId, field);
      const result = await work(tx);
      await changedGallery(tx, productId);
      return result;
    });
  }

  private async write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const written = await this.database.transaction(work);
    this.outbox.notifyRelay();
    return written;
  }
}

async function lockProduct(tx: Tx, productId: string, field: string): Promise<void> {
  if ((await tx.count(lockOwner, { productId })) === 0) throw new NotFoundError('product', [field]);
}

async function changedGallery(tx: Tx, productId: string): Promise<void> {
  await refreshProductProjection(tx, [productId]);
  await announceCatalogChange(tx);
}

/** An image that shows an image as it is now. The database notes that the product shows it. */
function newImage(media: MediaEntity, place: { readonly productId: string; readonly position: number }) {
  const { storageKey, originalKey, status, failure, widths, focal } = media;
  return {
    ...{ ...place, id: newId(), mediaId: media.id, storageKey, originalKey, status, failure, widths, focal },
    ...{ width: media.width ?? 1, height: media.height ?? 1, alt: shownAlt(media) },
  };
}
