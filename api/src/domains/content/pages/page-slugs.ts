import { DomainError, InvalidInputError } from '../../../kernel/errors.js';
import type { Language, LocalizedText } from '../../../kernel/languages.js';
import type { Tx } from '../../../platform/database/database.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { freeSlug, isSlug, slugFrom } from '../../catalog/index.js';
import { isReserved, slugsLike, urlChanged, writeSlug } from '../../routing/index.js';
import type { PageTexts } from './page.input.js';
import type { PageEntity } from './page.entity.js';

/**
 * Writes the slugs of a page; those of before lead to it. Returns whether any is different now.
 *
 * @throws InvalidInputError; DomainError SLUG_TAKEN, PATH_RESERVED
 */
export async function writePageSlugs(
  { tx, outbox }: { readonly tx: Tx; readonly outbox: Outbox },
  { id, slugs: before, version = 0 }: Pick<PageEntity, 'id' | 'slugs'> & { readonly version?: number },
  after: LocalizedText,
): Promise<boolean> {
  let isMoved = false;
  // In one order, so that two pages that exchange their slugs do not wait for each other.
  const languages = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<Language>;
  for (const language of [...languages].sort()) {
    const [old, slug] = [before[language] ?? null, after[language] ?? null];
    if (old === slug) continue;
    if (slug) assertSlug(slug);
    if (!(await writeSlug(tx, { kind: 'PAGE', id, language }, slug)))
      throw new DomainError('SLUG_TAKEN', 'Another page has this slug.', ['translations']);
    isMoved = true;
    if (!old) continue;
    const change = { kind: 'PAGE', change: 'UPDATED', path: `/${old}`, version: version + 1 } as const;
    await outbox.append(tx, urlChanged(id, change));
  }
  return isMoved;
}

/** The first free slug for a new page of this name. */
export async function newSlug(tx: Tx, name: string): Promise<string> {
  const wanted = slugFrom(name) || 'page';
  const slug = isAnothers(wanted) ? `${wanted}-page` : wanted;
  const taken = await tx.rows(slugsLike, { kind: 'PAGE', slug });
  return freeSlug(slug, new Set(taken.map((row) => row.slug)));
}

/** Two letters are the prefix of a language, also of one that the shop may add some day. */
const isAnothers = (slug: string): boolean => isReserved(`/${slug}`) || /^[a-z]{2}$/.test(slug);

function assertSlug(slug: string): void {
  if (!isSlug(slug))
    throw new InvalidInputError('Small letters, digits and single dashes, at most 80.', ['translations']);
  if (isAnothers(slug))
    throw new DomainError('PATH_RESERVED', 'The shop has another page at this path.', ['translations']);
}

/** Of what is entered, by language; null takes one away. */
export function slugsOf(texts: readonly PageTexts[]): LocalizedText {
  return Object.fromEntries(
    texts.flatMap(({ locale, slug }) => (slug === undefined ? [] : [[locale, slug?.trim() || null]])),
  );
}

export function withoutEmpty(texts: LocalizedText): LocalizedText {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text)) as LocalizedText;
}
