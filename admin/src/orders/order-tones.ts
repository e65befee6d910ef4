import type {
  FulfilmentStatus,
  OrderEditState,
  OrderPaymentStatus,
  OrderStatus,
  PaymentState,
  RefundState,
  ReturnState,
  ShipmentStatus,
} from '../generated/orders/graphql';
import type { Tone } from '../ui/StatusDot.vue';

// `wait` is what the shop has to act on, `busy` what moves by itself. An order that is paid is no work in itself: what
// is left to do with it stands under shipping, so that amber is found in one column and means one thing.
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

export const FULFILMENT_TONES: Record<FulfilmentStatus, Tone> = {
  UNFULFILLED: 'wait',
  PARTIALLY_FULFILLED: 'busy',
  FULFILLED: 'good',
};

const TO_SHIP: readonly OrderStatus[] = ['PLACED', 'PAID'];

/** Nothing has to be shipped for an order that is not paid yet or never will be. */
export const fulfilmentTone = (order: { status: OrderStatus; fulfilmentStatus: FulfilmentStatus }): Tone =>
  order.fulfilmentStatus === 'UNFULFILLED' && !TO_SHIP.includes(order.status)
    ? 'quiet'
    : FULFILMENT_TONES[order.fulfilmentStatus];

export const SHIPMENT_TONES: Record<ShipmentStatus, Tone> = {
  SHIPPED: 'busy',
  DELIVERED: 'good',
  RETURNED: 'bad',
};

export const ATTEMPT_TONES: Record<PaymentState, Tone> = {
  CREATING: 'busy',
  PENDING: 'wait',
  PROCESSING: 'busy',
  AUTHORIZED: 'busy',
  CAPTURED: 'good',
  CANCELLED: 'quiet',
};

export const REFUND_TONES: Record<RefundState, Tone> = {
  REQUESTED: 'busy',
  PENDING: 'busy',
  SUCCEEDED: 'good',
  FAILED: 'bad',
  CANCELED: 'quiet',
};

export const RETURN_TONES: Record<ReturnState, Tone> = {
  REQUESTED: 'wait',
  APPROVED: 'busy',
  REJECTED: 'quiet',
  CANCELLED: 'quiet',
  RECEIVED: 'wait',
  REFUNDED: 'good',
  EXCHANGED: 'good',
};

export const EDIT_TONES: Record<OrderEditState, Tone> = {
  AWAITING_PAYMENT: 'busy',
  APPLIED: 'good',
  CANCELLED: 'quiet',
  EXPIRED: 'quiet',
};

export const ORDER_STATUSES = Object.keys(ORDER_TONES) as OrderStatus[];
export const PAYMENT_STATUSES = Object.keys(PAYMENT_TONES) as OrderPaymentStatus[];
export const FULFILMENT_STATUSES = Object.keys(FULFILMENT_TONES) as FulfilmentStatus[];
