import {
  connectionOf,
  pageRequest,
  type Connection,
  type CursorCodec,
  type PageArguments,
} from '../../kernel/pagination.js';
import { statement, type Database, type Statement } from '../../platform/database/database.js';
import { COUNT_CAP } from '../../platform/graphql/connection.js';
import { lowStockAt } from '../catalog/index.js';
import { StockSort } from './stock.enums.js';
import { itemsFrom, TOTALS_OF_V } from './stock-rows.js';
import type { StockItemRow } from './stock.type.js';

export interface StockQuery {
  readonly search: string | null;
  readonly low: boolean;
  readonly soldOut: boolean;
  readonly locationId: string | null;
}

interface Sorting {
  readonly by: string;
  readonly cast: string;
  readonly descending: boolean;
  readonly totals: string;
}

// Shelf by shelf as the index of the sort brings the variants; only where the sum itself is the sort, all at once.
const AS_THEY_COME = `CROSS JOIN ${TOTALS_OF_V}`;
const ALL_AT_ONCE = `CROSS JOIN LATERAL (SELECT coalesce(a.on_hand, 0)::int AS on_hand, coalesce(a.reserved, 0)::int AS reserved) t`;

const SORTS: Readonly<Record<StockSort, Sorting>> = {
  SKU_ASC: { by: 'lower(v.sku)', cast: 'text', descending: false, totals: AS_THEY_COME },
  NAME_ASC: { by: 'p.name_sort', cast: 'text', descending: false, totals: AS_THEY_COME },
  AVAILABLE_ASC: { by: '(t.on_hand - t.reserved)', cast: 'int', descending: false, totals: ALL_AT_ONCE },
  AVAILABLE_DESC: { by: '(t.on_hand - t.reserved)', cast: 'int', descending: true, totals: ALL_AT_ONCE },
};

type ItemRow = StockItemRow & { readonly sortValue: string | number };

/** Lists the stock of every variant that is not taken from sale, by keyset. */
export class StockList {
  constructor(
    private readonly database: Database,
    private readonly cursors: CursorCodec,
  ) {}

  /** @throws InvalidInputError for a page size or cursor that no list can have */
  async page(query: StockQuery, page: PageArguments, sort: StockSort): Promise<Connection<StockItemRow>> {
    const request = pageRequest(page, `stock.${sort}`, this.cursors, 20);
    const { cursor, size } = request;
    const down = SORTS[sort].descending !== request.backward;
    const rows = await this.database.rows<ItemRow & Record<string, unknown>>(
      pageStatement(sort, down, query.search !== null),
      [
        query.low,
        query.soldOut,
        query.locationId,
        cursor?.value ?? null,
        cursor?.id ?? null,
        size + 1,
        ...term(query),
      ],
    );
    return connectionOf<ItemRow>(rows, request, ({ sortValue, id }) =>
      this.cursors.encode(`stock.${sort}`, { value: sortValue, id }),
    );
  }

  async count(query: StockQuery): Promise<number> {
    const counting = countStatement(query.search !== null);
    const row = await this.database.row<{ count: number }>(counting, [
      query.low,
      query.soldOut,
      query.locationId,
      ...term(query),
    ]);
    return row?.count ?? 0;
  }
}

function pageStatement(sort: StockSort, down: boolean, searching: boolean): Statement {
  const { by, cast, totals } = SORTS[sort];
  const direction = down ? 'DESC' : 'ASC';
  const picked = `SELECT v.id, t.on_hand, t.reserved, ${by} AS sort FROM ${source(totals)}
    WHERE ${conditions(searching, '$7')} AND ($4::${cast} IS NULL OR (${by}, v.id) ${down ? '<' : '>'} ($4::${cast}, $5::uuid))
    ORDER BY ${by} ${direction}, v.id ${direction} LIMIT $6`;
  return statement(
    `inventory.items-${sort}-${direction}${searching ? '-search' : ''}`,
    itemsFrom(picked, `ORDER BY t.sort ${direction}, t.id ${direction}`),
  );
}

function countStatement(searching: boolean): Statement {
  return statement(
    `inventory.item-count${searching ? '-search' : ''}`,
    `SELECT count(*)::int AS count FROM (
       SELECT 1 FROM ${source(ALL_AT_ONCE)} WHERE ${conditions(searching, '$4')} LIMIT ${COUNT_CAP}) counted`,
  );
}

function source(totals: string): string {
  const summed = `LEFT JOIN (SELECT s.variant_id, sum(s.on_hand) AS on_hand, sum(s.reserved) AS reserved
    FROM stock_level s JOIN stock_location l ON l.id = s.location_id AND l.active GROUP BY s.variant_id) a ON a.variant_id = v.id`;
  return `variant v JOIN product p ON p.id = v.product_id ${totals === ALL_AT_ONCE ? summed : ''} ${totals}`;
}

function conditions(searching: boolean, pattern: string): string {
  return `v.deleted_at IS NULL
    AND (NOT $1::boolean OR t.on_hand - t.reserved <= ${lowStockAt('v')})
    AND (NOT $2::boolean OR t.on_hand = t.reserved)
    AND ($3::uuid IS NULL OR EXISTS (SELECT 1 FROM stock_level sl WHERE sl.variant_id = v.id AND sl.location_id = $3))
    ${
      searching
        ? `AND v.id IN (
        SELECT id FROM variant WHERE plain_text(sku) LIKE '%' || ${pattern} || '%'
        UNION SELECT w.id FROM variant w JOIN product q ON q.id = w.product_id WHERE q.name_text LIKE '%' || ${pattern} || '%')`
        : ''
    }`;
}

/** As plain_text() folds it, with LIKE's own signs made harmless. */
function term({ search }: StockQuery): string[] {
  if (search === null) return [];
  const plain = search.replaceAll('\0', ' ').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return [plain.slice(0, 100).replace(/[\\%_]/g, '\\$&')];
}
