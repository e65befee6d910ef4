import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { localId } from '../../../kernel/ids.js';
import { localized, type Language } from '../../../kernel/languages.js';
import { assertPermission, Auth, Public } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { Role } from '../../../platform/graphql/roles.js';
import { seoOf, type Seo } from '../../catalog/index.js';
import { asUrl, inLanguage, type UrlAlternate } from '../../routing/index.js';
import type { ShownBlocks } from '../blocks/shown-blocks.js';
import { pathOf, slugOf, type PageLookup, type ShownPage } from './page-lookup.js';
import type { PageViews, StaffPage } from './page-views.js';
import { Page, type PageContentType } from './page.type.js';

interface Deps {
  readonly lookup: PageLookup;
  readonly views: PageViews;
  readonly blocks: ShownBlocks;
  readonly languages: () => Promise<{
    readonly offered: readonly Language[];
    readonly rootLanguage: Language;
  }>;
}

const rowOf = (page: object): StaffPage['row'] | null => ('row' in page ? (page as StaffPage).row : null);

/** Pages as buyers read them, and what staff read of them beside. */
@Resolver(() => Page)
export class PageResolver {
  constructor(private readonly deps: Deps) {}

  @Public()
  @Query(() => Page, {
    nullable: true,
    description:
      'A page that buyers see, by its key or its slug in the language of the request; null when there is none.',
  })
  page(
    @Arg('key', () => String, { nullable: true, description: 'Of a page that the shop has by itself.' })
    key: string | null,
    @Arg('slug', () => String, { nullable: true, description: 'Its present slug.' }) slug: string | null,
    @Ctx() { language }: RequestContext,
  ): Promise<object | null> | null {
    const { lookup } = this.deps;
    if (key) return lookup.byKey(key);
    return slug ? lookup.bySlug(slug, language) : null;
  }

  @Public()
  @ListSize(12)
  @Query(() => [Page], { description: 'The pages that buyers see, the home page first.' })
  async pages(): Promise<readonly object[]> {
    return this.deps.lookup.all();
  }

  @Public()
  @Query(() => Page, {
    nullable: true,
    description:
      'The draft of a page, for whoever has a link to it; null once the link has ended. Never stored by caches.',
  })
  pagePreview(
    @Arg('token', () => String, { description: 'Of the link.' }) token: string,
  ): Promise<object | null> {
    return this.deps.views.preview(token.slice(0, 100));
  }

  @Auth(Role.SUPPORT, 'CONTENT_READ')
  @ListSize(12)
  @Query(() => [Page], { description: 'All pages, drafts too, as they are written. At most 200.' })
  staffPages(
    @Arg('isArchived', () => Boolean, { defaultValue: false, description: 'True: those that are archived.' })
    isArchived: boolean,
    @Ctx() { viewer }: RequestContext,
  ): Promise<readonly object[]> {
    assertPermission(viewer, 'CONTENT_READ');
    return this.deps.views.list(isArchived);
  }

  @Auth(Role.SUPPORT, 'CONTENT_READ')
  @Query(() => Page, { nullable: true, description: 'A page as it is written; null when there is none.' })
  async staffPage(
    @Arg('id', () => ID, { description: 'The page.' }) id: string,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object | null> {
    assertPermission(viewer, 'CONTENT_READ');
    const uuid = localId('page', id);
    return uuid ? this.deps.views.page(uuid) : null;
  }

  @FieldResolver(() => String)
  name(@Root() { content }: ShownPage, @Ctx() { language, defaultLanguage }: RequestContext): string {
    return localized(content.name, language, defaultLanguage) ?? '';
  }

  @FieldResolver(() => String, { nullable: true })
  slug(@Root() { slugs }: ShownPage, @Ctx() { language, defaultLanguage }: RequestContext): string | null {
    return slugOf(slugs, language, defaultLanguage);
  }

  @FieldResolver()
  async paths(@Root() page: ShownPage, @Ctx() { defaultLanguage }: RequestContext): Promise<UrlAlternate[]> {
    const { offered, rootLanguage } = await this.deps.languages();
    return offered.map((language) => ({
      language,
      path: asUrl(inLanguage({ language, bare: pathOf(page, language, defaultLanguage) }, rootLanguage)),
    }));
  }

  @FieldResolver()
  seo(@Root() { content, media }: ShownPage, @Ctx() context: RequestContext): Seo {
    const { name, seoTitle, seoDescription, noindex = false, shareImageId } = content;
    const image = shareImageId ? media.get(shareImageId) : undefined;
    const texts = { title: seoTitle ?? {}, description: seoDescription ?? {} };
    return seoOf({ name, seo: { ...texts, noindex, ...(image && { image }) } }, context);
  }

  @FieldResolver()
  blocks(@Root() page: ShownPage, @Ctx() context: RequestContext): Promise<object[]> {
    return this.deps.blocks.of(page, context);
  }

  @FieldResolver()
  modifiedOn(@Root() { updatedAt }: ShownPage): string {
    return updatedAt.toISOString().slice(0, 10);
  }

  @FieldResolver()
  version(@Root() page: ShownPage): number | null {
    return rowOf(page)?.version ?? null;
  }

  @FieldResolver()
  isPublished(@Root() page: ShownPage): boolean | null {
    const row = rowOf(page);
    return row && row.published !== null && row.archivedAt === null;
  }

  @FieldResolver()
  hasDraft(@Root() page: ShownPage): boolean | null {
    const row = rowOf(page);
    return row && row.draft !== null;
  }

  @FieldResolver()
  publishAt(@Root() page: ShownPage): Date | null {
    return rowOf(page)?.publishAt ?? null;
  }

  @FieldResolver()
  isStartText(@Root() page: ShownPage): boolean | null {
    return rowOf(page)?.startText ?? null;
  }

  @FieldResolver()
  archivedAt(@Root() page: ShownPage): Date | null {
    return rowOf(page)?.archivedAt ?? null;
  }

  @FieldResolver()
  draft(@Root() page: ShownPage): PageContentType | null {
    return rowOf(page) && this.deps.views.content(page.content, page.slugs);
  }

  @FieldResolver()
  async versions(@Root() page: ShownPage): Promise<object[] | null> {
    return rowOf(page) && this.deps.views.versions(page.id, page.slugs);
  }
}
