import type { TextSource } from '../../../platform/texts.js';
import { LONGEST_ALT } from './entered-media.js';
import type { MediaService } from './media.service.js';

/** What images of the library show, for those who do not see them. */
export function mediaTexts(library: MediaService): TextSource {
  return {
    ...{ area: 'media', from: 'media m', id: 'm.id', version: 'm.version' },
    ...{ label: `jsonb_build_object('en', m.filename)`, permission: 'CONTENT_WRITE' },
    where: 'm.deleted_at IS NULL AND NOT m.decorative',
    fields: [{ name: 'alt', texts: 'm.alt', kind: 'LINE', most: LONGEST_ALT }],
    write: ({ id, language, text, version }) => library.update(id, version, { alt: { [language]: text } }),
  };
}
