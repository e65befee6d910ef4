import { type CursorCodec } from '../../../kernel/cursor.js';
import {
  connectionOf,
  pageRequest,
  type Connection,
  type PageArguments,
} from '../../../kernel/pagination.js';
import { t, type Database, type Querying } from '../../../platform/database/database.js';
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

  /** How many products match, at most `COUNT_CAP`. */
  async matching({ search, filter }: Pick<StaffListArguments, 'search' | 'filter'>): Promise<number> {
    const text = searchText(search);
    if (!text && search?.trim()) return 0;
    return this.count(text, staffConditions(filter ?? {}, await this.reference.get()));
  }

  /**
   * The ids of the next products that match, by id: after one, up to and including another.
   *
   * Categories and tags are read from the cache, which at the most once per change of them takes a second connection
   * beside that of a transaction.
   */
  async idsBetween(
    tx: Querying,
    { search, filter }: Pick<StaffListArguments, 'search' | 'filter'>,
    { after, last, limit }: { after: string | null; last: string; limit: number },
  ): Promise<string[]> {
    const text = searchText(search);
    if (!text && search?.trim()) return [];
    const conditions = staffConditions(filter ?? {}, await this.reference.get());
    const values = new Values();
    const found = text ? `WITH ${foundProducts(text, values, 'true', STAFF_SOURCES)} ` : '';
    const where = [
      ...(after ? [`p.id > ${values.bind(t.uuid, after)}::uuid`] : []),
      `p.id <= ${values.bind(t.uuid, last)}::uuid`,
      ...conditions(values),
    ];
    const sql = `${found}SELECT p.id FROM product p ${text ? 'JOIN found f ON f.id = p.id ' : ''}
      WHERE ${where.join(' AND ')} ORDER BY p.id LIMIT ${values.bind(t.int, limit)}`;
    const built = preparedBy('catalog.bulk-ids', { sql, row: { id: t.uuid }, values });
    return (await tx.rows(built, values.given)).map(({ id }) => id);
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
