import type { Clock } from '../../../kernel/clock.js';
import { localized, type Language, type LocalizedText } from '../../../kernel/languages.js';
import type { CatalogLookup, CategoryNode, ImageRow } from '../../catalog/index.js';
import { isShown } from '../pages/page-content.js';
import type { ShownPage } from '../pages/page-lookup.js';
import { detailsIn, type DetailSources } from '../texts/shop-details.js';
import { hrefOf } from '../texts/links.js';
import { knownBlock, type BlockType } from './block-types.js';
import { PageProductSource, type BlockData, type StoredBlock } from './stored-block.js';

/** A block as a type of the schema shows it. */
type Said = { readonly typeName: string } & Readonly<Record<string, unknown>>;
type Shown = Said & { readonly key: string };

interface Deps extends DetailSources {
  readonly catalog: CatalogLookup;
  readonly clock: Clock;
  /** Whose pages have no prefix. */
  readonly rootLanguage: () => Promise<Language>;
}

interface Reader {
  readonly language: Language;
  readonly defaultLanguage: Language;
}

/** What the parts of a block are for one reader. */
interface Parts {
  readonly data: BlockData;
  readonly images: readonly ImageRow[];
  readonly text: (part: string) => string | null;
  readonly html: (part: string) => string | null;
  readonly action: () => { readonly label: string; readonly href: string } | null;
  readonly questions: () => { readonly question: string; readonly answer: string }[];
  readonly categories: () => readonly CategoryNode[];
}

const TITLES = ({ text }: Parts) => ({ title: text('title') });
const HEADED = (parts: Parts) => ({ ...TITLES(parts), eyebrow: parts.text('eyebrow') });

/** What each type shows; null where nothing would be seen. */
const SHOWS: Readonly<Record<BlockType, (parts: Parts) => Said | null>> = {
  HERO: (parts) => {
    const shown = HEADED(parts);
    if (!shown.title && parts.images.length === 0) return null;
    return { typeName: 'HeroBlock', ...shown, text: parts.text('text'), action: parts.action() };
  },
  PRODUCTS: (parts) => {
    const { source, count, productIds, categoryIds } = parts.data;
    return {
      ...{ typeName: 'ProductsBlock', ...TITLES(parts), action: parts.action(), productIds, categoryIds },
      ...{ source: source ?? PageProductSource.NEWEST, count: count ?? 4 },
    };
  },
  CATEGORIES: (parts) => {
    const categories = parts.categories();
    return categories.length > 0 ? { typeName: 'CategoriesBlock', ...TITLES(parts), categories } : null;
  },
  STORY: (parts) => {
    const shown = { ...HEADED(parts), html: parts.html('html') };
    if (!shown.title && !shown.html && parts.images.length === 0) return null;
    return { typeName: 'StoryBlock', ...shown, action: parts.action() };
  },
  TEXT: (parts) => {
    const shown = { ...TITLES(parts), html: parts.html('html') };
    return shown.title || shown.html ? { typeName: 'TextBlock', ...shown } : null;
  },
  IMAGE: (parts) =>
    parts.images.length > 0 ? { typeName: 'ImageBlock', caption: parts.text('text') } : null,
  GALLERY: (parts) => (parts.images.length > 0 ? { typeName: 'GalleryBlock', ...TITLES(parts) } : null),
  QUESTIONS: (parts) => {
    const questions = parts.questions();
    return questions.length > 0 ? { typeName: 'QuestionsBlock', ...TITLES(parts), questions } : null;
  },
  CALL: (parts) => {
    const shown = { ...TITLES(parts), text: parts.text('text'), action: parts.action() };
    return shown.title || shown.action ? { typeName: 'CallBlock', ...shown } : null;
  },
};

/** Makes of stored blocks what one reader sees. */
export class ShownBlocks {
  constructor(private readonly deps: Deps) {}

  /**
   * The blocks of a page that are shown now to readers of this language, in their order. Left out are those that are
   * hidden, begin later or are over, of a type that nobody knows, and those of which nothing could be seen. Without a
   * statement while what the process holds is warm.
   */
  async of(page: ShownPage, { language, defaultLanguage }: Reader): Promise<Shown[]> {
    const { catalog, clock } = this.deps;
    const at = { language, rootLanguage: await this.deps.rootLanguage() };
    const now = clock.now();
    const details = await detailsIn(this.deps, language);
    const reference = await catalog.get();
    const pick = (text: LocalizedText | undefined): string =>
      localized(text, language, defaultLanguage) ?? '';
    return page.content.blocks.flatMap((block) => {
      const data = isShown(block, now, language) ? knownBlock(block) : null;
      if (!data) return [];
      const label = (): string => details.inText(pick(data.texts['action']));
      const parts: Parts = {
        data,
        text: (part) => details.inText(pick(data.texts[part])) || null,
        html: (part) => details.inHtml(pick(data.texts[part])) || null,
        images: data.imageIds.flatMap((id, at) => imageOf(page, id, at) ?? []),
        action: () => {
          const href = hrefOf(data.link, page.paths, at);
          return href && label() ? { label: label(), href } : null;
        },
        questions: () =>
          data.items.flatMap(({ texts }) => {
            const [question, answer] = [
              details.inText(pick(texts['title'])),
              details.inHtml(pick(texts['html'])),
            ];
            return question && answer ? [{ question, answer }] : [];
          }),
        categories: () => chosenCategories(data, reference),
      };
      return withKey(block, parts);
    });
  }
}

function withKey({ type, key }: StoredBlock, parts: Parts): Shown[] {
  const shown = SHOWS[type as BlockType](parts);
  return shown ? [{ ...shown, key, images: parts.images }] : [];
}

/** A file that is gone, or whose sizes are in the making, is left out. */
function imageOf({ media }: ShownPage, id: string | undefined, position: number): ImageRow | null {
  const file = id ? media.get(id) : undefined;
  if (!file?.storageKey) return null;
  const { storageKey, width, height, widths, alt, focal } = file;
  return { id: file.mediaId, ...{ storageKey, width, height, widths, alt, focal, position } };
}

/** Those that were chosen and still are in menus; all at the top where none was. */
function chosenCategories(
  { categoryIds }: BlockData,
  { roots, categoryById }: Awaited<ReturnType<CatalogLookup['get']>>,
): readonly CategoryNode[] {
  const chosen =
    categoryIds.length > 0 ? categoryIds.flatMap((id) => categoryById.get(id) ?? []) : roots.slice(0, 6);
  return chosen.filter(({ breadcrumbs }) => !breadcrumbs.some(({ hidden }) => hidden));
}
