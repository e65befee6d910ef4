import type { LocalizedText } from '../../../kernel/languages.js';
import { statement, t, type Tx } from '../../../platform/database/database.js';
import { ImageStatus, shownAlt, type MediaEntity, type MediaOwner } from '../../media/index.js';
import { announceCatalogChange, refreshProductProjection } from '../listing/product-projection.js';

/** What a category or a page keeps of an image of the media library. */
export interface ShownMedia {
  readonly mediaId: string;
  /** Null until its sizes are made for the first time. */
  readonly storageKey: string | null;
  /** Of the largest size. */
  readonly width: number;
  readonly height: number;
  readonly widths: number[] | null;
  /** Empty for a decoration, and where nothing was written. */
  readonly alt: LocalizedText;
  readonly decorative: boolean;
  readonly focal: number[] | null;
}

export function shownMedia(media: MediaEntity): ShownMedia {
  const { id, storageKey, width, height, widths, decorative, focal } = media;
  return {
    ...{ mediaId: id, storageKey: media.status === ImageStatus.READY ? storageKey : null },
    ...{ width: width ?? 1, height: height ?? 1, widths, alt: shownAlt(media), decorative, focal },
  };
}

// In the order of their ids, as every writer of several products locks them.
const lockProducts = statement('catalog.media-products-lock', {
  params: { mediaId: t.uuid },
  row: { id: t.uuid },
  sql: `SELECT id FROM product WHERE id IN (SELECT owner_id FROM media_use WHERE media_id = :mediaId AND owner_type = 'PRODUCT')
   ORDER BY id FOR NO KEY UPDATE`,
});
const FILE = {
  ...{ mediaId: t.uuid, storageKey: t.text, originalKey: t.text.orNull, status: t.text },
  ...{ failure: t.text.orNull, width: t.int, height: t.int, widths: t.ints.orNull },
};
/** An image that was ready goes on showing the former file until the sizes of the new one are made. */
const refreshImages = statement('catalog.media-images', {
  params: { ...FILE, alt: t.json<LocalizedText>(), focal: t.ints.orNull },
  sql: `UPDATE product_image i SET alt = :alt, focal = :focal::int[],
     status = CASE WHEN new.follows THEN :status ELSE i.status END, failure = CASE WHEN new.follows THEN :failure ELSE i.failure END,
     original_key = CASE WHEN new.follows THEN :originalKey ELSE i.original_key END,
     storage_key = CASE WHEN :status = 'READY' THEN :storageKey ELSE i.storage_key END,
     width = CASE WHEN new.follows THEN :width ELSE i.width END, height = CASE WHEN new.follows THEN :height ELSE i.height END,
     widths = CASE WHEN new.follows THEN :widths::int[] ELSE i.widths END
   FROM (SELECT id, (:status::text = 'READY' OR status <> 'READY') AS follows FROM product_image WHERE media_id = :mediaId) new
   WHERE i.id = new.id`,
});
const PATCH = { mediaId: t.uuid, patch: t.json<Partial<ShownMedia>>() };
const refreshShared = statement('catalog.media-shared-products', {
  params: PATCH,
  sql: `UPDATE product SET seo = jsonb_set(seo, '{image}', (seo -> 'image') || :patch::jsonb)
   WHERE id IN (SELECT owner_id FROM media_use WHERE media_id = :mediaId AND owner_type = 'PRODUCT' AND field = 'SHARE_IMAGE')
     AND seo -> 'image' ->> 'mediaId' = :mediaId::uuid::text`,
});
const refreshCategories = statement('catalog.media-categories', {
  params: PATCH,
  sql: `UPDATE category SET image = CASE WHEN image ->> 'mediaId' = :mediaId::uuid::text THEN image || :patch::jsonb ELSE image END,
     seo = CASE WHEN seo -> 'image' ->> 'mediaId' = :mediaId::uuid::text THEN jsonb_set(seo, '{image}', (seo -> 'image') || :patch::jsonb) ELSE seo END
   WHERE id IN (SELECT owner_id FROM media_use WHERE media_id = :mediaId AND owner_type = 'CATEGORY')`,
});
/** Versions before the media library read an image from these columns. */
const refreshFormerColumns = statement('catalog.media-category-columns', {
  params: { mediaId: t.uuid },
  sql: `UPDATE category SET image_key = image ->> 'storageKey', image_width = (image ->> 'width')::int, image_height = (image ->> 'height')::int
   WHERE image ->> 'mediaId' = :mediaId::uuid::text AND image ->> 'storageKey' IS NOT NULL`,
});
const namesOfProducts = statement('catalog.media-product-names', {
  params: { ids: t.uuids },
  row: { id: t.uuid, name: t.json<LocalizedText>() },
  sql: 'SELECT id, name FROM product WHERE id = ANY(:ids)',
});
const namesOfCategories = statement('catalog.media-category-names', {
  params: { ids: t.uuids },
  row: { id: t.uuid, name: t.json<LocalizedText>() },
  sql: 'SELECT id, name FROM category WHERE id = ANY(:ids)',
});

/** What follows at once; key and size follow when the sizes are made, so that nothing shows a file that is not there. */
function patchOf(media: MediaEntity): Partial<ShownMedia> {
  const { mediaId: _same, ...shown } = shownMedia(media);
  const { alt, decorative, focal } = shown;
  return shown.storageKey === null ? { alt, decorative, focal } : shown;
}

async function refreshProducts(tx: Tx, media: MediaEntity): Promise<void> {
  const products = await tx.rows(lockProducts, { mediaId: media.id });
  const { id: mediaId, storageKey, originalKey, status, failure, widths, focal } = media;
  await tx.count(refreshImages, {
    ...{ mediaId, storageKey, originalKey, status, failure, widths, focal },
    ...{ width: media.width ?? 1, height: media.height ?? 1, alt: shownAlt(media) },
  });
  await tx.count(refreshShared, { mediaId, patch: patchOf(media) });
  await refreshProductProjection(
    tx,
    products.map(({ id }) => id),
  );
  await announceCatalogChange(tx);
}

/** Products and categories show images of the media library. */
export const catalogMediaOwners: readonly MediaOwner[] = [
  {
    ...{ type: 'PRODUCT', prefix: 'prod', refresh: refreshProducts },
    names: async (from, ids) =>
      new Map((await from.rows(namesOfProducts, { ids })).map(({ id, name }) => [id, name])),
  },
  {
    ...{ type: 'CATEGORY', prefix: 'cat' },
    refresh: async (tx, media) => {
      await tx.count(refreshCategories, { mediaId: media.id, patch: patchOf(media) });
      await tx.count(refreshFormerColumns, { mediaId: media.id });
      await announceCatalogChange(tx);
    },
    names: async (from, ids) =>
      new Map((await from.rows(namesOfCategories, { ids })).map(({ id, name }) => [id, name])),
  },
];
