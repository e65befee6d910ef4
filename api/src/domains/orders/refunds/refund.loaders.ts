import { perRequest } from '../../../platform/graphql/context.js';
import { loadManyBy, loadOneBy } from '../../../platform/graphql/load-many-by.js';
import type { OrderRefundEntity } from './order-refund.entity.js';
import { toRefundableLines, type RefundableLineRow } from './refundable-lines.js';
import * as sql from './refund.statements.js';

export type OrderRefundRow = OrderRefundEntity & {
  currency: string;
  status: string;
  lines: { orderLineId: string; quantity: number; amount: number; restocked: number }[];
};

export const refundLoaders = perRequest(({ database }) => {
  const lines = loadManyBy(database, sql.refundableLines, (line) => line.orderId);
  return {
    refundsByOrder: loadManyBy(database, sql.refundsByOrder, (refund) => refund.orderId),
    refundById: loadOneBy(database, sql.refundsById, (refund) => refund.id),
    money: loadOneBy(database, sql.orderMoney, (row) => row.orderId),
    refundableLines: {
      load: async (orderId: string): Promise<RefundableLineRow[]> =>
        toRefundableLines(await lines.load(orderId)),
    },
  };
});
