import type { Clock } from '../../../kernel/clock.js';
import type { Language, LocalizedText } from '../../../kernel/languages.js';
import { CATALOG_CHANNEL, CatalogCache } from '../../../platform/database/catalog-cache.js';
import type { Querying } from '../../../platform/database/database.js';
import type { Listener } from '../../../platform/database/listener.js';
import type { ShownMedia } from '../../catalog/index.js';
import type { AddressKinds } from '../../routing/index.js';
import type { TargetPaths } from '../texts/links.js';
import { imagesOf, linksOf, momentsOf, type PageContent } from './page-content.js';
import type { PageKind } from './page.entity.js';
import { mediaOfPages, shownPages } from './page.statements.js';

/** What a page needs beside its own text: files and addresses, as they are now. */
export interface PageMaterial {
  readonly media: ReadonlyMap<string, ShownMedia>;
  readonly paths: TargetPaths;
}

/** A page with the content that is shown of it. */
export interface ShownPage extends PageMaterial {
  readonly id: string;
  readonly key: string | null;
  readonly kind: PageKind;
  readonly slugs: LocalizedText;
  readonly content: PageContent;
  readonly updatedAt: Date;
}

/** The slug of a page in a language; null for the home page. */
export function slugOf(slugs: LocalizedText, language: Language, fallback: Language): string | null {
  return slugs[language] ?? slugs[fallback] ?? Object.values(slugs).find(Boolean) ?? null;
}

/** The pages that buyers see at one moment. */
interface ShownPages {
  readonly pages: readonly ShownPage[];
  readonly fallback: Language;
  /** The moment at which one of them shows something else; null when none is known. */
  readonly endsAt: Date | null;
}

interface Deps {
  readonly database: Querying;
  readonly listener: Listener;
  readonly kinds: AddressKinds;
  readonly defaultLanguage: () => Promise<Language>;
  readonly clock: Clock;
}

/**
 * The published pages, held in the process until one is published, something that they show changes, or a moment comes
 * at which one of them shows something else. Reading them costs no statement meanwhile.
 */
export class PageLookup {
  private readonly cache: CatalogCache<ShownPages>;

  constructor(private readonly deps: Deps) {
    const { listener, clock } = deps;
    this.cache = new CatalogCache(listener, () => this.load(), CATALOG_CHANNEL, {
      clock,
      endOf: ({ endsAt }) => endsAt,
    });
  }

  async all(): Promise<readonly ShownPage[]> {
    return (await this.cache.get()).pages;
  }

  async byKey(key: string): Promise<ShownPage | null> {
    return (await this.all()).find((page) => page.key === key) ?? null;
  }

  async bySlug(slug: string, language: Language): Promise<ShownPage | null> {
    const { pages, fallback } = await this.cache.get();
    return pages.find(({ slugs }) => slugOf(slugs, language, fallback) === slug) ?? null;
  }

  drop(): void {
    this.cache.drop();
  }

  /** The moment at which what is held, and what was made of it, shows something else; null when none is known. */
  heldUntil(): Date | null {
    return this.cache.held()?.endsAt ?? null;
  }

  /** What these contents show beside their texts, read now. */
  async material(contents: readonly PageContent[], pages?: readonly PathOfPage[]): Promise<PageMaterial> {
    const { database, kinds, defaultLanguage } = this.deps;
    const ids = [
      ...new Set(contents.flatMap((content) => [...imagesOf(content), content.shareImageId ?? []].flat())),
    ];
    const rows = ids.length > 0 ? await database.rows(mediaOfPages, { ids }) : [];
    const media = new Map(
      rows.map(({ id, alt, decorative, ...file }) => [
        id,
        { ...file, mediaId: id, decorative, alt: decorative ? {} : alt },
      ]),
    );
    const targets = contents.flatMap(linksOf);
    const others = targets.filter(({ id, kind }) => id && kind !== 'PAGE');
    const found = await kinds.pathsOf(
      others.map(({ id, kind }) => ({ targetId: id ?? null, targetKind: kind ?? null })),
    );
    const paths = new Map([...found].map(([id, path]) => [id, () => path]));
    const fallback = await defaultLanguage();
    for (const page of pages ?? (await this.all()))
      paths.set(page.id, ((language: Language) => pathOf(page, language, fallback)) as () => string);
    return { media, paths };
  }

  private async load(): Promise<ShownPages> {
    const { database, clock, defaultLanguage } = this.deps;
    const now = clock.now();
    const rows = await database.rows(shownPages);
    const pages = rows.flatMap(({ published, scheduled, publishAt, kind, ...page }) => {
      const isDue = publishAt !== null && publishAt <= now;
      const content = isDue ? scheduled : published;
      return content ? [{ ...page, kind: kind as PageKind, content }] : [];
    });
    const contents = pages.map(({ content }) => content);
    const material = await this.material(contents, pages);
    const moments = [...rows.flatMap(({ publishAt }) => publishAt ?? []), ...contents.flatMap(momentsOf)];
    const next = moments.filter((at) => at > now).sort((one, other) => one.getTime() - other.getTime())[0];
    return {
      pages: pages.map((page) => ({ ...page, ...material })),
      fallback: await defaultLanguage(),
      endsAt: next ?? null,
    };
  }
}

type PathOfPage = Pick<ShownPage, 'id' | 'slugs'>;

/** Without language; the home page is `/`. */
export function pathOf({ slugs }: Pick<ShownPage, 'slugs'>, language: Language, fallback: Language): string {
  return `/${slugOf(slugs, language, fallback) ?? ''}`;
}
