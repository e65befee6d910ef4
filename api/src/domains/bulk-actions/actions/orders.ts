import { Role } from '../../../platform/graphql/roles.js';
import { onOrders, orderRows, OrderStatus, type OrderQuery } from '../../orders/index.js';
import { coreBulk } from '../core-bulk.js';

const ofOrders = { ...onOrders, role: Role.MANAGER, permission: 'ORDER_WRITE' } as const;

export const ordersShip = coreBulk<OrderQuery>({
  ...ofOrders,
  name: 'orderBulkShip',
  kind: 'ORDER_SHIP',
  description:
    'Ships all that is left of each order that matches, without a tracking number; each buyer gets a mail. An order of which units are still to come stays as it is.',
  work: (deps) => ({
    ...orderRows(deps),
    apply: async (tx, orderId, { actorId }) => {
      const { version: expectedVersion } = await deps.orders.lock(tx, orderId);
      const nothing = { carrier: null, trackingNumber: null, trackingUrl: null, keyed: null };
      return deps.fulfillment.send(tx, {
        ...{ orderId, expectedVersion, actorId, lines: null, isWhole: true },
        ...nothing,
      });
    },
  }),
});

export const ordersComplete = coreBulk<OrderQuery>({
  ...ofOrders,
  name: 'orderBulkComplete',
  kind: 'ORDER_COMPLETE',
  description: 'Completes all orders that match and were shipped.',
  work: (deps) => ({
    ...orderRows(deps),
    apply: async (tx, orderId, { actorId }) => {
      const { version: expectedVersion } = await deps.orders.lock(tx, orderId);
      const move = { orderId, expectedVersion, actorId, status: OrderStatus.COMPLETED, keyed: null };
      return deps.fulfillment.moveByHand(tx, move);
    },
  }),
});
