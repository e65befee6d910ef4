import { registerEnumType } from 'type-graphql';
import { isSentUnpaid } from './goods-at-home.js';
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
  },
});

/** What decides about the actions of an order. */
export interface ActionFacts {
  readonly status: OrderStatus;
  readonly paymentStatus: OrderPaymentStatus;
  readonly fulfillmentStatus: FulfillmentStatus;
  /** The way to pay that is open now: by card, or by somebody's word; null when nothing is open. */
  readonly openPayment: 'CARD' | 'OFFLINE' | null;
  /** An edit waits for its difference. */
  readonly hasOpenEdit: boolean;
  readonly hasInvoice: boolean;
  readonly isDisputed: boolean;
  readonly refundable: number;
  /** Units that may leave now: neither shipped nor given up nor still to come. */
  readonly shippable: number;
  /** Units that may still be sent back. */
  readonly returnable: number;
  /** A parcel of it is on its way, or with its buyer. */
  readonly hasParcelOut: boolean;
}

type Rule = (facts: ActionFacts) => boolean;

const { DRAFT, PENDING_PAYMENT, PLACED, PAID, FULFILLED, COMPLETED, REVIEW, REFUNDED } = OrderStatus;

const isIn =
  (...statuses: OrderStatus[]): Rule =>
  ({ status }) =>
    statuses.includes(status);
const isUntouched: Rule = (facts) => facts.fulfillmentStatus === FulfillmentStatus.UNFULFILLED;
const isUndecided: Rule = (facts) => facts.paymentStatus === OrderPaymentStatus.PROCESSING;
const all =
  (...rules: Rule[]): Rule =>
  (facts) =>
    rules.every((rule) => rule(facts));
const any =
  (...rules: Rule[]): Rule =>
  (facts) =>
    rules.some((rule) => rule(facts));
const not =
  (rule: Rule): Rule =>
  (facts) =>
    !rule(facts);
// Reserved money is taken before the goods leave: it may lapse while the parcel is on its way.
const isReserved: Rule = (facts) => facts.paymentStatus === OrderPaymentStatus.AUTHORIZED;
const isDisputed: Rule = (facts) => facts.isDisputed;
const hasOpenEdit: Rule = (facts) => facts.hasOpenEdit;
const paysBy =
  (way: ActionFacts['openPayment']): Rule =>
  (facts) =>
    facts.openPayment === way;

const isCancellable = any(
  all(isIn(PENDING_PAYMENT), not(isUndecided)),
  all(isIn(PLACED, PAID), isUntouched, not(isDisputed)),
);

// Refused at the door: no money came, and the goods are back.
const hasComeBack: Rule = (facts) => isSentUnpaid(facts) && !facts.hasParcelOut;
// The money went back without a word about the goods, at the provider's dashboard or as a plain amount.
const keepsGoods: Rule = all(isIn(REFUNDED), (facts) => facts.shippable > 0);

/** What its buyer may do, in the order in which a page offers it. */
const BUYER: readonly (readonly [OrderAction, Rule])[] = [
  [OrderAction.PAY, all(paysBy('CARD'), not(isUndecided), any(isIn(PENDING_PAYMENT), hasOpenEdit))],
  [OrderAction.CANCEL, isCancellable],
  [OrderAction.RETURN, (facts) => facts.returnable > 0],
  [OrderAction.INVOICE, (facts) => facts.hasInvoice],
];

/** What staff may do. */
const STAFF: readonly (readonly [OrderAction, Rule])[] = [
  [
    OrderAction.SHIP,
    all(isIn(PLACED, PAID), (facts) => facts.shippable > 0, not(isDisputed), not(isReserved)),
  ],
  [OrderAction.CAPTURE, isReserved],
  [OrderAction.MARK_RECEIVED, all(paysBy('OFFLINE'), isIn(PENDING_PAYMENT, PLACED, FULFILLED, COMPLETED))],
  [OrderAction.SEND_LINK, isIn(DRAFT)],
  [OrderAction.MARK_PAID, isIn(DRAFT)],
  [
    OrderAction.EDIT,
    any(isIn(DRAFT), all(isIn(PLACED, PAID), not(hasOpenEdit), not(isReserved), not(isDisputed))),
  ],
  [OrderAction.REFUND, all((facts) => facts.refundable > 0, not(isDisputed))],
  [
    OrderAction.CANCEL,
    any(isCancellable, isIn(DRAFT), all(isIn(REVIEW), not(isDisputed)), hasComeBack, keepsGoods),
  ],
];

export function buyerActions(facts: ActionFacts): OrderAction[] {
  return BUYER.filter(([, rule]) => rule(facts)).map(([action]) => action);
}

export function staffActions(facts: ActionFacts): OrderAction[] {
  return STAFF.filter(([, rule]) => rule(facts)).map(([action]) => action);
}
