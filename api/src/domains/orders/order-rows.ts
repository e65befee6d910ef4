import type { CursorCodec } from '../../kernel/cursor.js';
import { NotFoundError } from '../../kernel/errors.js';
import type { Database } from '../../platform/database/database.js';
import type { BulkLocking, BulkRows } from '../long-jobs/index.js';
import { OrderFilter } from './order.input.js';
import { OrderList, orderQuery, type OrderQuery } from './order-list.js';
import type { OrderService } from './order.service.js';

/** The list of orders, for actions on many of them: `defineBulk({ ...onOrders, … })`. */
export const onOrders = {
  rows: 'orders',
  table: 'shop_order',
  search: 100,
  filter: OrderFilter,
  query: orderQuery,
  moments: ['from', 'to', 'updatedFrom', 'updatedTo'],
} as const satisfies BulkRows<OrderQuery>;

interface Deps {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly orders: OrderService;
}

/** How the orders are found and locked that an action is done to: by the row of the order, the first lock of every change of it. */
export function orderRows({ database, cursors, orders }: Deps): BulkLocking<OrderQuery> {
  const list = new OrderList(database, cursors);
  return {
    count: (query) => list.count(query),
    select: (querying, query, range) => list.idsBetween(querying, query, range),
    lock: async (tx, id) => {
      try {
        return (await orders.lock(tx, id)).number;
      } catch (error) {
        if (error instanceof NotFoundError) return null;
        throw error;
      }
    },
  };
}
