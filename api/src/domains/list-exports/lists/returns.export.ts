import { statement, t } from '../../../platform/database/database.js';
import { Role } from '../../../platform/graphql/roles.js';
import {
  ReturnFilter,
  ReturnList,
  ReturnSort,
  returnQuery,
  type ReturnQuery,
  type ReturnRow,
} from '../../returns/index.js';
import { momentColumn, plainColumn, typedColumn } from '../../long-jobs/index.js';
import { coreExport } from '../core-export.js';
import { ordersById, type NamedOrder } from './orders-by-id.js';

interface Beside {
  readonly orders: ReadonlyMap<string, NamedOrder>;
  readonly units: ReadonlyMap<string, Units>;
}
type Units = { quantity: number; received: number; items: string };

const unitsOfReturns = statement('listExports.units-of-returns', {
  params: { ids: t.uuids },
  row: { returnId: t.uuid, quantity: t.int, received: t.int, items: t.text },
  sql: `SELECT r.return_id AS "returnId", sum(r.quantity)::int AS quantity, sum(r.received)::int AS received,
     string_agg(r.quantity || ' × ' || l.sku, '; ' ORDER BY l.position, l.id) AS items
   FROM order_return_line r JOIN order_line l ON l.id = r.order_line_id WHERE r.return_id = ANY(:ids::uuid[]) GROUP BY r.return_id`,
});

const buyer = (description: string, pick: (order: NamedOrder) => string | null | undefined) =>
  typedColumn<ReturnRow, Beside>(description, ({ orderId }, { more }) => {
    const order = more.orders.get(orderId);
    return order && pick(order);
  });

export const returnExport = coreExport<ReturnRow, ReturnQuery, Beside>({
  name: 'Return',
  rows: 'returns',
  role: Role.SUPPORT,
  permission: 'ORDER_READ',
  search: 100,
  filter: ReturnFilter,
  sorts: ReturnSort,
  first: 'the latest first',
  query: returnQuery,
  columns: {
    NUMBER: typedColumn('The number of the return.', ({ number }) => number),
    CREATED_AT: momentColumn('When it was asked for.', ({ createdAt }) => createdAt),
    STATUS: plainColumn('Where it stands.', ({ status }) => status),
    ORDER: buyer('The number of the order.', ({ number }) => number),
    EMAIL: buyer('The e-mail of the buyer.', ({ email }) => email),
    FIRST_NAME: buyer('Of the delivery address.', ({ shippingAddress }) => shippingAddress.firstName),
    LAST_NAME: buyer('Of the delivery address.', ({ shippingAddress }) => shippingAddress.lastName),
    REASON: plainColumn('Why the goods come back.', ({ reason }) => reason),
    RESOLUTION: plainColumn('What the buyer wants for them.', ({ resolution }) => resolution),
    COMMENT: typedColumn('The words of the buyer.', ({ comment }) => comment),
    UNITS: plainColumn(
      'How many pieces are to come.',
      ({ id }, { more }) => more.units.get(id)?.quantity ?? 0,
    ),
    RECEIVED: plainColumn('How many pieces came.', ({ id }, { more }) => more.units.get(id)?.received ?? 0),
    ITEMS: typedColumn('Its lines: quantity and SKU.', ({ id }, { more }) => more.units.get(id)?.items),
    UPDATED_AT: momentColumn('When it last changed.', ({ updatedAt }) => updatedAt),
  },
  read: ({ database, cursors }) => {
    const list = new ReturnList(database, cursors);
    return {
      page: (query, sort, page) => list.page(query, page, (sort ?? ReturnSort.NEWEST) as ReturnSort),
      count: (query) => list.count(query),
      more: async (returns) => {
        const units = await database.rows(unitsOfReturns, { ids: returns.map(({ id }) => id) });
        return {
          orders: await ordersById(
            database,
            returns.map(({ orderId }) => orderId),
          ),
          units: new Map(units.map(({ returnId, ...unit }) => [returnId, unit])),
        };
      },
    };
  },
});
