import { anyOf, anyOfIds } from '../../kernel/any-of.js';
import { COUNT_CAP } from '../../platform/graphql/connection.js';
import type { IdRange } from '../../platform/graphql/keyset-list.js';
import { rowOf, statement, statementPerChoice, t, type Querying } from '../../platform/database/database.js';
import { sqlList } from '../../platform/database/sql-list.js';
import { foundBy, searchTerm } from '../../platform/database/found-by.js';
import { type CursorCodec } from '../../kernel/cursor.js';
import { connectionOf, pageRequest, type Connection, type PageArguments } from '../../kernel/pagination.js';
import { customerLocalId } from '../identity/index.js';
import { PROVIDER_NAMES } from '../payments/index.js';
import { OrderEntity } from './order.entity.js';
import { OrderSort, type OrderFilter } from './order.input.js';
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
  readonly customerId?: string | null;
  readonly ids?: readonly string[] | null;
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
    ids: anyOfIds('ord', filter?.ids),
    from: filter?.placedFrom,
    to: filter?.placedTo,
    // An id of another kind must find nothing, not everything.
    customerId: filter?.customerId
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
const FOUND = `o.id IN (${foundBy(':search', [...ORDER_SOURCES, OF_RETURNS])}
    UNION SELECT order_id FROM payment WHERE provider IN ${sqlList([...PROVIDER_NAMES, 'OFFLINE'])} AND provider_reference = :search)`;

// One statement for every filter: a parameter that is null does not narrow.
const FILTERS = `(:statuses::text[] IS NULL OR status = ANY(:statuses))
  AND (:fulfillmentStatuses::text[] IS NULL OR fulfillment_status = ANY(:fulfillmentStatuses))
  AND (:paymentStatuses::text[] IS NULL OR payment_status = ANY(:paymentStatuses))
  AND (:placedFrom::timestamptz IS NULL OR placed_at IS NOT NULL AND ${PLACED_AT} >= :placedFrom)
  AND (:placedTo::timestamptz IS NULL OR placed_at IS NOT NULL AND ${PLACED_AT} < :placedTo)
  AND (:totalMin::bigint IS NULL OR total_gross >= :totalMin)
  AND (:totalMax::bigint IS NULL OR total_gross <= :totalMax)
  AND (:userId::uuid IS NULL OR user_id = :userId)
  AND (:customerId::uuid IS NULL OR customer_id = :customerId)
  AND (:ids::uuid[] IS NULL OR id = ANY(:ids))
  AND (:forBuyer::boolean IS NOT TRUE OR status <> 'DRAFT' AND NOT (source = 'STAFF' AND status = 'CANCELLED' AND placed_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.order_id = o.id)))
  AND (:updatedFrom::timestamptz IS NULL OR updated_at >= :updatedFrom)
  AND (:updatedTo::timestamptz IS NULL OR updated_at < :updatedTo)`;

const FILTER = {
  search: t.text.orNull,
  statuses: t.texts.orNull,
  fulfillmentStatuses: t.texts.orNull,
  paymentStatuses: t.texts.orNull,
  placedFrom: t.timestamp.orNull,
  placedTo: t.timestamp.orNull,
  totalMin: t.int.orNull,
  totalMax: t.int.orNull,
  userId: t.uuid.orNull,
  customerId: t.uuid.orNull,
  ids: t.uuids.orNull,
  forBuyer: t.boolean,
  updatedFrom: t.timestamp.orNull,
  updatedTo: t.timestamp.orNull,
};
const EITHER = [true, false];

/** Two statements, because the planner starts from the search only when it is not behind an OR. */
const conditions = (searching: boolean): string =>
  `${searching ? FOUND : ':search::text IS NULL'} AND ${FILTERS}`;

