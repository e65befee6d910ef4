import { ImageStatus } from '../files/image-status.js';
import type { Querying } from '../../../platform/database/database.js';
import { mediaById, type MediaRow } from './media.statements.js';

/** A file that can be shown now; null where there is none, it is in the making, or it is gone. */
export async function readSharedMedia(from: Querying, id: string | null): Promise<MediaRow | null> {
  const media = id ? await from.row(mediaById, { id }) : null;
  return media?.status === ImageStatus.READY && !media.deletedAt ? (media as MediaRow) : null;
}
