import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { globalId } from '../../../kernel/ids.js';
import { ConnectionOf } from '../../../platform/graphql/connection.js';
import { Derived, GlobalId } from '../../../platform/graphql/derived.js';
import { ActionPayload, Payload } from '../../../platform/graphql/payload.js';
import { Order } from '../../orders/index.js';
import { CheckoutBlockKind } from './checkout-block-kind.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';

export enum CheckoutBlockEnd {
  LIFTED = 'LIFTED',
  REPLACED = 'REPLACED',
  EXPIRED = 'EXPIRED',
}
registerEnumType(CheckoutBlockEnd, {
  name: 'CheckoutBlockEnd',
  description: 'How a block ended.',
  valuesConfig: {
    LIFTED: { description: 'Staff lifted it.' },
    REPLACED: { description: 'Staff blocked the same buyer again; the later block counts.' },
    EXPIRED: { description: 'Its days were over.' },
  },
});

@ObjectType({
  description: 'A buyer whom staff blocked from ordering, now or until lately.',
  simpleResolvers: true,
})
export class CheckoutBlock {
  @GlobalId('block')
  readonly id!: string;

  @Field(() => CheckoutBlockKind, { description: 'By what the buyer is recognized.' })
  readonly kind!: CheckoutBlockKind;

  @Field(() => String, {
    nullable: true,
    description:
      'The mailbox or the last digits of the phone number; null for a network, which is stored as a hash only.',
  })
  readonly contact!: string | null;

  @Derived<{ orderId: string | null }>(() => ID, ({ orderId }) => orderId && globalId('ord', orderId), {
    nullable: true,
    description: 'The order that gave the reason; null when it is gone.',
  })
  readonly orderId!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Number of the order that gave the reason; null when it is gone.',
  })
  readonly orderNumber!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why, in the words of whoever blocked; null when nothing was said.',
  })
  readonly reason!: string | null;

  @Field(() => String, { nullable: true, description: 'Who blocked; null when the account is gone.' })
  readonly createdBy!: string | null;

  @Field(() => Date, { description: 'Since when.' })
  readonly createdAt!: Date;

  @Field(() => Date, {
    description: 'Until when it was placed; after that the buyer may order again, unless it ended earlier.',
  })
  readonly expiresAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it ended; null while it is in force.' })
  readonly endedAt!: Date | null;

  @Field(() => CheckoutBlockEnd, {
    nullable: true,
    description: 'How it ended; null while it is in force.',
  })
  readonly endedHow!: CheckoutBlockEnd | null;

  @Field(() => String, {
    nullable: true,
    description: 'Who lifted or replaced it; null when it was neither, and when the account is gone.',
  })
  readonly endedBy!: string | null;
}

@ObjectType({ description: 'A page of blocks.', simpleResolvers: true })
export class CheckoutBlockConnection extends ConnectionOf(CheckoutBlock, 'CheckoutBlock') {}

@ObjectType({
  description:
    'What an unpaid order has in common with others that wait for their money: what `orderReleaseAndBlock` would release.',
  simpleResolvers: true,
})
export class UnpaidOrderRelations {
  @Field(() => Int, { description: 'Units that this order holds or took without being paid.' })
  readonly units!: number;

  @Field(() => Int, { description: 'Other unpaid orders with the same mailbox.' })
  readonly sameEmail!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Other unpaid orders with the same phone number; null when the order has none.',
  })
  readonly samePhone!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Other unpaid orders from the same network; null when its network is not known (drafts, old orders).',
  })
  readonly sameNetwork!: number | null;
}

@ObjectType({ description: 'That a block is lifted.', simpleResolvers: true })
export class CheckoutBlockRemovePayload extends ActionPayload {
  @Field(() => ID, {
    nullable: true,
    description: 'The block that is no longer in force; null when refused.',
  })
  deletedBlockId?: string | null;
}

@ObjectType({
  description: 'The order after its stock was released, with the blocks made.',
  simpleResolvers: true,
})
export class OrderReleaseAndBlockPayload extends Payload {
  @Field(() => Order, { nullable: true, description: 'The order; null when refused.' })
  order!: object | null;

  @ListSize(3)
  @Field(() => [CheckoutBlock], { description: 'The blocks that are in force now; empty when refused.' })
  blocks!: object[];

  @Field(() => Int, { description: 'How many unpaid orders were ended, this one included; 0 when refused.' })
  released!: number;

  @Field(() => Int, {
    description: 'How many could not be ended yet, because their payment is being decided; they end with it.',
  })
  undecided!: number;
}
