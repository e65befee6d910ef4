import { localId } from '../../kernel/ids.js';
import { COUNT_CAP } from '../../platform/graphql/connection.js';
import { statement, type Querying } from '../../platform/database/database.js';
import {
  connectionOf,
  pageRequest,
  type Connection,
  type CursorCodec,
  type PageArguments,
} from '../../kernel/pagination.js';
import type { OrderEntity } from './order.entity.js';
import type { OrderFilter, OrderSort } from './order.input.js';
import { orderColumns } from './order.statements.js';

export interface OrderQuery {
  readonly search?: string | null;
  readonly status?: readonly string[] | null;
  readonly fulfilmentStatus?: readonly string[] | null;
  readonly paymentStatus?: readonly string[] | null;
  readonly from?: Date | null;
  readonly to?: Date | null;
  readonly totalMin?: number | null;
  readonly totalMax?: number | null;
  readonly userId?: string | null;
  /** True for the buyer's own list: a draft is nobody's business before it is sent. */
  readonly forBuyer?: boolean;
}

/** What search and filter of an API call ask of the database. */
export function orderQuery(
  search: string | null | undefined,
  filter: OrderFilter | null | undefined,
): OrderQuery {
  return {
    ...filter,
    search,
    from: filter?.placedFrom,
    to: filter?.placedTo,
    // An id that is none of ours must find nothing, not everything.
    userId: filter?.customerId
      ? (localId('user', filter.customerId) ?? '00000000-0000-0000-0000-000000000000')
      : null,
  };
}

interface Sorting {
  readonly column: string;
  readonly cast: string;
  readonly descending: boolean;
  readonly value: (order: OrderEntity) => string | number;
}

const byTime = {
  column: 'created_at',
  cast: 'timestamptz',
  value: (o: OrderEntity) => o.createdAt.toISOString(),
};
const byTotal = { column: 'total_gross', cast: 'bigint', value: (o: OrderEntity) => o.totalGross };

// Numbers come from a sequence, so their order is the order of creation: the same index serves both.
const SORTS: Readonly<Record<OrderSort, Sorting>> = {
  NEWEST: { ...byTime, descending: true },
  OLDEST: { ...byTime, descending: false },
  NUMBER_DESC: { ...byTime, descending: true },
  NUMBER_ASC: { ...byTime, descending: false },
  TOTAL_DESC: { ...byTotal, descending: true },
  TOTAL_ASC: { ...byTotal, descending: false },
};

// One text for every filter: a parameter that is null does not narrow.
const CONDITIONS = `($1::text IS NULL OR search_text LIKE '%' || $1 || '%'
    OR EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = o.id AND plain_text(l.sku) LIKE $1 || '%')
    OR EXISTS (SELECT 1 FROM payment p WHERE p.order_id = o.id AND p.provider_reference = $10))
  AND ($2::text[] IS NULL OR status = ANY($2))
  AND ($3::text[] IS NULL OR fulfilment_status = ANY($3))
  AND ($4::text[] IS NULL OR payment_status = ANY($4))
  AND ($5::timestamptz IS NULL OR created_at >= $5)
  AND ($6::timestamptz IS NULL OR created_at < $6)
  AND ($7::bigint IS NULL OR total_gross >= $7)
  AND ($8::bigint IS NULL OR total_gross <= $8)
  AND ($9::uuid IS NULL OR user_id = $9)
  AND ($10::text IS NULL OR true)
  AND ($11::boolean IS NOT TRUE OR status <> 'DRAFT' AND NOT (source = 'STAFF' AND status = 'CANCELLED' AND placed_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.order_id = o.id)))`;

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
    const list = statement(
      `orders.list.${column}.${direction}`,
      `SELECT ${orderColumns('o.')} FROM shop_order o WHERE ${CONDITIONS}
         AND ($12::${cast} IS NULL OR (${column}, id) ${down ? '<' : '>'} ($12::${cast}, $13::uuid))
       ORDER BY ${column} ${direction}, id ${direction} LIMIT $14`,
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
    const row = await this.database.row<{ count: number }>(countOrders, toValues(query));
    return row?.count ?? 0;
  }
}

const countOrders = statement(
  'orders.count',
  `SELECT count(*)::int AS count FROM (SELECT 1 FROM shop_order o WHERE ${CONDITIONS} LIMIT ${COUNT_CAP}) capped`,
);

function toValues(query: OrderQuery): unknown[] {
  const term = query.search?.trim().slice(0, 100) || null;
  return [
    // As plain_text() folds it, with LIKE's own signs made harmless.
    term && fold(term).replace(/[\\%_]/g, '\\$&'),
    query.status ?? null,
    query.fulfilmentStatus ?? null,
    query.paymentStatus ?? null,
    query.from ?? null,
    query.to ?? null,
    query.totalMin ?? null,
    query.totalMax ?? null,
    query.userId ?? null,
    term,
    query.forBuyer ?? false,
  ];
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
