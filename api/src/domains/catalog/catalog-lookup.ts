import type { Clock } from '../../kernel/clock.js';
import type { Language, LocalizedText } from '../../kernel/languages.js';
import { holdsOn, nextChange, type Dated, shopDay, shopDayStart } from '../../kernel/shop-time.js';
import { CATALOG_CHANNEL, CatalogCache } from '../../platform/database/catalog-cache.js';
import { statement, type Querying, t } from '../../platform/database/database.js';
import type { Listener } from '../../platform/database/listener.js';
import { chargesTax, STORED_CURRENCY, STORED_HOME } from '../store/index.js';
import type { AttributeKindName, AttributeLevelName } from './attributes/attribute.entity.js';
import type { ShownMedia } from './images/shown-media.js';
import type { OptionValueRow, SeoColumn } from './rows.js';

/** A category with its relatives. */
export interface CategoryNode {
  readonly id: string;
  readonly parentId: string | null;
  readonly slug: string;
  readonly name: LocalizedText;
  readonly description: LocalizedText;
  readonly image: ShownMedia | null;
  readonly position: number;
  readonly seo: SeoColumn;
  readonly version: number;
  readonly hidden: boolean;
  /** Products on sale in it or below it. */
  readonly productCount: number;
  readonly parent: CategoryNode | null;
  readonly children: CategoryNode[];
  /** From the root down to the category itself. */
  readonly breadcrumbs: CategoryNode[];
}

export interface AttributeValueNode extends OptionValueRow {
  /** How goods with this value are cared for; empty where there is nothing to say. */
  readonly care: LocalizedText;
  /** Those of values that were merged into it. */
  readonly formerCodes: readonly string[];
}

export interface AttributeNode {
  readonly id: string;
  readonly code: string;
  readonly name: LocalizedText;
  readonly kind: AttributeKindName;
  readonly level: AttributeLevelName;
  /** Of its numbers; null for none. */
  readonly unit: string | null;
  readonly filterable: boolean;
  readonly version: number;
  /** The categories whose products are asked for it first. */
  readonly categoryIds: readonly string[];
  readonly values: AttributeValueNode[];
}

/** An attribute with what one product or variant has of it. */
export interface ProductAttributeNode extends AttributeNode {
  readonly number: number | null;
  readonly day: string | null;
  readonly text: LocalizedText | null;
}

export interface TagNode {
  readonly id: string;
  readonly slug: string;
  readonly name: LocalizedText;
  /** By which it, and tags that were merged into it, were known before. */
  readonly formerSlugs: readonly string[];
  readonly version: number;
}

/** Catalog data that is small, shared by all products and rarely changed. */
export interface ReferenceData {
  readonly roots: readonly CategoryNode[];
  readonly categoryById: ReadonlyMap<string, CategoryNode>;
  readonly categoryBySlug: ReadonlyMap<string, CategoryNode>;
  /** Where the addresses of categories that have another one by now, or were deleted, lead to. */
  readonly categoryByFormerSlug: ReadonlyMap<string, CategoryNode>;
  readonly attributes: readonly AttributeNode[];
  readonly attributeById: ReadonlyMap<string, AttributeNode>;
  readonly attributeByCode: ReadonlyMap<string, AttributeNode>;
  readonly attributeOfValue: ReadonlyMap<string, AttributeNode>;
  readonly tags: readonly TagNode[];
  readonly tagById: ReadonlyMap<string, TagNode>;
  /** By present and former slugs. */
  readonly tagBySlug: ReadonlyMap<string, TagNode>;
  /** By tax class, for the shop's own country: the rate of today, included in the prices of the shop's pages. */
  readonly taxBasisPoints: ReadonlyMap<string, number>;
  /** Whether the seller charges tax today. */
  readonly isTaxed: boolean;
  /** The moment at which another rate begins, or the seller begins or ceases to charge tax; null when none is known. */
  readonly endsAt: Date | null;
  /** In which every product has a name. */
  readonly defaultLanguage: Language;
  /** Of all prices, ISO 4217. */
  readonly currency: string;
}

