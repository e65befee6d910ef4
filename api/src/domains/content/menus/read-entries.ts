import { InvalidInputError } from '../../../kernel/errors.js';
import type { Language, LocalizedText } from '../../../kernel/languages.js';
import { cleanText } from '../../catalog/index.js';
import type { AddressKinds } from '../../routing/index.js';
import { readLink } from '../texts/links.js';
import type { MenuEntryInput } from './menu.input.js';
import { MenuEntryKind, type MenuEntry } from './menu.entity.js';

export const MOST_ENTRIES = 60;
const MOST_DEPTH = 2;
const KEY = /^[A-Za-z0-9-]{8,40}$/;

/**
 * The entries of an input as they are stored.
 *
 * @throws InvalidInputError, NotFoundError for an id of nothing that has an address
 */
export function readEntries(
  given: readonly MenuEntryInput[],
  { kinds, required }: { readonly kinds: AddressKinds; readonly required: Language },
): MenuEntry[] {
  if (given.length > MOST_ENTRIES)
    throw new InvalidInputError(`At most ${MOST_ENTRIES} entries.`, ['entries']);
  const keys = new Set<string>();
  return given.map((entry, at) => {
    const path = ['entries', String(at)];
    const { key, depth, kind } = entry;
    if (!KEY.test(key) || keys.has(key))
      throw new InvalidInputError('A key has 8 to 40 letters, digits and dashes, and each entry its own.', [
        ...path,
        'key',
      ]);
    keys.add(key);
    assertDepth(given, at);
    const labels = labelsOf(entry);
    const target = kind === MenuEntryKind.LINK ? { targetId: entry.targetId, path: entry.path } : {};
    const link = readLink(kinds, target, path);
    if (kind === MenuEntryKind.LINK && !link)
      throw new InvalidInputError('Say where it leads.', [...path, 'path']);
    if (kind !== MenuEntryKind.CATEGORIES && !link?.id && !labels[required])
      throw new InvalidInputError('Write a label in the default language.', [...path, 'translations']);
    return { key, depth, kind, labels: kind === MenuEntryKind.CATEGORIES ? {} : labels, link };
  });
}

/** An entry is at most one level below the one before it, and nothing is below the categories. */
function assertDepth(given: readonly MenuEntryInput[], at: number): void {
  const { depth = 0 } = given[at] ?? {};
  const before = given[at - 1];
  const most = before ? before.depth + (before.kind === MenuEntryKind.CATEGORIES ? 0 : 1) : 0;
  if (depth < 0 || depth > Math.min(MOST_DEPTH, most))
    throw new InvalidInputError('At most one level below the entry before it, and three levels.', [
      'entries',
      String(at),
      'depth',
    ]);
}

function labelsOf({ translations }: MenuEntryInput): LocalizedText {
  return Object.fromEntries(
    (translations ?? []).flatMap(({ locale, label }) => {
      const text = cleanText(label ?? '').replace(/\s+/g, ' ');
      return text ? [[locale, text]] : [];
    }),
  );
}
