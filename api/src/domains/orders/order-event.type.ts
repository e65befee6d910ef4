import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Derived, GlobalId } from '../../platform/graphql/derived.js';
import { Money } from '../../platform/graphql/money.type.js';
import { OrderStatus } from './order-states.js';
import type { OrderEventRow } from './order.loaders.js';

export enum OrderEventKind {
  CREATED = 'CREATED',
  PAID = 'PAID',
  PAYMENT_FAILED = 'PAYMENT_FAILED',
  SHIPPED = 'SHIPPED',
  DELIVERED = 'DELIVERED',
  CANCELLED = 'CANCELLED',
  EXPIRED = 'EXPIRED',
  REFUNDED = 'REFUNDED',
  REVIEW = 'REVIEW',
  STATUS_CHANGED = 'STATUS_CHANGED',
  MAIL_SENT = 'MAIL_SENT',
  PLACED = 'PLACED',
  PAYMENT_AUTHORIZED = 'PAYMENT_AUTHORIZED',
  CAPTURED = 'CAPTURED',
  REFUND_REQUESTED = 'REFUND_REQUESTED',
  REFUND_FAILED = 'REFUND_FAILED',
  RETURN_REQUESTED = 'RETURN_REQUESTED',
  RETURN_APPROVED = 'RETURN_APPROVED',
  RETURN_REJECTED = 'RETURN_REJECTED',
  RETURN_CANCELLED = 'RETURN_CANCELLED',
  RETURN_RECEIVED = 'RETURN_RECEIVED',
  RETURN_REFUNDED = 'RETURN_REFUNDED',
  RETURN_EXCHANGED = 'RETURN_EXCHANGED',
  EDITED = 'EDITED',
  EDIT_PROPOSED = 'EDIT_PROPOSED',
  EDIT_DROPPED = 'EDIT_DROPPED',
  DISPUTED = 'DISPUTED',
  DISPUTE_CLOSED = 'DISPUTE_CLOSED',
  INVOICED = 'INVOICED',
  CREDITED = 'CREDITED',
  LINK_SENT = 'LINK_SENT',
  NOTE = 'NOTE',
  BUYER_BLOCKED = 'BUYER_BLOCKED',
  BLOCK_LIFTED = 'BLOCK_LIFTED',
}

/** Kinds that are hidden from the buyer of the order. */
export const STAFF_ONLY_EVENTS: ReadonlySet<string> = new Set([
  OrderEventKind.BUYER_BLOCKED,
  OrderEventKind.BLOCK_LIFTED,
]);
registerEnumType(OrderEventKind, {
  name: 'OrderEventKind',
  description: 'What happened to an order.',
  valuesConfig: {
    CREATED: { description: 'The buyer pressed pay.' },
    PAID: { description: 'The payment came in.' },
    PAYMENT_FAILED: { description: 'A payment was declined; another try is possible.' },
    SHIPPED: { description: 'A shipment left.' },
    DELIVERED: { description: 'A shipment arrived.' },
    CANCELLED: { description: 'Given up.' },
    EXPIRED: { description: 'Not paid in time.' },
    REFUNDED: { description: 'Money went back.' },
    REVIEW: { description: 'A person must decide.' },
    STATUS_CHANGED: { description: 'Something else changed.' },
    MAIL_SENT: { description: 'A mail went to the buyer.' },
    PLACED: { description: 'Agreed and to be shipped; the money comes later.' },
    PAYMENT_AUTHORIZED: { description: 'The amount is reserved on the card.' },
    CAPTURED: { description: 'The reserved amount was taken.' },
    REFUND_REQUESTED: { description: 'Money is to go back.' },
    REFUND_FAILED: { description: 'Money could not go back.' },
    RETURN_REQUESTED: { description: 'The buyer wants to send something back.' },
    RETURN_APPROVED: { description: 'The shop agreed that it is sent back.' },
    RETURN_REJECTED: { description: 'The shop did not agree that it is sent back.' },
    RETURN_CANCELLED: { description: 'The buyer keeps it after all.' },
    RETURN_RECEIVED: { description: 'What was sent back arrived.' },
    RETURN_REFUNDED: { description: 'Money goes back for what arrived.' },
    RETURN_EXCHANGED: { description: 'Other goods go out for what arrived.' },
    EDITED: { description: 'Lines were changed after the sale.' },
    EDIT_PROPOSED: { description: 'Lines will change once the difference is paid.' },
    EDIT_DROPPED: { description: 'A proposed change was given up.' },
    DISPUTED: { description: 'The buyer asked the bank for the money back.' },
    DISPUTE_CLOSED: { description: 'The bank decided.' },
    INVOICED: { description: 'An invoice was issued.' },
    CREDITED: { description: 'A credit note was issued.' },
    LINK_SENT: { description: 'The buyer was sent a link to pay.' },
    NOTE: { description: 'Staff wrote something down.' },
    BUYER_BLOCKED: { description: 'Staff keeps the buyer from ordering for a while. Shown to staff only.' },
    BLOCK_LIFTED: { description: 'Staff lets the buyer order again. Shown to staff only.' },
  },
});

