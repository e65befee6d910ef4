import { perRequest } from '../../../platform/graphql/context.js';
import { loadManyBy, loadOneBy } from '../../../platform/graphql/load-many-by.js';
import type { OrderRefundEntity } from './order-refund.entity.js';
import type { RefundableLine } from './refund-plan.js';
import * as sql from './refund.statements.js';

export type OrderRefundRow = OrderRefundEntity & {
  currency: string;
  status: string;
  lines: { orderLineId: string; quantity: number; amount: number; restocked: number }[];
};
export type RefundableLineRow = RefundableLine & { orderId: string; refundedQuantity: number };

export const refundLoaders = perRequest(({ database }) => ({
  refundsByOrder: loadManyBy(database, sql.refundsByOrder, (refund) => refund.orderId),
  refundById: loadOneBy(database, sql.refundsById, (refund) => refund.id),
  money: loadOneBy(database, sql.orderMoney, (row) => row.orderId),
  refundableLines: loadManyBy(database, sql.refundableLines, (line) => line.orderId),
}));
