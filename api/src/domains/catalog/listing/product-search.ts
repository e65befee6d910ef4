import { type CursorCodec } from '../../../kernel/cursor.js';
import {
  connectionOf,
  pageRequest,
  type Connection,
  type PageArguments,
} from '../../../kernel/pagination.js';
import { statement, t, type Database, type SqlType } from '../../../platform/database/database.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import { localId } from '../../../kernel/ids.js';
import type { Named } from '../../../kernel/one-of.js';
import { COUNT_CAP } from '../../../platform/graphql/connection.js';
import type { PriceRange } from '../../../platform/graphql/money.type.js';
import type { CatalogLookup, CategoryNode, ReferenceData } from '../catalog-lookup.js';
import { facetCounts, priceBounds, totalCount, type CountRow, type FacetCounts } from './facet-counts.js';
import { choiceConditions } from './facets.js';
import { matchingVariants } from './matching-variants.js';
import type { ProductFilter } from './product-filter.input.js';
import { cursorOf, pageStatement, Values, type PageRow, type SortName } from './product-query.js';
import { PRODUCT_ROW, productColumns, type ProductRow, type VariantRow } from '../rows.js';
import { countStatement } from './product-count.js';
import { searchText } from './search-text.js';
import { foldText } from '../products/slug.js';
import { ON_SALE, Narrowed, narrow } from './product-conditions.js';

export interface ProductListArguments extends PageArguments {
  search?: string | null;
  filter?: ProductFilter | null;
  sort?: 'RELEVANCE' | 'NEWEST' | 'PRICE_ASC' | 'PRICE_DESC' | 'NAME_ASC' | null;
}

/** A page whose totals are queried only when they are selected. */
export interface ProductPage extends Connection<ProductRow> {
  totalCount(): Promise<number>;
  facets(): Promise<FacetCounts[]>;
  priceBounds(): Promise<PriceRange | null>;
  /** For each of the nodes, in their order. */
  matchingVariants(): Promise<(VariantRow | null)[]>;
}

const SOLD_AS = {
  sku: 'lower(sku) = lower(:value) AND deleted_at IS NULL',
  barcode: 'barcode = :value AND deleted_at IS NULL',
};

const productWith = (name: string, id: string, value: SqlType<string | null> = t.text) =>
  statement(`catalog.product-by-${name}`, {
    params: { value },
    row: { ...PRODUCT_ROW, description: t.json<LocalizedText>() },
    sql: `SELECT ${productColumns('p')}, p.description FROM product p WHERE p.id = ${id} AND ${ON_SALE}`,
  });
const productBy = {
  id: productWith('id', ':value::uuid', t.uuid.orNull),
  slug: productWith(
    'slug',
    `coalesce((SELECT id FROM product WHERE slug = :value), (SELECT entity_id FROM slug WHERE kind = 'PRODUCT' AND language = '*' AND slug = :value))`,
  ),
  sku: productWith('sku', `(SELECT product_id FROM variant WHERE ${SOLD_AS.sku})`),
  barcode: productWith('barcode', `(SELECT product_id FROM variant WHERE ${SOLD_AS.barcode})`),
};
const variantWith = (name: keyof typeof SOLD_AS) =>
  statement(`catalog.variant-by-${name}`, {
    params: { value: t.text },
    row: { id: t.uuid },
    sql: `SELECT id FROM variant WHERE ${SOLD_AS[name]}`,
  });
const variantBy = {
  sku: variantWith('sku'),
  barcode: variantWith('barcode'),
};

type VariantName = Named<{ id: string; sku: string; barcode: string }>;
type ProductName = Named<{ id: string; slug: string; sku: string; barcode: string }>;

function plain(text: string): string {
  return text.slice(0, 200).replaceAll('\0', '');
}

/** The storefront's product lists: only products on sale, whatever is requested. */
export class ProductSearch {
  constructor(
    private readonly database: Database,
    private readonly reference: CatalogLookup,
    private readonly cursors: CursorCodec,
  ) {}

