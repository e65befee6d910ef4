import { type CursorCodec } from '../../../kernel/cursor.js';
import {
  connectionOf,
  pageRequest,
  type Connection,
  type PageArguments,
} from '../../../kernel/pagination.js';
import { statement, type Database, type PositionalStatement } from '../../../platform/database/database.js';
import { foundBy } from '../../../platform/database/found-by.js';
import { COUNT_CAP } from '../../../platform/graphql/connection.js';
import { lowStockAt } from '../../catalog/index.js';
import { StockSort } from '../stock.enums.js';
import { itemsFrom, TOTALS_OF_V } from '../stock-rows.js';
import type { StockItemRow } from '../stock.type.js';

export interface StockQuery {
  readonly search: string | null;
  readonly low: boolean;
  readonly soldOut: boolean;
  readonly locationId: string | null;
  readonly updatedFrom: Date | null;
  readonly updatedTo: Date | null;
}

interface Sorting {
  readonly by: string;
  readonly cast: string;
  readonly descending: boolean;
  /** Whether the list is sorted by the sum itself. */
  readonly bySum: boolean;
}

// Summing each variant's stock levels in index order is fast for one page. When the sum decides which variants are on
// the page, all sums are needed, and one pass over all stock levels is faster.
const AS_THEY_COME = `CROSS JOIN ${TOTALS_OF_V}`;
const ALL_AT_ONCE = `LEFT JOIN (SELECT variant_id, sum(on_hand)::int AS on_hand, sum(reserved)::int AS reserved FROM stock_level
    WHERE location_id = ANY(ARRAY(SELECT id FROM stock_location WHERE active)) GROUP BY variant_id) a ON a.variant_id = v.id
  CROSS JOIN LATERAL (SELECT coalesce(a.on_hand, 0) AS on_hand, coalesce(a.reserved, 0) AS reserved) t`;

const SORTS: Readonly<Record<StockSort, Sorting>> = {
  SKU_ASC: { by: 'lower(v.sku)', cast: 'text', descending: false, bySum: false },
  NAME_ASC: { by: 'p.name_sort', cast: 'text', descending: false, bySum: false },
  AVAILABLE_ASC: { by: '(t.on_hand - t.reserved)', cast: 'int', descending: false, bySum: true },
  AVAILABLE_DESC: { by: '(t.on_hand - t.reserved)', cast: 'int', descending: true, bySum: true },
};

type ItemRow = StockItemRow & { readonly sortValue: string | number };

/** The keyset list of stock of every variant that is not archived or deleted. */
export class StockList {
  constructor(
    private readonly database: Database,
    private readonly cursors: CursorCodec,
  ) {}

  /** @throws InvalidInputError for an invalid page size or cursor */
  async page(query: StockQuery, page: PageArguments, sort: StockSort): Promise<Connection<StockItemRow>> {
    const request = pageRequest(page, `stock.${sort}`, this.cursors, 20);
    const { cursor, size } = request;
    const down = SORTS[sort].descending !== request.backward;
    const rows = await this.database.rows<ItemRow & Record<string, unknown>>(
      pageStatement(sort, down, shapeOf(query)),
      [
        query.low,
        query.soldOut,
        query.locationId,
        query.updatedFrom,
        query.updatedTo,
        cursor?.value ?? null,
        cursor?.id ?? null,
        size + 1,
        ...(query.search === null ? [] : [query.search]),
      ],
    );
    return connectionOf<ItemRow>(rows, request, ({ sortValue, id }) =>
      this.cursors.encode(`stock.${sort}`, { value: sortValue, id }),
    );
  }

  async count(query: StockQuery): Promise<number> {
    const row = await this.database.row<{ count: number }>(countStatement(shapeOf(query)), [
      query.low,
      query.soldOut,
      query.locationId,
      query.updatedFrom,
      query.updatedTo,
      ...(query.search === null ? [] : [query.search]),
    ]);
    return row?.count ?? 0;
  }
}

/** What the text of a statement depends on, in addition to the sort. */
interface Shape {
  readonly searching: boolean;
  readonly summing: boolean;
}

function shapeOf({ search, low, soldOut }: StockQuery): Shape {
  return { searching: search !== null, summing: low || soldOut };
}

function pageStatement(sort: StockSort, down: boolean, { searching, summing }: Shape): PositionalStatement {
  const { by, cast, bySum } = SORTS[sort];
  const allAtOnce = bySum || summing;
  const direction = down ? 'DESC' : 'ASC';
  const picked = `SELECT v.id, t.on_hand, t.reserved, ${by} AS sort FROM ${source(allAtOnce)}
    WHERE ${conditions(searching, '$9')} AND ($6::${cast} IS NULL OR (${by}, v.id) ${down ? '<' : '>'} ($6::${cast}, $7::uuid))
    ORDER BY ${by} ${direction}, v.id ${direction} LIMIT $8`;
  return statement(
    `inventory.items-${sort}-${direction}${searching ? '-search' : ''}${allAtOnce ? '-summed' : ''}`,
    itemsFrom(picked, `ORDER BY t.sort ${direction}, t.id ${direction}`),
  );
}

function countStatement({ searching, summing }: Shape): PositionalStatement {
  return statement(
    `inventory.item-count${searching ? '-search' : ''}${summing ? '-summed' : ''}`,
    `SELECT count(*)::int AS count FROM (
       SELECT 1 FROM ${source(summing)} WHERE ${conditions(searching, '$6')} LIMIT ${COUNT_CAP}) counted`,
  );
}

function source(allAtOnce: boolean): string {
  return `variant v JOIN product p ON p.id = v.product_id ${allAtOnce ? ALL_AT_ONCE : AS_THEY_COME}`;
}

const SOURCES = [
  "SELECT id FROM variant WHERE search_text LIKE replace(w.pattern, '#', '')",
  "SELECT y.id FROM variant y JOIN product q ON q.id = y.product_id WHERE q.search_text LIKE replace(w.pattern, '#', '')",
];

function conditions(searching: boolean, term: string): string {
  return `v.deleted_at IS NULL
    AND (NOT $1::boolean OR t.on_hand - t.reserved <= ${lowStockAt('v')})
    AND (NOT $2::boolean OR t.on_hand = t.reserved)
    AND ($3::uuid IS NULL OR EXISTS (SELECT 1 FROM stock_level sl WHERE sl.variant_id = v.id AND sl.location_id = $3))
    AND ($4::timestamptz IS NULL AND $5::timestamptz IS NULL OR EXISTS (SELECT 1 FROM stock_movement m WHERE m.variant_id = v.id
      AND m.created_at >= coalesce($4, '-infinity') AND m.created_at < coalesce($5, 'infinity')))
    ${searching ? `AND v.id IN (${foundBy(term, SOURCES)})` : ''}`;
}
