import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Derived, GlobalId } from '../../platform/graphql/derived.js';
import { Money } from '../../platform/graphql/money.type.js';
import { Node } from '../../platform/graphql/node.type.js';
import { Url } from '../../platform/graphql/scalars.js';
import { OrderStatus } from './order-states.js';
import type { OrderEventRow } from './order.loaders.js';

export enum ShipmentStatus {
  SHIPPED = 'SHIPPED',
  DELIVERED = 'DELIVERED',
  RETURNED = 'RETURNED',
}
registerEnumType(ShipmentStatus, {
  name: 'ShipmentStatus',
  description: 'Where a parcel is.',
  valuesConfig: {
    SHIPPED: { description: 'On its way.' },
    DELIVERED: { description: 'With the buyer.' },
    RETURNED: { description: 'Came back.' },
  },
});

@ObjectType({ implements: Node, description: 'A parcel with lines of an order.', simpleResolvers: true })
export class Shipment {
  @GlobalId('ship')
  readonly id!: string;

  @Field(() => ShipmentStatus, { description: 'Where it is.' })
  status!: ShipmentStatus;

  @Field(() => String, { nullable: true, description: 'Who carries it; null when not told.' })
  carrier!: string | null;

  @Field(() => String, { nullable: true, description: "The carrier's number; null when not told." })
  trackingNumber!: string | null;

  @Field(() => Url, { nullable: true, description: 'Where to follow it; null when not told.' })
  trackingUrl!: string | null;

  @Field(() => Date, { description: 'When it left.' })
  shippedAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it arrived; null until then.' })
  deliveredAt!: Date | null;
}

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
}
registerEnumType(OrderEventKind, {
  name: 'OrderEventKind',
  description: 'What happened to an order.',
  valuesConfig: {
    CREATED: { description: 'The buyer pressed pay.' },
    PAID: { description: 'The payment came in.' },
    PAYMENT_FAILED: { description: 'A payment was declined; another try is possible.' },
    SHIPPED: { description: 'A parcel left.' },
    DELIVERED: { description: 'A parcel arrived.' },
    CANCELLED: { description: 'Given up.' },
    EXPIRED: { description: 'Not paid in time.' },
    REFUNDED: { description: 'Money went back.' },
    REVIEW: { description: 'A person must decide.' },
    STATUS_CHANGED: { description: 'Something else changed.' },
    MAIL_SENT: { description: 'A mail went to the buyer.' },
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

  @Field(() => String, { nullable: true, description: "The parcel's tracking number." })
  trackingNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'Who carries the parcel.' })
  carrier?: string | null;

  @Field(() => Money, { nullable: true, description: 'The amount paid or sent back.' })
  amount?: object | null;

  @Field(() => String, {
    nullable: true,
    description: 'Which mail was sent: order-confirmation or order-shipped.',
  })
  mail?: string;

  @Field(() => String, { nullable: true, description: 'Why the payment failed.' })
  failureCode?: string | null;
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
    }),
    { description: 'Details.' },
  )
  data!: never;
}
