import { statement, t, type Fields, type Tx } from '../../../platform/database/database.js';
import { holdMedia, idsOf, type GivenMedia, type MediaUses } from '../../media/index.js';
import { keptMedia } from '../images/held-media.js';
import type { ShownMedia } from '../images/shown-media.js';
import type { CategoryEntity } from './taxonomy.entity.js';

interface NamedMedia {
  readonly imageId?: string | null | undefined;
  readonly seo?: { readonly imageId?: string | null } | null | undefined;
}

/** Images that an input names, held by the transaction. */
export interface HeldMedia {
  /** The image of the category. */
  readonly own: GivenMedia;
  /** With which its page is shared. */
  readonly shared: GivenMedia;
}

/** @throws NotFoundError, MediaNotUsableError */
export async function holdMediaOf(tx: Tx, uses: MediaUses, { imageId, seo }: NamedMedia): Promise<HeldMedia> {
  return {
    own: await holdMedia(tx, uses, imageId, ['imageId']),
    shared: await holdMedia(tx, uses, seo?.imageId, ['seo', 'imageId']),
  };
}

/** The columns of the image; none where the input names none. Versions before the media library read the last three. */
export function withImage(stored: ShownMedia | null, given: GivenMedia): Fields<CategoryEntity> {
  if (given === undefined) return {};
  const image = keptMedia(stored, given) ?? null;
  const isThere = image?.storageKey != null;
  return {
    image,
    imageKey: image?.storageKey ?? null,
    imageWidth: isThere ? image.width : null,
    imageHeight: isThere ? image.height : null,
  };
}

/** Notes what the category shows now. Files that nobody names stay noted. */
export async function showMedia(
  tx: Tx,
  uses: MediaUses,
  ownerId: string,
  { own, shared }: HeldMedia,
): Promise<void> {
  const owner = { ownerType: 'CATEGORY', ownerId } as const;
  if (own !== undefined) await uses.set(tx, { ...owner, field: 'IMAGE' }, idsOf(own));
  if (shared !== undefined) await uses.set(tx, { ...owner, field: 'SHARE_IMAGE' }, idsOf(shared));
}

const noteImages = statement('catalog.category-images-note', {
  params: { ids: t.uuids },
  row: { id: t.uuid, mediaId: t.uuid },
  sql: `SELECT id, (image ->> 'mediaId')::uuid AS "mediaId" FROM category WHERE id = ANY(:ids) AND image IS NOT NULL ORDER BY id`,
});

/** Notes the images of new categories, all of demo data: nobody else changes them or their images. */
export async function noteSeededImages(
  tx: Tx,
  uses: Pick<MediaUses, 'add'>,
  ids: readonly string[],
): Promise<void> {
  for (const { id, mediaId } of await tx.rows(noteImages, { ids }))
    await uses.add(tx, { ownerType: 'CATEGORY', ownerId: id, field: 'IMAGE' }, mediaId);
}
