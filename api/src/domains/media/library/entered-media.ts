import { InvalidInputError } from '../../../kernel/errors.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import type { Fields } from '../../../platform/database/database.js';
import type { MediaEntity } from './media.entity.js';
import { MediaKind } from './media.enums.js';

export const LONGEST_ALT = 300;
export const MOST_TAGS = 20;
export const LONGEST_TAG = 40;

/** What staff enter of a file; what is undefined stays. */
export interface EnteredMedia {
  readonly filename?: string | undefined;
  /** Languages to write; those left out stay, null or empty clears. */
  readonly alt?: LocalizedText | undefined;
  readonly isDecorative?: boolean | undefined;
  /** In percent; null for the middle. */
  readonly focalPoint?: { readonly x: number; readonly y: number } | null | undefined;
  readonly tags?: readonly string[] | undefined;
}

/**
 * The columns of a file that follow from an input. A text makes an image one that is no decoration; a decoration has
 * no texts.
 *
 * @throws InvalidInputError
 */
export function describedAs(stored: MediaEntity, entered: EnteredMedia): Fields<MediaEntity> {
  if (stored.kind === MediaKind.DOCUMENT && (entered.focalPoint || entered.isDecorative))
    throw new InvalidInputError('A document has neither a middle nor an alternative text.', ['focalPoint']);
  const written = withAlt(stored.alt, entered.alt ?? {});
  const hasNewText = Object.values(entered.alt ?? {}).some(Boolean);
  if (entered.isDecorative && hasNewText)
    throw new InvalidInputError('A decoration has no alternative text.', ['isDecorative']);
  const decorative = entered.isDecorative ?? (stored.decorative && !hasNewText);
  const { focalPoint } = entered;
  return {
    ...{ decorative, alt: decorative ? {} : written },
    ...(entered.filename !== undefined && { filename: shownFilename(entered.filename) }),
    ...(focalPoint !== undefined && { focal: focalPoint && [focalPoint.x, focalPoint.y] }),
    ...(entered.tags && { tags: cleanTags(entered.tags) }),
  };
}

/** The texts with these in the place of their languages. */
function withAlt(stored: LocalizedText, entered: LocalizedText): LocalizedText {
  const texts = Object.entries<string | null | undefined>({ ...stored, ...entered }).map(
    ([language, text]) => [language, text?.replaceAll('\0', '').trim()] as const,
  );
  return Object.fromEntries(texts.filter(([, text]) => text)) as LocalizedText;
}

/** Small letters, each once, in the order of the alphabet. @throws InvalidInputError */
function cleanTags(tags: readonly string[]): string[] {
  const clean = tags.map((tag) =>
    tag.replaceAll('\0', '').normalize('NFC').replaceAll(/\s+/gu, ' ').trim().toLowerCase(),
  );
  const long = clean.findIndex((tag) => tag.length > LONGEST_TAG);
  if (long >= 0) throw new InvalidInputError(`At most ${LONGEST_TAG} characters.`, ['tags', String(long)]);
  return [...new Set(clean)].filter(Boolean).sort();
}

// Of a path, of a shell and of other systems; control characters and those that turn the direction of writing.
const NEVER_IN_NAMES = /[\p{Cc}\u202a-\u202e\u2066-\u2069<>:"/\\|?*]/gu;

/** A file name as people see it and as a browser saves it: whatever was sent, without what a system would misread. */
export function shownFilename(filename: string): string {
  const name = filename.normalize('NFC').replaceAll(NEVER_IN_NAMES, ' ').replaceAll(/\s+/gu, ' ').trim();
  return [...name.replace(/^\.+/, '')].slice(0, 200).join('').trim() || 'file';
}
