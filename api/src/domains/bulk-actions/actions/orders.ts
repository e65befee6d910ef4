import { NotFoundError } from '../../../kernel/errors.js';
import { Role } from '../../../platform/graphql/roles.js';
import { OrderFilter, OrderList, orderQuery, OrderStatus, type OrderQuery } from '../../orders/index.js';
import { defineBulk, type BulkDeps, type BulkWork } from '../define-bulk.js';

const ofOrders = {
  rows: 'orders',
  table: 'shop_order',
  role: Role.MANAGER,
  permission: 'ORDER_WRITE',
  search: 100,
  filter: OrderFilter,
  query: orderQuery,
  moments: ['from', 'to', 'updatedFrom', 'updatedTo'],
} as const;

function workOn({ database, cursors, orders }: BulkDeps): Omit<BulkWork<OrderQuery>, 'apply'> {
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

export const ordersShip = defineBulk<OrderQuery>({
  ...ofOrders,
  name: 'orderBulkShip',
  kind: 'ORDER_SHIP',
  description:
    'Ships all that is left of each order that matches, without a tracking number; each buyer gets a mail. An order of which units are still to come stays as it is.',
  work: (deps) => ({
    ...workOn(deps),
    apply: async (tx, orderId, actorId) => {
      const { version: expectedVersion } = await deps.orders.lock(tx, orderId);
      const nothing = { carrier: null, trackingNumber: null, trackingUrl: null, keyed: null };
      return deps.fulfillment.send(tx, {
        ...{ orderId, expectedVersion, actorId, lines: null, isWhole: true },
        ...nothing,
      });
    },
  }),
});

export const ordersComplete = defineBulk<OrderQuery>({
  ...ofOrders,
  name: 'orderBulkComplete',
  kind: 'ORDER_COMPLETE',
  description: 'Completes all orders that match and were shipped.',
  work: (deps) => ({
    ...workOn(deps),
    apply: async (tx, orderId, actorId) => {
      const { version: expectedVersion } = await deps.orders.lock(tx, orderId);
      const move = { orderId, expectedVersion, actorId, status: OrderStatus.COMPLETED, keyed: null };
      return deps.fulfillment.moveByHand(tx, move);
    },
  }),
});
