import { requireId } from '../../../kernel/require-id.js';
import type { Tx } from '../../../platform/database/database.js';
import type { MediaEntity } from './media.entity.js';
import type { MediaUses } from './media-uses.js';

/** An image that an input names: undefined leaves what is shown, null takes it away. */
export type GivenMedia = MediaEntity | null | undefined;

/**
 * The image of the media library with this public id, held until the transaction ends. Call it before the row that is
 * to show it is locked; see MediaUses.
 *
 * @throws NotFoundError, MediaNotUsableError
 */
export async function holdMedia(
  tx: Tx,
  uses: MediaUses,
  publicId: string | null | undefined,
  path: readonly [string, ...string[]],
): Promise<GivenMedia> {
  if (!publicId) return publicId === null ? null : undefined;
  const id = requireId('med', publicId, 'file', ...path);
  return (await uses.hold(tx, [id], path)).get(id);
}

/** The ids for MediaUses.set. */
export const idsOf = (given: GivenMedia): string[] => (given ? [given.id] : []);
