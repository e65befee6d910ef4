import { everyValueOf } from '@vitrine/client/every-value';
import type {
  BlockViewFragment,
  PageBlockInput,
  PageBlockType,
  StaffPageQuery,
} from '../../generated/content/graphql';

export type Page = NonNullable<StaffPageQuery['staffPage']>;
export type Block = BlockViewFragment;
type Known = Exclude<PageBlockType, 'UNKNOWN'>;

/** In the order in which they are offered. */
export const BLOCK_TYPES = everyValueOf<Known>({
  HERO: true,
  PRODUCTS: true,
  CATEGORIES: true,
  STORY: true,
  TEXT: true,
  IMAGE: true,
  GALLERY: true,
  QUESTIONS: true,
  CALL: true,
});

export const BLOCK_ICONS: Readonly<Record<PageBlockType, string>> = {
  HERO: 'i-lucide-panel-top',
  PRODUCTS: 'i-lucide-package',
  CATEGORIES: 'i-lucide-folder-tree',
  STORY: 'i-lucide-book-open',
  TEXT: 'i-lucide-text',
  IMAGE: 'i-lucide-image',
  GALLERY: 'i-lucide-images',
  QUESTIONS: 'i-lucide-circle-help',
  CALL: 'i-lucide-megaphone',
  UNKNOWN: 'i-lucide-puzzle',
};

/** The block as it is sent back unchanged; of an unknown type nothing but when and to whom it is shown. */
export function blockInput(block: Block): PageBlockInput {
  const { key, type, isHidden, from, until, languages } = block;
  const when = { key, type, isHidden, from, until, languages };
  if (type === 'UNKNOWN') return when;
  const { translations, imageIds, productIds, categoryIds, source, count, link, items } = block;
  return {
    ...when,
    translations: translations.map(({ locale, eyebrow, title, text, html, action }) => ({
      ...{ locale, eyebrow, title, text, html, action },
    })),
    ...{ imageIds, productIds, categoryIds, source, count },
    link: link && { targetId: link.targetId, path: link.path },
    items: items.map((item) => ({
      translations: item.translations.map(({ locale, title, html }) => ({ locale, title, html })),
    })),
  };
}

export const blocksOf = (page: Page): PageBlockInput[] => (page.draft?.blocks ?? []).map(blockInput);

/** A new block after all others. */
export function withNewBlock(page: Page, type: Known, key: string): PageBlockInput[] {
  const products = type === 'PRODUCTS' ? ({ source: 'NEWEST', count: 4 } as const) : {};
  return [...blocksOf(page), { key, type, ...products }];
}

/** The blocks with one of them so many places further down; null where there is no such place. */
export function withMoved(page: Page, key: string, by: number): PageBlockInput[] | null {
  const blocks = blocksOf(page);
  const at = blocks.findIndex((block) => block.key === key);
  const to = at + by;
  const [moved] = blocks.slice(at, at + 1);
  if (at < 0 || !moved || to < 0 || to >= blocks.length) return null;
  const others = blocks.filter((block) => block.key !== key);
  return [...others.slice(0, to), moved, ...others.slice(to)];
}

/** What a block is called in lists: what it says, in the language of the shop, else in any. */
export function titleOf({ translations }: Block, language: string): string {
  const texts = translations.find(({ locale }) => locale === language) ?? translations[0];
  const html = texts?.html?.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ') ?? '';
  return (texts?.title || texts?.text || html).trim().slice(0, 80);
}
