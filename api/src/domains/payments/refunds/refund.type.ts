import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Derived, GlobalId, MoneyField } from '../../../platform/graphql/derived.js';
import type { RefundEntity } from '../payment.entity.js';
import { RefundStatus } from './refund-state.js';

export enum RefundOrigin {
  SHOP = 'SHOP',
  PROVIDER = 'PROVIDER',
}
registerEnumType(RefundOrigin, {
  name: 'RefundOrigin',
  description: 'Where a refund was begun.',
  valuesConfig: {
    SHOP: { description: 'Here.' },
    PROVIDER: { description: "At the provider's own dashboard." },
  },
});

@ObjectType({ description: 'Money of one payment on its way back, for staff.', simpleResolvers: true })
export class Refund {
  @GlobalId('ref')
  readonly id!: string;

  @MoneyField({ description: 'How much.' })
  amount!: never;

  @Field(() => RefundStatus, { description: 'Where it stands; even SUCCEEDED may become FAILED days later.' })
  status!: string;

  @Field(() => RefundOrigin, { description: 'Where it was begun.' })
  origin!: string;

  @Field(() => String, { nullable: true, description: 'Why it failed or was not made; null otherwise.' })
  failureCode!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The provider's id of it; null while being sent, and for money given back by hand.",
  })
  providerReference!: string | null;

  @Derived<RefundEntity>(() => Boolean, ({ orderRefundId }) => orderRefundId !== null, {
    description:
      'Whether it carries out a decision that stands in `Order.refunds`; false for what the shop gave back by itself and for what was given back at the provider.',
  })
  isDecided!: never;

  @Field(() => Date, { description: 'When it was begun.' })
  createdAt!: Date;

  @Field(() => Date, { description: 'When it last changed.' })
  updatedAt!: Date;
}