export enum ActorKind {
  CUSTOMER = 'CUSTOMER',
  STAFF = 'STAFF',
  SYSTEM = 'SYSTEM',
}
registerEnumType(ActorKind, {
  name: 'ActorKind',
  description: 'Who did something.',
  valuesConfig: {
    CUSTOMER: { description: 'The buyer.' },
    STAFF: { description: 'A member of staff.' },
    SYSTEM: { description: 'The shop by itself.' },
  },
});

@ObjectType({
  description: 'What an event tells besides its kind. Only the fields that fit the kind are set.',
  simpleResolvers: true,
})
export class OrderEventData {
  @Field(() => OrderStatus, { nullable: true, description: 'Status before.' })
  fromStatus?: OrderStatus;

  @Field(() => OrderStatus, { nullable: true, description: 'Status after.' })
  toStatus?: OrderStatus;

  @Field(() => String, { nullable: true, description: "The shipment's tracking number." })
  trackingNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'Who carries the shipment.' })
  carrier?: string | null;

  @Field(() => Money, { nullable: true, description: 'The amount paid or sent back.' })
  amount?: object | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Which mail was sent, by the name of its template: order-confirmation, payment-link, refund-made.',
  })
  mail?: string;

  @Field(() => String, { nullable: true, description: 'The number of the invoice or credit note.' })
  document?: string;

  @Field(() => String, { nullable: true, description: 'Why the payment failed.' })
  failureCode?: string | null;

  @Field(() => String, { nullable: true, description: 'The number of the return.' })
  returnNumber?: string;

  @Field(() => String, {
    nullable: true,
    description: 'By what the buyer is recognized who was blocked: EMAIL, PHONE or NETWORK.',
  })
  blockKind?: string;

  @Field(() => Date, { nullable: true, description: 'Until when the buyer was blocked.' })
  until?: Date | null;
}

@ObjectType({ description: 'An entry of the timeline.', simpleResolvers: true })
export class OrderEvent {
  @GlobalId('evt')
  readonly id!: string;

  @Field(() => OrderEventKind, { description: 'What happened.' })
  kind!: OrderEventKind;

  @Field(() => Date, { description: 'When.' })
  at!: Date;

  @Field(() => ActorKind, { description: 'Who did it.' })
  actorKind!: ActorKind;

  @Derived<OrderEventRow>(
    () => String,
    (event, { viewer }) => (viewer && viewer.permissions.size > 0 ? event.actorName : null),
    { nullable: true, description: 'The member of staff by name, shown to staff; null otherwise.' },
  )
  actorName!: never;

  @Derived<OrderEventRow>(
    () => OrderEventData,
    ({ data, currency }) => ({
      ...data,
      amount: data.amount === undefined ? null : { amount: data.amount, currency },
      until: data.until === undefined ? null : new Date(data.until),
    }),
    { description: 'Details.' },
  )
  data!: never;
}
