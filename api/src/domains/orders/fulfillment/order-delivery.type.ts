import { Field, ID, Int, ObjectType } from 'type-graphql';
import { globalId } from '../../../kernel/ids.js';
import { money } from '../../../kernel/money.js';
import { Derived } from '../../../platform/graphql/derived.js';
import { Money } from '../../../platform/graphql/money.type.js';
import { ShippingKind } from '../../shipping/index.js';
import type { OrderEntity } from '../order.entity.js';
import { daysOf, expectedDeliveryOf } from './delivery-days.js';
import { ExpectedDelivery } from './expected-delivery.js';

/** What an order says of its delivery. */
@ObjectType({ simpleResolvers: true })
export abstract class OrderDelivery {
  @Field(() => String, { description: 'The delivery that was chosen.' })
  shippingMethodName!: string;

  @Derived<OrderEntity>(() => ID, (o) => o.shippingMethodId && globalId('smth', o.shippingMethodId), {
    nullable: true,
    description: 'The delivery that was chosen, as drafts name it; null where none is recorded.',
  })
  shippingMethodId!: never;

  @Field(() => ShippingKind, {
    nullable: true,
    description:
      'How the goods reach the buyer, as it was agreed; null on orders of a time before it was kept.',
  })
  shippingKind!: ShippingKind | null;

  @Derived<OrderEntity>(
    () => Money,
    (o) => (o.cheapestShippingGross === null ? null : money(o.cheapestShippingGross, o.currency)),
    {
      nullable: true,
      description:
        'What the cheapest of the deliveries cost that were offered with the order, tax included: who withdraws from all of it gets so much of the delivery back. Null where it was not kept.',
    },
  )
  cheapestShipping!: never;

  @Derived<OrderEntity>(
    () => Int,
    async (o, context) => (await daysOf(o, context))?.estimatedDaysMin ?? null,
    {
      nullable: true,
      description: 'Working days that the delivery takes at the quickest; null when unknown.',
    },
  )
  estimatedDaysMin!: never;

  @Derived<OrderEntity>(
    () => Int,
    async (o, context) => (await daysOf(o, context))?.estimatedDaysMax ?? null,
    {
      nullable: true,
      description: 'Working days that the delivery takes at the slowest; null when unknown.',
    },
  )
  estimatedDaysMax!: never;

  @Derived<OrderEntity>(() => ExpectedDelivery, expectedDeliveryOf, {
    nullable: true,
    description:
      'When it is expected to arrive, in working days since it was placed; null before it is placed and after it has ended, while units are back-ordered, and for a delivery that names no days.',
  })
  expectedDelivery!: never;
}
