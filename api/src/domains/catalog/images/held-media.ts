import type { GivenMedia } from '../../media/index.js';
import { shownMedia, type ShownMedia } from './shown-media.js';

/** What a row keeps of the given image. One that it shows already stays as it is: its sizes may be in the making. */
export function keptMedia(
  stored: ShownMedia | null | undefined,
  given: GivenMedia,
): ShownMedia | null | undefined {
  if (!given) return given === null ? null : stored;
  return stored?.mediaId === given.id ? stored : shownMedia(given);
}
