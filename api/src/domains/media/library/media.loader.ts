import type { RequestContext } from '../../../platform/graphql/context.js';
import { loaderById } from '../../../platform/graphql/load-many-by.js';
import { mediaById, type MediaRow } from './media.statements.js';

const mediaLoader = loaderById(mediaById);

/** The file that something keeps a copy of; null where it shows none. */
export async function mediaShown(
  kept: { readonly mediaId: string } | null | undefined,
  context: RequestContext,
): Promise<MediaRow | null> {
  return kept ? ((await mediaLoader(context).load(kept.mediaId)) as MediaRow | null) : null;
}
