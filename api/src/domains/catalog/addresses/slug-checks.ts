import { statement, t, type Querying } from '../../../platform/database/database.js';
import { Warning, WarningCode } from '../../../platform/graphql/warning.type.js';
import { slugsLike } from '../../routing/index.js';
import type { UrlResolver } from '../../routing/index.js';
import { freeSlug, slugFrom } from '../products/slug.js';
import { CATEGORY_PAGES, PRODUCT_PAGES } from './pages.js';
import type { SlugCheck, SlugOwner } from './slug-check.type.js';

const PAGES = { PRODUCT: PRODUCT_PAGES, CATEGORY: CATEGORY_PAGES, PAGE: '/' } as const;

const holderOf = statement('catalog.slug-holder', {
  params: { kind: t.text, slug: t.text },
  row: { entityId: t.uuid, isCurrent: t.boolean },
  sql: `SELECT entity_id AS "entityId", is_current AS "isCurrent" FROM slug
   WHERE kind = :kind AND slug = :slug ORDER BY is_current DESC, language LIMIT 1`,
});

/** What taking a slug means for those who have it, had it, or lead away from it. */
export class SlugChecks {
  constructor(
    private readonly database: Querying,
    private readonly urls: Pick<UrlResolver, 'hasRedirect'>,
  ) {}

  /** For the entity with this id; for a new one with null. */
  async check(kind: SlugOwner, given: string, id: string | null): Promise<SlugCheck> {
    const slug = slugFrom(given);
    const holder = slug ? await this.database.row(holderOf, { kind, slug }) : null;
    const isOfAnother = holder !== null && holder.entityId !== id;
    const isTaken = isOfAnother && holder.isCurrent;
    const like = isTaken ? await this.database.rows(slugsLike, { kind, slug }) : [];
    const free = freeSlug(slug, new Set(like.map((row) => row.slug)));
    const hadRedirect = slug !== '' && (await this.urls.hasRedirect(PAGES[kind] + slug));
    return { slug, isTaken, free, wasOfAnother: isOfAnother && !isTaken, hadRedirect };
  }

  /** A warning where a page has taken the place of a redirect; none for an input without a slug. */
  async warnings(
    kind: keyof typeof PAGES,
    slug: string | null | undefined,
  ): Promise<{ readonly warnings: Warning[] }> {
    if (!slug || !(await this.urls.hasRedirect(PAGES[kind] + slug))) return { warnings: [] };
    const message = 'A redirect leads away from this path. The page is shown in its place.';
    return { warnings: [Object.assign(new Warning(), { code: WarningCode.SLUG_HAD_REDIRECT, message })] };
  }
}
