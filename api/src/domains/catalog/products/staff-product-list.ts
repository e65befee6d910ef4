import { type CursorCodec } from '../../../kernel/cursor.js';
import {
  connectionOf,
  pageRequest,
  type Connection,
  type PageArguments,
} from '../../../kernel/pagination.js';
import { t, type Database } from '../../../platform/database/database.js';
import { COUNT_CAP } from '../../../platform/graphql/connection.js';
import type { CatalogLookup, ReferenceData } from '../catalog-lookup.js';
import type { StaffProductFilter } from '../listing/product-filter.input.js';
import {
  cursorOf,
  foundProducts,
  pageStatement,
  preparedBy,
  Values,
  type BuiltStatement,
  type SortName,
} from '../listing/product-query.js';
import { assertNames, nameConditions } from './product-names.js';
import type { ProductRow } from '../rows.js';
import { searchText, type SearchText } from '../listing/search-text.js';

export interface StaffListArguments extends PageArguments {
  search?: string | null;
  filter?: StaffProductFilter | null;
  sort?: Exclude<SortName, 'RELEVANCE'> | null;
}

export interface StaffProductPage extends Connection<ProductRow> {
  totalCount(): Promise<number>;
  facets: never[];
  priceBounds: null;
  matchingVariants: never[];
}

export const STAFF_SOURCES = [
  "SELECT id FROM product WHERE search_text LIKE replace(w.pattern, '#', '')",
  "SELECT product_id FROM variant WHERE deleted_at IS NULL AND search_text LIKE replace(w.pattern, '#', '')",
];

/** The staff's product list: products of every status. */
export class StaffProductList {
  constructor(
    private readonly database: Database,
    private readonly reference: CatalogLookup,
    private readonly cursors: CursorCodec,
  ) {}

  /** @throws InvalidInputError for an invalid page size or cursor */
  async products(args: StaffListArguments): Promise<StaffProductPage> {
    const { filter } = args;
    const sort = args.sort ?? 'NEWEST';
    const page = pageRequest(args, `staff-products:${sort}`, this.cursors);
    const search = searchText(args.search);
    const conditions = staffConditions(filter ?? {}, await this.reference.get());
    const nothing = !search && Boolean(args.search?.trim());
    const { statement, values } = pageStatement({
      sort,
      page,
      search,
      sources: STAFF_SOURCES,
      scope: 'true',
      conditions,
    });
    const rows = nothing ? [] : await this.database.rows(statement, values.given);
    const connection = connectionOf(rows.slice(0, page.size + 1), page, (row) =>
      this.cursors.encode(`staff-products:${sort}`, cursorOf(row)),
    );
    return {
      ...connection,
      facets: [],
      priceBounds: null,
      matchingVariants: [],
      totalCount: async () => (nothing ? 0 : this.count(search, conditions)),
    };
  }

  private async count(search: SearchText | null, conditions: (values: Values) => string[]): Promise<number> {
    const { statement, values } = staffCountStatement(search, conditions);
    return (await this.database.row(statement, values.given))?.count ?? 0;
  }
}

/** How many products of the list there are, at most `COUNT_CAP`. */
export function staffCountStatement(
  search: SearchText | null,
  conditions: (values: Values) => string[],
): { statement: BuiltStatement<{ count: number }>; values: Values } {
  const values = new Values();
  const found = search ? `WITH ${foundProducts(search, values, 'true', STAFF_SOURCES)} ` : '';
  const where = ['true', ...conditions(values)].join(' AND ');
  const sql = `${found}SELECT count(*)::int AS count FROM (
      SELECT 1 FROM product p ${search ? 'JOIN found f ON f.id = p.id ' : ''}WHERE ${where} LIMIT ${COUNT_CAP}) counted`;
  return { statement: preparedBy('catalog.staff-count', { sql, row: { count: t.int }, values }), values };
}

/** An unknown category or tag matches nothing. */
export function staffConditions(
  filter: StaffProductFilter,
  reference: Pick<ReferenceData, 'categoryBySlug' | 'tagBySlug'>,
): (values: Values) => string[] {
  const { categoryBySlug, tagBySlug } = reference;
  assertNames(filter);
  return (values) => {
    const conditions: string[] = [];
    const has = (column: string, id: string | undefined): void => {
      conditions.push(`${column} && ${values.bind(t.uuids, id ? [id] : [])}::uuid[]`);
    };
    if (filter.statuses?.length) conditions.push(`p.status = ANY(${values.bind(t.texts, filter.statuses)})`);
    if (filter.availabilities?.length)
      conditions.push(`p.availability = ANY(${values.bind(t.texts, filter.availabilities)})`);
    if (filter.category) has('p.category_ids', categoryBySlug.get(filter.category)?.id);
    conditions.push(...nameConditions(filter, reference, values));
    if (filter.updatedFrom)
      conditions.push(`p.updated_at >= ${values.bind(t.timestamp, filter.updatedFrom)}::timestamptz`);
    if (filter.updatedTo)
      conditions.push(`p.updated_at < ${values.bind(t.timestamp, filter.updatedTo)}::timestamptz`);
    if (filter.tag) has('p.tag_ids', tagBySlug.get(filter.tag)?.id);
    return conditions;
  };
}
