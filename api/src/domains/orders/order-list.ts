import { anyOf } from '../../kernel/any-of.js';
import { COUNT_CAP } from '../../platform/graphql/connection.js';
import { statement, type Querying, type PositionalStatement } from '../../platform/database/database.js';
import { sqlList } from '../../platform/database/sql-list.js';
import { foundBy, searchTerm } from '../../platform/database/found-by.js';
import { type CursorCodec } from '../../kernel/cursor.js';
import { connectionOf, pageRequest, type Connection, type PageArguments } from '../../kernel/pagination.js';
import { customerLocalId } from '../identity/index.js';
import { PROVIDER_NAMES } from '../payments/index.js';
import type { OrderEntity } from './order.entity.js';
import type { OrderFilter, OrderSort } from './order.input.js';
import { PLACED_AT, SORTS } from './order-sort.js';
import { orderColumns } from './order.statements.js';

export interface OrderQuery {
  readonly search?: string | null;
  readonly statuses?: readonly string[] | null;
  readonly fulfillmentStatuses?: readonly string[] | null;
  readonly paymentStatuses?: readonly string[] | null;
  readonly from?: Date | null;
  readonly to?: Date | null;
  readonly updatedFrom?: Date | null;
  readonly updatedTo?: Date | null;
  readonly totalMin?: number | null;
  readonly totalMax?: number | null;
  readonly userId?: string | null;
  /** True for the buyer's own list, which leaves out drafts that were not sent. */
  readonly forBuyer?: boolean;
}

/** The query that the search and filter arguments of an API call mean. */
export function orderQuery(
  search: string | null | undefined,
  filter: OrderFilter | null | undefined,
): OrderQuery {
  return {
    ...filter,
    search,
    from: filter?.placedFrom,
    to: filter?.placedTo,
    // An id of another kind must find nothing, not everything.
    userId: filter?.customerId
      ? (customerLocalId(filter.customerId) ?? '00000000-0000-0000-0000-000000000000')
      : null,
  };
}

/** Statements that find order ids by search text, returns aside: sources of `foundBy`. */
export const ORDER_SOURCES: readonly string[] = [
  'SELECT id FROM shop_order WHERE search_text LIKE w.pattern',
  'SELECT order_id FROM order_line WHERE search_text LIKE w.pattern',
  // A line stores names in the buyer's language and no barcode, so both are also searched in the current catalog. A
  // barcode must match as a whole: a part of it would find unrelated orders for a search by order number.
  `SELECT l.order_id FROM variant v JOIN order_line l ON l.variant_id = v.id WHERE v.search_text LIKE w.pattern
     AND (search_digits(v.barcode) = btrim(w.pattern, '%')
       OR search_fields(VARIADIC localized_values(v.name)) LIKE w.pattern)`,
  `SELECT l.order_id FROM product p JOIN variant v ON v.product_id = p.id JOIN order_line l ON l.variant_id = v.id
     WHERE p.search_text LIKE w.pattern`,
  'SELECT order_id FROM shipment WHERE search_text LIKE w.pattern',
  'SELECT order_id FROM invoice WHERE search_text LIKE w.pattern',
];
const OF_RETURNS = 'SELECT order_id FROM order_return WHERE search_text LIKE w.pattern';

// A provider's reference must match as a whole; the providers are named so that the index of both columns is used.
const FOUND = `o.id IN (${foundBy('$1', [...ORDER_SOURCES, OF_RETURNS])}
    UNION SELECT order_id FROM payment WHERE provider IN ${sqlList([...PROVIDER_NAMES, 'OFFLINE'])} AND provider_reference = $1)`;

// One statement for every filter: a parameter that is null does not narrow.
const FILTERS = `($2::text[] IS NULL OR status = ANY($2))
  AND ($3::text[] IS NULL OR fulfillment_status = ANY($3))
  AND ($4::text[] IS NULL OR payment_status = ANY($4))
  AND ($5::timestamptz IS NULL OR placed_at IS NOT NULL AND ${PLACED_AT} >= $5)
  AND ($6::timestamptz IS NULL OR placed_at IS NOT NULL AND ${PLACED_AT} < $6)
  AND ($7::bigint IS NULL OR total_gross >= $7)
  AND ($8::bigint IS NULL OR total_gross <= $8)
  AND ($9::uuid IS NULL OR user_id = $9)
  AND ($10::boolean IS NOT TRUE OR status <> 'DRAFT' AND NOT (source = 'STAFF' AND status = 'CANCELLED' AND placed_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.order_id = o.id)))
  AND ($11::timestamptz IS NULL OR updated_at >= $11)
  AND ($12::timestamptz IS NULL OR updated_at < $12)`;

/** Two statements, because the planner starts from the search only when it is not behind an OR. */
const conditions = (term: string | null): string => `${term ? FOUND : '$1::text IS NULL'} AND ${FILTERS}`;

/** Lists orders by keyset. */
export class OrderList {
  constructor(
    private readonly database: Querying,
    private readonly cursors: CursorCodec,
  ) {}

  async page(query: OrderQuery, page: PageArguments, sort: OrderSort): Promise<Connection<OrderEntity>> {
    const { column, cast, descending, value } = SORTS[sort];
    const request = pageRequest(page, `orders.${sort}`, this.cursors, 20);
    const down = descending !== request.backward;
    const direction = down ? 'DESC' : 'ASC';
    const term = searchTerm(query.search);
    const list = statement(
      `orders.list.${sort}.${direction}${term ? '.search' : ''}`,
      `SELECT ${orderColumns('o.')} FROM shop_order o WHERE ${conditions(term)}
         AND ($13::${cast} IS NULL OR (${column}, id) ${down ? '<' : '>'} ($13::${cast}, $14::uuid))
       ORDER BY ${column} ${direction}, id ${direction} LIMIT $15`,
    );
    const { cursor, size } = request;
    const rows = await this.database.rows<OrderEntity>(list, [
      ...toValues(query),
      cursor?.value ?? null,
      cursor?.id ?? null,
      size + 1,
    ]);
    return connectionOf(rows, request, (order) =>
      this.cursors.encode(`orders.${sort}`, { value: value(order), id: order.id }),
    );
  }

  async count(query: OrderQuery): Promise<number> {
    const row = await this.database.row<{ count: number }>(
      countOrders(searchTerm(query.search)),
      toValues(query),
    );
    return row?.count ?? 0;
  }
}

const countOrders = (term: string | null): PositionalStatement =>
  statement(
    `orders.count${term ? '.search' : ''}`,
    `SELECT count(*)::int AS count FROM (SELECT 1 FROM shop_order o WHERE ${conditions(term)} LIMIT ${COUNT_CAP}) capped`,
  );

function toValues(query: OrderQuery): unknown[] {
  return [
    searchTerm(query.search),
    anyOf(query.statuses),
    anyOf(query.fulfillmentStatuses),
    anyOf(query.paymentStatuses),
    query.from ?? null,
    query.to ?? null,
    query.totalMin ?? null,
    query.totalMax ?? null,
    query.userId ?? null,
    query.forBuyer ?? false,
    query.updatedFrom ?? null,
    query.updatedTo ?? null,
  ];
}
