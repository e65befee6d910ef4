import { registerEnumType } from 'type-graphql';
import { isSentUnpaid } from './fulfillment/goods-at-home.js';
import { FulfillmentStatus, OrderPaymentStatus, OrderStatus } from './order-states.js';

export enum OrderAction {
  PAY = 'PAY',
  CANCEL = 'CANCEL',
  RETURN = 'RETURN',
  INVOICE = 'INVOICE',
  SHIP = 'SHIP',
  REFUND = 'REFUND',
  CAPTURE = 'CAPTURE',
  MARK_RECEIVED = 'MARK_RECEIVED',
  EDIT = 'EDIT',
  SEND_LINK = 'SEND_LINK',
  MARK_PAID = 'MARK_PAID',
  ACCEPT_PAYMENT = 'ACCEPT_PAYMENT',
}
registerEnumType(OrderAction, {
  name: 'OrderAction',
  description: 'What may be done with an order now. The mutations check again under the lock.',
  valuesConfig: {
    PAY: { description: 'Pay for it, or for the difference of a change.' },
    CANCEL: {
      description:
        'Cancel it; what was paid goes back. Of an order whose money went back already: give up what never left.',
    },
    RETURN: { description: 'Ask to send something back.' },
    INVOICE: { description: 'Read its invoice.' },
    SHIP: { description: 'Send a shipment.' },
    REFUND: { description: 'Give money back.' },
    CAPTURE: { description: 'Take the money that is reserved on the card.' },
    MARK_RECEIVED: { description: 'Note that money came by courier, by bank or otherwise.' },
    EDIT: { description: 'Change its lines.' },
    SEND_LINK: { description: 'Send the buyer a link to pay.' },
    MARK_PAID: { description: 'Note that a draft was paid.' },
    ACCEPT_PAYMENT: { description: 'Accept the amount that came in as the price, and place it.' },
  },
});

/** The state that decides which actions an order allows. */
export interface OrderSituation {
  readonly status: OrderStatus;
  readonly paymentStatus: OrderPaymentStatus;
  readonly fulfillmentStatus: FulfillmentStatus;
  /** The method of the open payment: by card, or confirmed by staff; null when no payment is open. */
  readonly openPayment: 'CARD' | 'OFFLINE' | null;
  /** An edit awaits the payment of its difference. */
  readonly hasOpenEdit: boolean;
  readonly hasInvoice: boolean;
  readonly isDisputed: boolean;
  readonly refundable: number;
  /** Units that may be shipped now: neither shipped nor cancelled nor back-ordered. */
  readonly shippable: number;
  /** Units that may still be sent back. */
  readonly returnable: number;
  /** `paymentAccept` may place it with the money that came in. */
  readonly hasAcceptablePayment: boolean;
  /** A shipment of the order is on its way, or with the buyer. */
  readonly hasShipmentOut: boolean;
}

type Rule = (details: OrderSituation) => boolean;

const { DRAFT, PENDING_PAYMENT, PLACED, PAID, FULFILLED, COMPLETED, REVIEW, REFUNDED } = OrderStatus;

const isIn =
  (...statuses: OrderStatus[]): Rule =>
  ({ status }) =>
    statuses.includes(status);
const isUntouched: Rule = (details) => details.fulfillmentStatus === FulfillmentStatus.UNFULFILLED;
const isUndecided: Rule = (details) => details.paymentStatus === OrderPaymentStatus.PROCESSING;
const all =
  (...rules: Rule[]): Rule =>
  (details) =>
    rules.every((rule) => rule(details));
const any =
  (...rules: Rule[]): Rule =>
  (details) =>
    rules.some((rule) => rule(details));
const not =
  (rule: Rule): Rule =>
  (details) =>
    !rule(details);
// An authorization is captured before the goods are shipped: it may lapse while the shipment is on its way.
const isReserved: Rule = (details) => details.paymentStatus === OrderPaymentStatus.AUTHORIZED;
const isDisputed: Rule = (details) => details.isDisputed;
const hasOpenEdit: Rule = (details) => details.hasOpenEdit;
const paysBy =
  (way: OrderSituation['openPayment']): Rule =>
  (details) =>
    details.openPayment === way;

const isCancellable = any(
  all(isIn(PENDING_PAYMENT), not(isUndecided)),
  all(isIn(PLACED, PAID), isUntouched, not(isDisputed)),
);

// The buyer refused the delivery: no payment came, and the goods are back.
const hasComeBack: Rule = (details) => isSentUnpaid(details) && !details.hasShipmentOut;
// The payment was refunded without naming units, at the provider's dashboard or as a plain amount.
const keepsGoods: Rule = all(isIn(REFUNDED), (details) => details.shippable > 0);

/** What the buyer may do, in the order in which a page offers it. */
const BUYER: readonly (readonly [OrderAction, Rule])[] = [
  [OrderAction.PAY, all(paysBy('CARD'), not(isUndecided), any(isIn(PENDING_PAYMENT), hasOpenEdit))],
  [OrderAction.CANCEL, isCancellable],
  [OrderAction.RETURN, (details) => details.returnable > 0],
  [OrderAction.INVOICE, (details) => details.hasInvoice],
];

/** What staff may do. */
const STAFF: readonly (readonly [OrderAction, Rule])[] = [
  [
    OrderAction.SHIP,
    all(isIn(PLACED, PAID), (details) => details.shippable > 0, not(isDisputed), not(isReserved)),
  ],
  [OrderAction.CAPTURE, isReserved],
  [OrderAction.MARK_RECEIVED, all(paysBy('OFFLINE'), isIn(PENDING_PAYMENT, PLACED, FULFILLED, COMPLETED))],
  [OrderAction.ACCEPT_PAYMENT, all(isIn(REVIEW), (details) => details.hasAcceptablePayment)],
  [OrderAction.SEND_LINK, isIn(DRAFT)],
  [OrderAction.MARK_PAID, isIn(DRAFT)],
  [
    OrderAction.EDIT,
    any(isIn(DRAFT), all(isIn(PLACED, PAID), not(hasOpenEdit), not(isReserved), not(isDisputed))),
  ],
  [OrderAction.REFUND, all((details) => details.refundable > 0, not(isDisputed))],
  [
    OrderAction.CANCEL,
    any(isCancellable, isIn(DRAFT), all(isIn(REVIEW), not(isDisputed)), hasComeBack, keepsGoods),
  ],
];

export function buyerActions(details: OrderSituation): OrderAction[] {
  return BUYER.filter(([, rule]) => rule(details)).map(([action]) => action);
}

export function staffActions(details: OrderSituation): OrderAction[] {
  return STAFF.filter(([, rule]) => rule(details)).map(([action]) => action);
}