/** What the settings say of the whole catalog. */
export interface CatalogPlace {
  /** The country whose tax rates are included in the prices of the shop's pages, unless another is stored by now. */
  readonly homeCountry: string;
  readonly defaultLanguage: Language;
  /** Unless another is stored by now. */
  readonly currency: string;
  /** In which its days begin. */
  readonly timeZone: string;
  /** Whether the seller charges tax, from which day on: see `chargesTax`. */
  readonly payer: boolean;
  readonly payerSince: string | null;
}

interface HomeRate extends Dated {
  readonly taxClass: string;
  readonly rateBasisPoints: number;
}

interface StoredReference {
  categories: (Omit<CategoryNode, 'parent' | 'children' | 'breadcrumbs'> & Mutable)[];
  redirects: { slug: string; categoryId: string }[];
  attributes: AttributeNode[];
  tags: TagNode[];
  taxRates: HomeRate[];
}

interface Mutable {
  parent: CategoryNode | null;
  children: CategoryNode[];
  breadcrumbs: CategoryNode[];
}

const readReference = statement('catalog.reference', {
  params: { homeCountry: t.text },
  row: {
    categories: t.json<(Omit<CategoryNode, 'parent' | 'children' | 'breadcrumbs'> & Mutable)[]>(),
    redirects: t.json<{ slug: string; categoryId: string }[]>(),
    attributes: t.json<AttributeNode[]>(),
    tags: t.json<TagNode[]>(),
    taxRates: t.json<HomeRate[]>(),
    currency: t.text.orNull,
  },
  sql: `SELECT
     (SELECT coalesce(json_agg(c ORDER BY c.position, c.slug), '[]') FROM (
        SELECT id, parent_id AS "parentId", slug, name, description, image, position, seo, version, hidden, coalesce(n.products, 0)::int AS "productCount"
        FROM category LEFT JOIN (
          SELECT category_id, count(*) AS products FROM product, unnest(category_ids) AS category_id
          WHERE status = 'ACTIVE' GROUP BY category_id
        ) n ON n.category_id = category.id) c) AS categories,
     (SELECT coalesce(json_agg(json_build_object('slug', slug, 'categoryId', entity_id)), '[]') FROM slug WHERE kind = 'CATEGORY' AND NOT is_current) AS redirects,
     (SELECT coalesce(json_agg(a ORDER BY a.position, a.code), '[]') FROM (
        SELECT id, code, name, kind, level, unit, filterable, position, version,
          (SELECT coalesce(json_agg(s.category_id ORDER BY s.category_id), '[]') FROM attribute_category s WHERE s.attribute_id = attribute.id) AS "categoryIds",
          (SELECT coalesce(json_agg(json_build_object('id', v.id, 'code', v.code, 'name', v.name, 'swatch', v.swatch,
             'care', v.care, 'formerCodes', v.former_codes) ORDER BY v.position, v.code), '[]') FROM attribute_value v WHERE v.attribute_id = attribute.id) AS values
        FROM attribute) a) AS attributes,
     (SELECT coalesce(json_agg(json_build_object('id', id, 'slug', slug, 'name', name, 'formerSlugs', former_slugs, 'version', version) ORDER BY slug), '[]')
      FROM tag) AS tags,
     (SELECT coalesce(json_agg(json_build_object('taxClass', tax_class, 'rateBasisPoints', rate_basis_points,
        'from', lower(validity), 'until', upper(validity))), '[]')
      FROM tax_rate WHERE country_code = coalesce(${STORED_HOME}, :homeCountry)) AS "taxRates",
     ${STORED_CURRENCY} AS currency`,
});

const NOTHING = { categories: [], redirects: [], attributes: [], tags: [], taxRates: [], currency: null };

