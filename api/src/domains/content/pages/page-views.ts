import { globalId } from '../../../kernel/ids.js';
import { sortedLanguages, writtenLanguages } from '../../../kernel/languages.js';
import { sha256 } from '../../../kernel/tokens.js';
import { blockContent } from '../blocks/block-content.type.js';
import type { PageContent } from './page-content.js';
import type { PageContentType, PageTranslation } from './page.type.js';
import type { ShownPage } from './page-lookup.js';
import { allPages, pageById, pageOfPreview, versionsOfPage, type PageRow } from './page.statements.js';
import { EMPTY_CONTENT, type PageDeps } from './page-writes.js';

const MOST_VERSIONS = 50;

/** A page as staff see it: shown as it is written, with what only they may read. */
export interface StaffPage extends ShownPage {
  readonly row: PageRow;
}

type Deps = Pick<PageDeps, 'database' | 'lookup' | 'kinds' | 'clock'>;

/** Pages as staff read them, and drafts as whoever has a link to one does. */
export class PageViews {
  constructor(private readonly deps: Deps) {}

  async list(archived: boolean): Promise<StaffPage[]> {
    const rows = await this.deps.database.rows(allPages, { archived });
    return rows.map((row) => this.written(row, NO_MATERIAL));
  }

  /** With what its blocks show; null when there is no such page. */
  async page(id: string): Promise<StaffPage | null> {
    const row = await this.deps.database.row(pageById, { id });
    return row && this.withMaterial(row);
  }

  /** The draft that a link opens; null for one that has ended. */
  async preview(token: string): Promise<ShownPage | null> {
    const params = { hash: sha256(token), now: this.deps.clock.now() };
    const row = await this.deps.database.row(pageOfPreview, params);
    return row && this.withMaterial(row);
  }

  async versions(pageId: string, slugs: PageRow['slugs']): Promise<object[]> {
    const rows = await this.deps.database.rows(versionsOfPage, { pageId, first: MOST_VERSIONS });
    return rows.map(({ content, ...version }) => ({ ...version, content: this.content(content, slugs) }));
  }

  /** All that a page says, in all languages. */
  content(
    { name, seoTitle = {}, seoDescription = {}, noindex, shareImageId, blocks }: PageContent,
    slugs: PageRow['slugs'],
  ): PageContentType {
    const codes = [name, slugs, seoTitle, seoDescription].flatMap(writtenLanguages);
    const translations: PageTranslation[] = sortedLanguages(codes).map((locale) => ({
      locale,
      ...{ name: name[locale] ?? null, slug: slugs[locale] ?? null },
      ...{ seoTitle: seoTitle[locale] ?? null, seoDescription: seoDescription[locale] ?? null },
    }));
    return {
      ...{ translations, noindex: noindex ?? false },
      shareImageId: shareImageId ? globalId('med', shareImageId) : null,
      blocks: blocks.map((block) => blockContent(block, this.deps.kinds)),
    };
  }

  private async withMaterial(row: PageRow): Promise<StaffPage> {
    const page = this.written(row, NO_MATERIAL);
    return { ...page, ...(await this.deps.lookup.material([page.content])) };
  }

  private written(row: PageRow, material: Pick<ShownPage, 'media' | 'paths'>): StaffPage {
    const { id, key, kind, slugs, updatedAt, draft, scheduled, published } = row;
    const content = draft ?? scheduled ?? published ?? EMPTY_CONTENT;
    return { ...{ id, key, kind, slugs, updatedAt, content, row }, ...material };
  }
}

const NO_MATERIAL = { media: new Map(), paths: new Map() };
