import {
  changedSince,
  defineBulk,
  DomainError,
  handleBulk,
  onOrders,
  Role,
  type BulkLocking,
  type Clock,
  type OrderQuery,
} from '@vitrine/api/plugin';
import { isWrapped, setWrapped } from './statements.js';

/** An action on a list of the shop: whoever packs says of many orders that they are wrapped. */
export const ordersWrapped = defineBulk<OrderQuery>({
  ...onOrders,
  name: 'orderBulkMarkWrapped',
  kind: 'ORDER_WRAPPED',
  description: 'Notes that all orders that match are wrapped. One that is not to be wrapped stays as it is.',
  ...{ role: Role.MANAGER, permission: 'GIFT_WRAP_WRITE' },
  canUndo: true,
});

export const handleOrdersWrapped = (orders: BulkLocking<OrderQuery>, clock: Clock) =>
  handleBulk(ordersWrapped, {
    // Finds and locks orders as the shop does, and has locked the order when `apply` is called.
    ...orders,
    apply: async (tx, orderId) => {
      const wrap = await tx.row(isWrapped, { orderId });
      if (!wrap) throw new DomainError('GIFT_WRAP_NONE', 'It is not to be wrapped.', null);
      if (wrap.wrapped) return null;
      await tx.count(setWrapped, { orderId, at: clock.now() });
      return {};
    },
    undo: async (tx, orderId) => {
      if (!(await tx.row(isWrapped, { orderId }))?.wrapped) throw changedSince();
      await tx.count(setWrapped, { orderId, at: null });
    },
  });
