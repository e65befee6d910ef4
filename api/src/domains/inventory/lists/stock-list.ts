import { type CursorCodec } from '../../../kernel/cursor.js';
import {
  connectionOf,
  pageRequest,
  type Connection,
  type PageArguments,
} from '../../../kernel/pagination.js';
import {
  statement,
  statementPerChoice,
  t,
  type Database,
  type Querying,
} from '../../../platform/database/database.js';
import { foundBy } from '../../../platform/database/found-by.js';
import { COUNT_CAP } from '../../../platform/graphql/connection.js';
import type { IdRange } from '../../../platform/graphql/keyset-list.js';
import { freeOf, lowStockAt } from '../../catalog/index.js';
import { StockSort } from '../stock.enums.js';
import { itemsFrom, ITEM_ROW, TOTALS_OF_V } from '../stock-rows.js';
import type { StockItemRow } from '../stock.type.js';

export interface StockQuery {
  readonly search: string | null;
  readonly low: boolean;
  readonly soldOut: boolean;
  readonly locationId: string | null;
  readonly ids: readonly string[] | null;
  readonly updatedFrom: Date | null;
  readonly updatedTo: Date | null;
}

interface Sorting {
  readonly by: string;
  readonly cast: 'text' | 'int';
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
  AVAILABLE_ASC: { by: `(${freeOf('t')})`, cast: 'int', descending: false, bySum: true },
  AVAILABLE_DESC: { by: `(${freeOf('t')})`, cast: 'int', descending: true, bySum: true },
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
    const rows: ItemRow[] = await this.database.rows(pageStatement({ sort, down, ...shapeOf(query) }), {
      ...filterOf(query),
      afterValue: cursor?.value ?? null,
      afterId: cursor?.id ?? null,
      limit: size + 1,
    });
    return connectionOf(rows, request, ({ sortValue, id }) =>
      this.cursors.encode(`stock.${sort}`, { value: sortValue, id }),
    );
  }

  /** The ids of the next variants that match, by id: for work on many of them. */
  async idsBetween(querying: Querying, query: StockQuery, range: IdRange): Promise<string[]> {
    const found = await querying.rows(idsStatement(shapeOf(query)), { ...filterOf(query), ...range });
    return found.map(({ id }) => id);
  }

  async count(query: StockQuery): Promise<number> {
    return (await this.database.row(countStatement(shapeOf(query)), filterOf(query)))?.count ?? 0;
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

/** The parameters of the filter: the search only where the statement has it. */
function filterOf({ search, ...others }: StockQuery) {
  return { ...others, ...(search !== null && { search }) };
}

function source(allAtOnce: boolean): string {
  return `variant v JOIN product p ON p.id = v.product_id ${allAtOnce ? ALL_AT_ONCE : AS_THEY_COME}`;
}

const SOURCES = [
  "SELECT id FROM variant WHERE search_text LIKE replace(w.pattern, '#', '')",
  "SELECT y.id FROM variant y JOIN product q ON q.id = y.product_id WHERE q.search_text LIKE replace(w.pattern, '#', '')",
];

function conditions(searching: boolean): string {
  return `v.deleted_at IS NULL
    AND (NOT :low::boolean OR ${freeOf('t')} <= ${lowStockAt('v')})
    AND (NOT :soldOut::boolean OR ${freeOf('t')} = 0)
    AND (:locationId::uuid IS NULL OR EXISTS (SELECT 1 FROM stock_level sl WHERE sl.variant_id = v.id AND sl.location_id = :locationId))
    AND (:ids::uuid[] IS NULL OR v.id = ANY(:ids))
    AND (:updatedFrom::timestamptz IS NULL AND :updatedTo::timestamptz IS NULL OR EXISTS (SELECT 1 FROM stock_movement m WHERE m.variant_id = v.id
      AND m.created_at >= coalesce(:updatedFrom, '-infinity') AND m.created_at < coalesce(:updatedTo, 'infinity')))
    ${searching ? `AND v.id IN (${foundBy(':search', SOURCES)})` : ''}`;
}

const FILTER = {
  low: t.boolean,
  soldOut: t.boolean,
  locationId: t.uuid.orNull,
  ids: t.uuids.orNull,
  updatedFrom: t.timestamp.orNull,
  updatedTo: t.timestamp.orNull,
};
const EITHER = [true, false];

const pageStatement = statementPerChoice(
  { sort: Object.values(StockSort), down: EITHER, searching: EITHER, summing: EITHER },
  ({ sort, down, searching, summing }) => {
    const { by, cast, bySum } = SORTS[sort];
    const allAtOnce = bySum || summing;
    const direction = down ? 'DESC' : 'ASC';
    const selected = `SELECT v.id, t.on_hand, t.reserved, ${by} AS sort FROM ${source(allAtOnce)}
    WHERE ${conditions(searching)} AND (:afterValue::${cast} IS NULL OR (${by}, v.id) ${down ? '<' : '>'} (:afterValue::${cast}, :afterId::uuid))
    ORDER BY ${by} ${direction}, v.id ${direction} LIMIT :limit`;
    return statement(
      `inventory.items-${sort}-${direction}${searching ? '-search' : ''}${allAtOnce ? '-summed' : ''}`,
      {
        params: {
          ...FILTER,
          ...(searching && { search: t.text }),
          afterValue: t.sortValue(cast),
          afterId: t.uuid.orNull,
          limit: t.int,
        },
        row: { ...ITEM_ROW, sortValue: cast === 'int' ? t.int : t.text },
        sql: itemsFrom(selected, `ORDER BY t.sort ${direction}, t.id ${direction}`),
      },
    );
  },
);

const idsStatement = statementPerChoice({ searching: EITHER, summing: EITHER }, ({ searching, summing }) =>
  statement(`inventory.item-ids${searching ? '-search' : ''}${summing ? '-summed' : ''}`, {
    params: {
      ...FILTER,
      ...(searching && { search: t.text }),
      after: t.uuid.orNull,
      last: t.uuid,
      limit: t.int,
    },
    row: { id: t.uuid },
    sql: `SELECT v.id FROM ${source(summing)} WHERE ${conditions(searching)}
       AND (:after::uuid IS NULL OR v.id > :after) AND v.id <= :last::uuid ORDER BY v.id LIMIT :limit`,
  }),
);

const countStatement = statementPerChoice({ searching: EITHER, summing: EITHER }, ({ searching, summing }) =>
  statement(`inventory.item-count${searching ? '-search' : ''}${summing ? '-summed' : ''}`, {
    params: { ...FILTER, ...(searching && { search: t.text }) },
    row: { count: t.int },
    sql: `SELECT count(*)::int AS count FROM (
       SELECT 1 FROM ${source(summing)} WHERE ${conditions(searching)} LIMIT ${COUNT_CAP}) counted`,
  }),
);
