import type { FileStorage } from '../../integrations/storage/port.js';
import { PerShop } from '../../platform/graphql/per-shop.js';
import type { MediaLinks } from './library/media-links.js';

/** Services for the plain field functions of the type files. */
export interface MediaRuntime {
  /** Public storage. */
  readonly storage: Pick<FileStorage, 'url'>;
  readonly links: MediaLinks;
}

export const mediaRuntime = new PerShop<MediaRuntime>();