const pageOfOrders = statementPerChoice(
  { sort: Object.values(OrderSort), down: EITHER, searching: EITHER },
  ({ sort, down, searching }) => {
    const { column, cast } = SORTS[sort];
    const direction = down ? 'DESC' : 'ASC';
    return statement(`orders.list.${sort}.${direction}${searching ? '.search' : ''}`, {
      params: { ...FILTER, afterValue: t.sortValue(cast), afterId: t.uuid.orNull, limit: t.int },
      row: rowOf(OrderEntity),
      sql: `SELECT ${orderColumns('o.')} FROM shop_order o WHERE ${conditions(searching)}
         AND (:afterValue::${cast} IS NULL OR (${column}, id) ${down ? '<' : '>'} (:afterValue::${cast}, :afterId::uuid))
       ORDER BY ${column} ${direction}, id ${direction} LIMIT :limit`,
    });
  },
);

const countOfOrders = statementPerChoice({ searching: EITHER }, ({ searching }) =>
  statement(`orders.count${searching ? '.search' : ''}`, {
    params: FILTER,
    row: { count: t.int },
    sql: `SELECT count(*)::int AS count FROM (SELECT 1 FROM shop_order o WHERE ${conditions(searching)} LIMIT ${COUNT_CAP}) capped`,
  }),
);

const idsOfOrders = statementPerChoice({ searching: EITHER }, ({ searching }) =>
  statement(`orders.ids${searching ? '.search' : ''}`, {
    params: { ...FILTER, after: t.uuid.orNull, last: t.uuid, limit: t.int },
    row: { id: t.uuid },
    sql: `SELECT id FROM shop_order o WHERE ${conditions(searching)} AND (:after::uuid IS NULL OR id > :after) AND id <= :last::uuid
     ORDER BY id LIMIT :limit`,
  }),
);

/** Lists orders by keyset. */
export class OrderList {
  constructor(
    private readonly database: Querying,
    private readonly cursors: CursorCodec,
  ) {}

  async page(query: OrderQuery, page: PageArguments, sort: OrderSort): Promise<Connection<OrderEntity>> {
    const { descending, value } = SORTS[sort];
    const request = pageRequest(page, `orders.${sort}`, this.cursors, 20);
    const down = descending !== request.backward;
    const filter = filterOf(query);
    const { cursor, size } = request;
    const rows = await this.database.rows(pageOfOrders({ sort, down, searching: filter.search !== null }), {
      ...filter,
      afterValue: cursor?.value ?? null,
      afterId: cursor?.id ?? null,
      limit: size + 1,
    });
    return connectionOf(rows, request, (order) =>
      this.cursors.encode(`orders.${sort}`, { value: value(order), id: order.id }),
    );
  }

  /** The ids of the next orders that match, by rising id: for work on many of them. */
  async idsBetween(querying: Querying, query: OrderQuery, range: IdRange): Promise<string[]> {
    const filter = filterOf(query);
    const ids = idsOfOrders({ searching: filter.search !== null });
    return (await querying.rows(ids, { ...filter, ...range })).map(({ id }) => id);
  }

  async count(query: OrderQuery): Promise<number> {
    const filter = filterOf(query);
    const row = await this.database.row(countOfOrders({ searching: filter.search !== null }), filter);
    return row?.count ?? 0;
  }
}

function filterOf(query: OrderQuery) {
  return {
    search: searchTerm(query.search),
    statuses: anyOf(query.statuses),
    fulfillmentStatuses: anyOf(query.fulfillmentStatuses),
    paymentStatuses: anyOf(query.paymentStatuses),
    placedFrom: query.from ?? null,
    placedTo: query.to ?? null,
    totalMin: query.totalMin ?? null,
    totalMax: query.totalMax ?? null,
    userId: query.userId ?? null,
    customerId: query.customerId ?? null,
    ids: query.ids ? [...query.ids] : null,
    forBuyer: query.forBuyer ?? false,
    updatedFrom: query.updatedFrom ?? null,
    updatedTo: query.updatedTo ?? null,
  };
}
