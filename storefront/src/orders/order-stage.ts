import type { OrderView } from './order-view';

/** The headline status of an order, from its order, payment and fulfillment status. */
export type OrderStage =
  | 'draft'
  | 'unpaid'
  | 'transfer'
  | 'processing'
  | 'cash'
  | 'placed'
  | 'shipped'
  | 'done'
  | 'cancelled'
  | 'cancelledUnpaid'
  | 'expired'
  | 'refunded'
  | 'review';

type Progress = Pick<OrderView, 'status' | 'paymentStatus' | 'paymentMethod' | 'fulfillmentStatus'> & {
  readonly total: { readonly gross: { readonly amount: number } };
};

/** True when the order was paid, also when it was refunded since. */
const PAID: readonly OrderView['paymentStatus'][] = ['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED'];

export function stageOf({
  status,
  paymentStatus,
  paymentMethod,
  fulfillmentStatus,
  total,
}: Progress): OrderStage {
  switch (status) {
    case 'DRAFT':
      return 'draft';
    case 'PENDING_PAYMENT':
      if (paymentMethod === 'BANK_TRANSFER') return 'transfer';
      return paymentStatus === 'PROCESSING' ? 'processing' : 'unpaid';
    case 'COMPLETED':
      return 'done';
    case 'CANCELLED':
      // A free order counts as paid and has nothing to refund.
      return total.gross.amount > 0 && PAID.includes(paymentStatus) ? 'cancelled' : 'cancelledUnpaid';
    case 'EXPIRED':
      return 'expired';
    case 'REFUNDED':
      return 'refunded';
    case 'REVIEW':
      return 'review';
    default:
      if (fulfillmentStatus !== 'UNFULFILLED') return 'shipped';
      return status === 'PLACED' && paymentMethod === 'CASH_ON_DELIVERY' ? 'cash' : 'placed';
  }
}