  /** @throws InvalidInputError for an invalid page size, cursor or filter */
  async products(args: ProductListArguments): Promise<ProductPage> {
    const search = searchText(args.search);
    const wanted = args.sort ?? 'RELEVANCE';
    const sort = wanted === 'RELEVANCE' && !search ? 'NEWEST' : wanted;
    const page = pageRequest(args, `products:${sort}`, this.cursors);
    const reference = await this.reference.get();
    const narrowed = narrow(args.filter ?? {}, search, reference);
    // A search term was given but contains nothing that can be searched, or the category does not exist.
    const nothing = !narrowed || (!search && Boolean(args.search?.trim()));
    const rows = nothing ? [] : await this.page(narrowed, sort, page);
    const connection = connectionOf(rows.slice(0, page.size + 1), page, (row) =>
      this.cursors.encode(`products:${sort}`, cursorOf(row)),
    );
    return {
      ...connection,
      ...this.totals(nothing ? null : narrowed, reference),
      matchingVariants: async () => {
        const ids = connection.nodes.map(({ id }) => id);
        const found = narrowed && (await matchingVariants(this.database, ids, narrowed.choice, search));
        return ids.map((id) => found?.get(id) ?? null);
      },
    };
  }

  /** The product with this id, slug (present or former), SKU or barcode; null if it is not on sale. */
  product({ by, value }: ProductName): Promise<ProductRow | null> {
    return this.database.row(productBy[by], { value: by === 'id' ? localId('prod', value) : plain(value) });
  }

  /** The id of the variant with this id, SKU or barcode, on sale or not; null if there is none. */
  async variantId({ by, value }: VariantName): Promise<string | null> {
    if (by === 'id') return localId('vari', value);
    return (await this.database.row(variantBy[by], { value: plain(value) }))?.id ?? null;
  }

  async suggestions(
    term: string,
    first: number,
  ): Promise<{ products: ProductRow[]; categories: CategoryNode[] }> {
    const { size } = pageRequest({ first }, 'products:RELEVANCE', this.cursors);
    const search = searchText(term);
    if (!search) return { products: [], categories: [] };
    const reference = await this.reference.get();
    const narrowed = narrow({}, search, reference);
    const rows = narrowed
      ? await this.page(narrowed, 'RELEVANCE', { size, backward: false, cursor: null })
      : [];
    const wanted = foldText(search.plain).split(/[^\p{L}\p{N}]+/u);
    const categories = [...reference.categoryById.values()].filter(
      ({ name, breadcrumbs }) =>
        !breadcrumbs.some(({ hidden }) => hidden) &&
        Object.values(name).some((text) => text && wanted.every((word) => foldText(text).includes(word))),
    );
    return { products: rows.slice(0, size), categories: categories.slice(0, size) };
  }

  private page(
    { search, choice, base }: Narrowed,
    sort: SortName,
    page: ReturnType<typeof pageRequest>,
  ): Promise<PageRow[]> {
    const conditions = (values: Values): string[] => [...base(values), ...choiceConditions(choice, values)];
    const { statement: prepared, values } = pageStatement({ sort, page, search, scope: ON_SALE, conditions });
    return this.database.rows(prepared, values.given);
  }

  /** All three share one statement, sent after every selected field of the response has registered its needs. */
  private totals(
    narrowed: Narrowed | null,
    reference: ReferenceData,
  ): Pick<ProductPage, 'totalCount' | 'facets' | 'priceBounds'> {
    let needsFacets = false;
    let rows: Promise<CountRow[]> | null = null;
    const counted = (): Promise<CountRow[]> => {
      // graphql-js calls all fields of an object in one turn of the event loop.
      rows ??= Promise.resolve().then(() =>
        narrowed ? this.count(narrowed, { needsFacets, reference }) : [],
      );
      return rows;
    };
    const withFacets = (): Promise<CountRow[]> => {
      needsFacets = true;
      return counted();
    };
    return {
      totalCount: async () => Math.min(totalCount(await counted()), COUNT_CAP),
      facets: async () => (narrowed ? facetCounts(await withFacets(), narrowed.choice, reference) : []),
      priceBounds: async () => {
        const bounds = priceBounds(await withFacets());
        const { currency } = reference;
        return bounds && { min: { amount: bounds.min, currency }, max: { amount: bounds.max, currency } };
      },
    };
  }

  private count(
    narrowed: Narrowed,
    { needsFacets, reference }: { needsFacets: boolean; reference: ReferenceData },
  ): Promise<CountRow[]> {
    const withNumbers = reference.attributes.some(({ kind, filterable }) => kind === 'NUMBER' && filterable);
    const { statement, values } = countStatement(narrowed, needsFacets, needsFacets && withNumbers);
    return this.database.rows(statement, values.given);
  }
}
