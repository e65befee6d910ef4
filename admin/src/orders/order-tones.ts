import { everyValueOf } from '@vitrine/client/every-value';
import type {
  FulfillmentStatus,
  OrderAction,
  OrderEditStatus,
  OrderPaymentStatus,
  OrderStatus,
  PaymentStatus,
  RefundStatus,
  ReturnStatus,
  ShipmentStatus,
} from '../generated/orders/graphql';
import type { Tone } from '../ui/StatusDot.vue';

// `wait` needs an action of staff, `busy` proceeds by itself. A paid order is not `wait`: what is left to do is shown
// as its fulfillment status, so that amber appears in one column with one meaning.
export const ORDER_TONES: Record<OrderStatus, Tone> = {
  DRAFT: 'quiet',
  PENDING_PAYMENT: 'busy',
  PLACED: 'busy',
  PAID: 'good',
  FULFILLED: 'good',
  COMPLETED: 'good',
  CANCELLED: 'quiet',
  EXPIRED: 'quiet',
  REFUNDED: 'quiet',
  REVIEW: 'bad',
};

export const PAYMENT_TONES: Record<OrderPaymentStatus, Tone> = {
  PENDING: 'busy',
  PROCESSING: 'busy',
  AUTHORIZED: 'busy',
  PAID: 'good',
  PARTIALLY_REFUNDED: 'quiet',
  REFUNDED: 'quiet',
  CANCELLED: 'quiet',
};

/** Orders in these statuses are not shipped any more. */
const UNPAID: readonly OrderStatus[] = ['DRAFT', 'PENDING_PAYMENT'];
const ENDED: readonly OrderStatus[] = ['CANCELLED', 'EXPIRED', 'REFUNDED'];

/** Placed orders that were shipped or will be. */
export const isOnItsWay = (status: OrderStatus): boolean =>
  !UNPAID.includes(status) && !ENDED.includes(status);

interface Shipping {
  status: OrderStatus;
  fulfillmentStatus: FulfillmentStatus;
  staffActions?: readonly OrderAction[] | null;
  /** The lines, where they were read: needed to see that every unit was cancelled before shipping. */
  lines?: readonly { quantity: number; cancelledQuantity: number }[];
}

/**
 * What is left to ship of an order, as a tone and the message key below `fulfillmentStatus`. Amber exactly while the
 * server allows shipping: units that are refunded, backordered or disputed cannot be shipped.
 */
export function shippingOf(order: Shipping): { tone: Tone; word: string } {
  const { status, fulfillmentStatus, staffActions, lines } = order;
  if (fulfillmentStatus === 'FULFILLED') return { tone: 'good', word: fulfillmentStatus };
  if (staffActions?.includes('SHIP')) return { tone: 'wait', word: fulfillmentStatus };
  if (fulfillmentStatus === 'PARTIALLY_FULFILLED') return { tone: 'busy', word: fulfillmentStatus };
  if (UNPAID.includes(status)) return { tone: 'quiet', word: 'AFTER_PAYMENT' };
  const isGivenUp = lines?.every((line) => line.quantity <= line.cancelledQuantity) ?? false;
  if (ENDED.includes(status) || isGivenUp) return { tone: 'quiet', word: 'NOTHING' };
  return { tone: 'quiet', word: staffActions ? 'ON_HOLD' : fulfillmentStatus };
}

export const SHIPMENT_TONES: Record<ShipmentStatus, Tone> = {
  SHIPPED: 'busy',
  DELIVERED: 'good',
  RETURNED: 'bad',
};

export const ATTEMPT_TONES: Record<PaymentStatus, Tone> = {
  CREATING: 'busy',
  PENDING: 'wait',
  PROCESSING: 'busy',
  AUTHORIZED: 'busy',
  CAPTURED: 'good',
  CANCELLED: 'quiet',
};

export const REFUND_TONES: Record<RefundStatus, Tone> = {
  REQUESTED: 'busy',
  PENDING: 'busy',
  SUCCEEDED: 'good',
  FAILED: 'bad',
  CANCELLED: 'quiet',
};

export const RETURN_TONES: Record<ReturnStatus, Tone> = {
  REQUESTED: 'wait',
  APPROVED: 'busy',
  REJECTED: 'quiet',
  CANCELLED: 'quiet',
  RECEIVED: 'wait',
  REFUNDED: 'good',
  EXCHANGED: 'good',
};

export const EDIT_TONES: Record<OrderEditStatus, Tone> = {
  AWAITING_PAYMENT: 'busy',
  APPLIED: 'good',
  CANCELLED: 'quiet',
  EXPIRED: 'quiet',
};

export const ORDER_STATUSES = Object.keys(ORDER_TONES) as OrderStatus[];
export const PAYMENT_STATUSES = Object.keys(PAYMENT_TONES) as OrderPaymentStatus[];
export const FULFILLMENT_STATUSES = everyValueOf<FulfillmentStatus>({
  UNFULFILLED: true,
  PARTIALLY_FULFILLED: true,
  FULFILLED: true,
});
