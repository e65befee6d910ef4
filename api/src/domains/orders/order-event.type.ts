import { Field, ObjectType } from 'type-graphql';
import { Derived, GlobalId } from '../../platform/graphql/derived.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { Money } from '../../platform/graphql/money.type.js';
import { ActorKind, OrderEventKind } from './order-event-kind.js';
import { OrderStatus } from './order-states.js';
import type { OrderEventRow } from './order.loaders.js';

@ObjectType({
  description: 'The details of an event besides its kind. Only the fields that fit the kind are set.',
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

  @Field(() => Money, {
    nullable: true,
    description: 'The price that was agreed, where staff accepted `amount` instead of it.',
  })
  agreedAmount?: object | null;

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

  @ListSize(5)
  @Field(() => [String], {
    nullable: true,
    description: 'Which keys of metadata, or declared fields, were written.',
  })
  names?: readonly string[];

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
      agreedAmount: data.agreedAmount === undefined ? null : { amount: data.agreedAmount, currency },
      until: data.until === undefined ? null : new Date(data.until),
    }),
    { description: 'Details.' },
  )
  data!: never;
}
