import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { localId, newId } from '../../../kernel/ids.js';
import type { Language, LocalizedText } from '../../../kernel/languages.js';
import { statement, type Tx, t } from '../../../platform/database/database.js';
import type { ReferenceData } from '../catalog-lookup.js';
import type { ProductTranslationInput } from './product-parts.input.js';
import { cleanText, safeHtml } from './safe-html.js';
import { everyTag } from '../tags/tag.statements.js';
import { foldText, slugFrom } from './slug.js';
import type { SeoColumn } from '../rows.js';

/** A product's texts, as stored. */
export interface ProductTranslationFields {
  readonly name: LocalizedText;
  readonly summary: LocalizedText;
  readonly description: LocalizedText;
  readonly seo: SeoColumn;
}

export const NO_TEXTS: ProductTranslationFields = { name: {}, summary: {}, description: {}, seo: {} };

/** The texts with these translations applied: an absent field is kept, null clears it. */
export function withTranslations(
  words: ProductTranslationFields,
  translations: readonly ProductTranslationInput[],
  required: Language,
): ProductTranslationFields {
  const name = { ...words.name };
  const [summary, description, seoTitle, seoDescription] = [
    words.summary,
    words.description,
    words.seo.title,
    words.seo.description,
  ].map((text) => ({ ...text }));
  translations.forEach((translation, index) => {
    const { locale } = translation;
    name[locale] = cleanText(translation.name);
    if (!name[locale])
      throw new InvalidInputError('A name is needed.', ['translations', String(index), 'name']);
    write(summary, locale, translation.summary, cleanText);
    write(description, locale, translation.description, safeHtml);
    write(seoTitle, locale, translation.seoTitle, cleanText);
    write(seoDescription, locale, translation.seoDescription, cleanText);
  });
  if (!name[required])
    throw new InvalidInputError("The shop's default language is needed.", ['translations']);
  return {
    name,
    summary: summary!,
    description: description!,
    seo: {
      ...words.seo,
      // A text that was never written is not stored.
      ...((words.seo.title ?? isWritten(seoTitle)) && { title: seoTitle! }),
      ...((words.seo.description ?? isWritten(seoDescription)) && { description: seoDescription! }),
    },
  };
}

function isWritten(text: LocalizedText | undefined): boolean {
  return Object.keys(text ?? {}).length > 0;
}

function write(
  into: LocalizedText | undefined,
  locale: Language,
  text: string | null | undefined,
  clean: (text: string) => string,
): void {
  if (!into || text === undefined) return;
  const cleaned = text === null ? '' : clean(text);
  if (cleaned) into[locale] = cleaned;
  else delete into[locale];
}

export interface CategoryColumns {
  readonly mainCategoryId: string | null;
  readonly ownCategoryIds: string[];
  readonly categoryIds: string[];
}

const pathsOf = statement('catalog.category-paths', {
  params: { ids: t.uuids },
  row: { id: t.uuid, path: t.uuids },
  sql: 'SELECT id, path FROM category WHERE id = ANY(:ids::uuid[])',
});

/**
 * The columns for these categories, the first of which is the main one. The caller holds the tree (`holdCategoryTree`):
 * what is cached of it may be about to change.
 *
 * @throws NotFoundError for an unknown category
 */
export async function categoryColumns(tx: Tx, ids: readonly string[]): Promise<CategoryColumns> {
  const own = ids.map((id) => localId('cat', id) ?? '');
  const found = await tx.rows(pathsOf, { ids: own.filter(Boolean) });
  const paths = new Map(found.map(({ id, path }) => [id, path]));
  own.forEach((id, index) => {
    if (!paths.has(id)) throw new NotFoundError('category', ['categoryIds', String(index)]);
  });
  return {
    mainCategoryId: own[0] ?? null,
    ownCategoryIds: [...new Set(own)],
    categoryIds: [...new Set(own.flatMap((id) => paths.get(id) ?? []))].sort(),
  };
}

/** The default tax class; every shop has it. */
export const STANDARD_TAX = 'standard';

/** @throws NotFoundError for a tax class without a rate in the shop's own country */
export function knownTaxClass(code: string, { taxBasisPoints }: ReferenceData): string {
  if (!taxBasisPoints.has(code)) throw new NotFoundError('tax class', ['taxClass']);
  return code;
}

// The update without effect makes the statement return the id also if another transaction inserted the tag first.
const upsertTags = statement('catalog.upsert-tags', {
  params: { ids: t.uuids, slugs: t.texts, names: t.jsonTexts },
  row: { id: t.uuid },
  sql: `INSERT INTO tag (id, slug, name) SELECT * FROM unnest(:ids::uuid[], :slugs::text[], :names::jsonb[])
   ON CONFLICT (slug) DO UPDATE SET slug = EXCLUDED.slug RETURNING id`,
});

/**
 * The ids of tags with these titles, compared in every language without case and accents; new ones are created. By the
 * title of a tag that was merged into another, the other one is meant. The caller holds the tags (`holdTerms`): what is
 * cached of them may be about to change.
 */
export async function tagIds(tx: Tx, titles: readonly string[], language: Language): Promise<string[]> {
  const tags = titles.length > 0 ? await tx.rows(everyTag) : [];
  const known = new Map([
    ...tags.flatMap(({ id, formerSlugs }) => formerSlugs.map((slug) => [slug, id] as const)),
    ...tags.flatMap(({ id, slug, name }) =>
      [slug, ...Object.values(name)].map((text) => [foldText(text ?? ''), id] as const),
    ),
  ]);
  const ids: string[] = [];
  const fresh = new Map<string, string>();
  titles.forEach((given, index) => {
    const name = cleanText(given);
    const slug = slugFrom(name);
    if (!slug) throw new InvalidInputError('A tag needs letters or digits.', ['tags', String(index)]);
    const id = known.get(foldText(name)) ?? known.get(slug);
    if (id) ids.push(id);
    else fresh.set(slug, name);
  });
  if (fresh.size > 0) {
    // In one order for all transactions; otherwise two products with the same new tags could deadlock.
    const slugs = [...fresh.keys()].sort();
    const made = await tx.rows(upsertTags, {
      ids: slugs.map(() => newId()),
      slugs,
      names: slugs.map((slug) => JSON.stringify({ [language]: fresh.get(slug) })),
    });
    ids.push(...made.map(({ id }) => id));
  }
  return [...new Set(ids)];
}
