import { registerEnumType } from 'type-graphql';

export enum OrderStatus {
  DRAFT = 'DRAFT',
  PENDING_PAYMENT = 'PENDING_PAYMENT',
  PLACED = 'PLACED',
  PAID = 'PAID',
  FULFILLED = 'FULFILLED',
  COMPLETED = 'COMPLETED',
  CANCELLED = 'CANCELLED',
  EXPIRED = 'EXPIRED',
  REFUNDED = 'REFUNDED',
  REVIEW = 'REVIEW',
}
registerEnumType(OrderStatus, {
  name: 'OrderStatus',
  description: 'The life of an order.',
  valuesConfig: {
    DRAFT: { description: 'Being put together by staff.' },
    PENDING_PAYMENT: { description: 'Stock is held while the buyer pays.' },
    PLACED: {
      description:
        'Agreed and to be shipped; the money comes later (cash on delivery, or reserved on the card).',
    },
    PAID: { description: 'Paid and placed: to be shipped.' },
    FULFILLED: { description: 'Everything is on its way.' },
    COMPLETED: { description: 'Delivered; nothing is left to do.' },
    CANCELLED: { description: 'Given up; what was paid goes back.' },
    EXPIRED: { description: 'Not paid in time; the stock was given back.' },
    REFUNDED: { description: 'All the money went back.' },
    REVIEW: { description: 'A person must decide: the payment does not fit the order.' },
  },
});

export enum OrderPaymentStatus {
  PENDING = 'PENDING',
  PROCESSING = 'PROCESSING',
  AUTHORIZED = 'AUTHORIZED',
  PAID = 'PAID',
  PARTIALLY_REFUNDED = 'PARTIALLY_REFUNDED',
  REFUNDED = 'REFUNDED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(OrderPaymentStatus, {
  name: 'OrderPaymentStatus',
  description: 'Where the money of an order is.',
  valuesConfig: {
    PENDING: { description: 'Not paid yet.' },
    PROCESSING: { description: 'The provider has not decided yet.' },
    AUTHORIZED: { description: 'Reserved on the card.' },
    PAID: { description: 'Here.' },
    PARTIALLY_REFUNDED: { description: 'Some of it went back.' },
    REFUNDED: { description: 'All of it went back.' },
    CANCELLED: { description: 'Will not come.' },
  },
});

export enum FulfillmentStatus {
  UNFULFILLED = 'UNFULFILLED',
  PARTIALLY_FULFILLED = 'PARTIALLY_FULFILLED',
  FULFILLED = 'FULFILLED',
}
registerEnumType(FulfillmentStatus, {
  name: 'FulfillmentStatus',
  description: 'How much of an order has left the shop.',
  valuesConfig: {
    UNFULFILLED: { description: 'Nothing.' },
    PARTIALLY_FULFILLED: { description: 'A part.' },
    FULFILLED: { description: 'Everything.' },
  },
});

/** Every allowed transition of an order. Any other one fails with ILLEGAL_TRANSITION. */
const MOVES: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  [OrderStatus.DRAFT]: [
    OrderStatus.PENDING_PAYMENT,
    OrderStatus.PLACED,
    OrderStatus.PAID,
    OrderStatus.CANCELLED,
  ],
  [OrderStatus.PENDING_PAYMENT]: [
    OrderStatus.PLACED,
    OrderStatus.PAID,
    OrderStatus.CANCELLED,
    OrderStatus.EXPIRED,
    OrderStatus.REVIEW,
  ],
  [OrderStatus.PLACED]: [OrderStatus.PAID, OrderStatus.FULFILLED, OrderStatus.CANCELLED, OrderStatus.REVIEW],
  [OrderStatus.PAID]: [OrderStatus.FULFILLED, OrderStatus.CANCELLED, OrderStatus.REFUNDED],
  // A payment after the goods were shipped changes the payment status only. CANCELLED: the order was not paid, and
  // all its shipments came back.
  [OrderStatus.FULFILLED]: [OrderStatus.COMPLETED, OrderStatus.CANCELLED, OrderStatus.REFUNDED],
  [OrderStatus.COMPLETED]: [OrderStatus.CANCELLED, OrderStatus.REFUNDED],
  [OrderStatus.CANCELLED]: [],
  // A late payment, while the goods are still in stock.
  [OrderStatus.EXPIRED]: [OrderStatus.PAID, OrderStatus.PLACED, OrderStatus.REVIEW],
  [OrderStatus.REFUNDED]: [],
  [OrderStatus.REVIEW]: [OrderStatus.PAID, OrderStatus.PLACED, OrderStatus.CANCELLED],
};

export function isTransitionAllowed(from: OrderStatus, to: OrderStatus): boolean {
  return MOVES[from].includes(to);
}

/*
 * What several statements and services ask of an order's status; statements take these by `sqlList`.
 */
/** The order was placed, and neither cancelled nor refunded. */
export const PLACED_STATUSES: readonly OrderStatus[] = [
  OrderStatus.PLACED,
  OrderStatus.PAID,
  OrderStatus.FULFILLED,
  OrderStatus.COMPLETED,
];
/** The order uses up its cart: it is being paid, or placed. */
export const LIVE_STATUSES: readonly OrderStatus[] = [OrderStatus.PENDING_PAYMENT, ...PLACED_STATUSES];
/** The order came to nothing; an exchange gives its credit back then, and never gets out of these statuses. */
export const ENDED_UNPAID: readonly OrderStatus[] = [OrderStatus.CANCELLED, OrderStatus.EXPIRED];
/** Nothing of the order was shipped yet: staff may change its lines. */
export const EDITABLE_STATUSES: readonly OrderStatus[] = [OrderStatus.PLACED, OrderStatus.PAID];
/** Statuses of a placed order whose payment may still come. */
export const PLACED_UNPAID: readonly OrderStatus[] = [
  OrderStatus.PLACED,
  OrderStatus.FULFILLED,
  OrderStatus.COMPLETED,
];

// Payment, expiry, refund and cancelling have their own services; only these two are set by staff directly.
const BY_HAND: readonly OrderStatus[] = [OrderStatus.FULFILLED, OrderStatus.COMPLETED];

/** What staff may set by `orderStatusUpdate`. */
export function movesByHand(from: OrderStatus): OrderStatus[] {
  return BY_HAND.filter((to) => isTransitionAllowed(from, to));
}

/** The fulfillment status that follows from the lines. */
export function fulfillmentOf(lines: readonly { quantity: number; fulfilled: number }[]): FulfillmentStatus {
  if (lines.every((line) => line.fulfilled === line.quantity)) return FulfillmentStatus.FULFILLED;
  return lines.some((line) => line.fulfilled > 0)
    ? FulfillmentStatus.PARTIALLY_FULFILLED
    : FulfillmentStatus.UNFULFILLED;
}
