import { rowOf, statement, t, type Querying } from '../../../platform/database/database.js';
import { OrderEntity } from '../../orders/index.js';

const NAMED = ['id', 'number', 'email', 'shippingAddress'] as const;
const namedOrders = statement('listExports.named-orders', {
  params: { ids: t.uuids },
  row: rowOf(OrderEntity, NAMED),
  sql: 'SELECT id, number, email, shipping_address AS "shippingAddress" FROM shop_order WHERE id = ANY(:ids::uuid[])',
});

export type NamedOrder = Pick<OrderEntity, (typeof NAMED)[number]>;

/** Orders, by id, as files name them. */
export async function ordersById(
  database: Querying,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, NamedOrder>> {
  const found = await database.rows(namedOrders, { ids: ids.filter((id) => id !== null) });
  return new Map(found.map((order) => [order.id, order]));
}
