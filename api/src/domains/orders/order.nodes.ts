import { statement, t } from '../../platform/database/database.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { loaderById } from '../../platform/graphql/load-many-by.js';
import type { ModuleDeclaration } from '../../platform/module.js';
import { disputeById } from '../payments/index.js';
import { isOwnOrder } from './buyer/buyer-access.js';
import type { OrderEntity } from './order.entity.js';
import { orderLoaders } from './order.loaders.js';
const orderOfLine = loaderById(
  statement('orders.of-line', {
    params: { id: t.uuid },
    row: { id: t.uuid, orderId: t.uuid },
    sql: 'SELECT id, order_id AS "orderId" FROM order_line WHERE id = :id',
  }),
);
const orderOfShipment = loaderById(
  statement('orders.of-shipment', {
    params: { id: t.uuid },
    row: { id: t.uuid, orderId: t.uuid },
    sql: 'SELECT id, order_id AS "orderId" FROM shipment WHERE id = :id',
  }),
);
const dispute = loaderById(disputeById);

/** The order if the viewer is its customer or staff, else null. */
async function readable(id: string, context: RequestContext): Promise<OrderEntity | null> {
  const { viewer } = context;
  const order = viewer && (await orderLoaders(context).orderById.load(id));
  return order && (isOwnOrder(order, viewer) || viewer.permissions.has('ORDER_READ')) ? order : null;
}

/** Whoever may read an order may read its parts. */
export const orderNodes: ModuleDeclaration['nodes'] = {
  ord: { type: 'Order', find: readable },
  line: {
    type: 'OrderLine',
    async find(id, context) {
      const part = context.viewer && (await orderOfLine(context).load(id));
      if (!part || !(await readable(part.orderId, context))) return null;
      const lines = await orderLoaders(context).lines.load(part.orderId);
      return lines.find((line) => line.id === id) ?? null;
    },
  },
  ship: {
    type: 'Shipment',
    async find(id, context) {
      const part = context.viewer && (await orderOfShipment(context).load(id));
      if (!part || !(await readable(part.orderId, context))) return null;
      const shipments = await orderLoaders(context).shipments.load(part.orderId);
      return shipments.find((shipment) => shipment.id === id) ?? null;
    },
  },
  disp: {
    type: 'Dispute',
    find: async (id, context) =>
      context.viewer?.permissions.has('ORDER_READ') ? dispute(context).load(id) : null,
  },
};
