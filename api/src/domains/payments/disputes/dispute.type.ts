import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { ConnectionOf } from '../../../platform/graphql/connection.js';
import { GlobalId, MoneyField } from '../../../platform/graphql/derived.js';
import { Node } from '../../../platform/graphql/node.type.js';

export enum DisputeStatus {
  NEEDS_RESPONSE = 'NEEDS_RESPONSE',
  UNDER_REVIEW = 'UNDER_REVIEW',
  WON = 'WON',
  LOST = 'LOST',
}
registerEnumType(DisputeStatus, {
  name: 'DisputeStatus',
  description: 'Where a dispute stands. Until it is decided nothing is refunded or shipped.',
  valuesConfig: {
    NEEDS_RESPONSE: { description: "The shop may answer, at the provider's dashboard." },
    UNDER_REVIEW: { description: 'The bank is deciding.' },
    WON: { description: 'The money stays with the shop.' },
    LOST: { description: 'The bank took the money back. It counts as no refund.' },
  },
});

@ObjectType({
  implements: Node,
  description: 'A buyer asked their bank for the money back.',
  simpleResolvers: true,
})
export class Dispute {
  @GlobalId('disp')
  readonly id!: string;

  @MoneyField({ description: 'How much of the payment it is about.' })
  amount!: never;

  @Field(() => String, { description: "The bank's word for it: `fraudulent`, `product_not_received`." })
  reason!: string;

  @Field(() => DisputeStatus, { description: 'Where it stands.' })
  status!: string;

  @Field(() => Date, {
    nullable: true,
    description: 'Until when the shop may answer; null when it cannot (any more).',
  })
  evidenceDueAt!: Date | null;

  @Field(() => String, { description: "The provider's id of it, for its dashboard." })
  providerReference!: string;

  @Field(() => Date, { description: 'When the shop learned of it.' })
  createdAt!: Date;

  @Field(() => Date, { description: 'When it last changed.' })
  updatedAt!: Date;
}

@ObjectType({ description: 'A page of disputes.', simpleResolvers: true })
export class DisputeConnection extends ConnectionOf(Dispute, 'Dispute') {}