interface CatalogLookupDeps {
  readonly database: Querying;
  readonly listener: Listener;
  readonly place: () => Promise<CatalogPlace>;
  readonly clock: Clock;
}

/** The category tree, attributes, tags and home tax rates, cached in the process until the catalog or a rate changes. */
export class CatalogLookup {
  private readonly cache: CatalogCache<ReferenceData>;

  constructor({ database, listener, place, clock }: CatalogLookupDeps) {
    const load = async (): Promise<ReferenceData> => {
      const { homeCountry, defaultLanguage, currency, timeZone, payer, payerSince } = await place();
      const stored = await database.row(readReference, { homeCountry });
      const rows = stored ?? NOTHING;
      const day = shopDay(clock.now(), timeZone);
      const next = nextChange([...rows.taxRates, { from: payerSince, until: null }], day);
      const isTaxed = chargesTax({ payer, payerSince }, day);
      const taxRates = rows.taxRates.filter((rate) => holdsOn(rate, day));
      const endsAt = next === null ? null : shopDayStart(next, timeZone);
      return {
        ...assemble({ ...rows, taxRates }),
        ...{ endsAt, isTaxed, defaultLanguage, currency: rows.currency ?? currency },
      };
    };
    this.cache = new CatalogCache(listener, load, CATALOG_CHANNEL, { clock, endOf: ({ endsAt }) => endsAt });
  }

  /** The moment at which what is cached, and what was made of it, shows something else; null when none is known. */
  heldUntil(): Date | null {
    return this.cache.held()?.endsAt ?? null;
  }

  get(): Promise<ReferenceData> {
    return this.cache.get();
  }

  /** Clears the cache in the process that made the change itself. */
  drop(): void {
    this.cache.drop();
  }
}

function assemble({
  categories,
  redirects,
  attributes,
  tags,
  taxRates,
}: StoredReference): Omit<ReferenceData, 'defaultLanguage' | 'currency' | 'endsAt' | 'isTaxed'> {
  const categoryById = new Map(categories.map((category) => [category.id, category]));
  for (const category of categories) Object.assign(category, { parent: null, children: [], breadcrumbs: [] });
  for (const category of categories) {
    category.parent = category.parentId ? (categoryById.get(category.parentId) ?? null) : null;
    category.parent?.children.push(category);
  }
  for (const category of categories) category.breadcrumbs = pathTo(category);
  return {
    roots: categories.filter(({ parent }) => !parent),
    categoryById,
    categoryBySlug: new Map(categories.map((category) => [category.slug, category])),
    categoryByFormerSlug: new Map(
      redirects.flatMap(({ slug, categoryId }) => {
        const category = categoryById.get(categoryId);
        return category ? [[slug, category] as const] : [];
      }),
    ),
    attributes,
    attributeById: new Map(attributes.map((attribute) => [attribute.id, attribute])),
    attributeByCode: new Map(attributes.map((attribute) => [attribute.code, attribute])),
    attributeOfValue: new Map(
      attributes.flatMap((attribute) => attribute.values.map(({ id }) => [id, attribute])),
    ),
    tags,
    tagById: new Map(tags.map((tag) => [tag.id, tag])),
    tagBySlug: new Map([
      ...tags.flatMap((tag) => tag.formerSlugs.map((slug) => [slug, tag] as const)),
      ...tags.map((tag) => [tag.slug, tag] as const),
    ]),
    taxBasisPoints: new Map(taxRates.map(({ taxClass, rateBasisPoints }) => [taxClass, rateBasisPoints])),
  };
}

function pathTo(category: CategoryNode): CategoryNode[] {
  const path: CategoryNode[] = [];
  // A cycle of parents, created manually in the database, must not hang the shop.
  for (let at: CategoryNode | null = category; at && !path.includes(at); at = at.parent) path.unshift(at);
  return path;
}
