import { Field, Int, ObjectType } from 'type-graphql';
import { Auth } from '../../platform/graphql/auth-directive.js';
import { ConnectionOf } from '../../platform/graphql/connection.js';
import { GlobalId } from '../../platform/graphql/derived.js';
import { Node } from '../../platform/graphql/node.type.js';
import { Payload } from '../../platform/graphql/payload.js';
import { Role } from '../../platform/graphql/roles.js';
import { Order } from '../orders/index.js';
import { ReturnReason } from './return-reason.js';
import { ReturnResolution, ReturnStatus } from './return-states.js';

@ObjectType({
  implements: Node,
  description: 'Goods that a buyer wants to send back.',
  simpleResolvers: true,
})
export class Return {
  @GlobalId('ret')
  readonly id!: string;

  @Field(() => String, { description: 'The number people use, such as R101. Gaps are normal.' })
  number!: string;

  @Field(() => ReturnStatus, { description: 'Where it stands.' })
  status!: ReturnStatus;

  @Field(() => ReturnResolution, { description: 'What the buyer wants for it.' })
  resolution!: ReturnResolution;

  @Field(() => ReturnReason, { description: 'Why.' })
  reason!: ReturnReason;

  @Field(() => String, { nullable: true, description: "The buyer's words; null for none." })
  comment!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The shop's words to the buyer, who sees them; null for none.",
  })
  noteToBuyer!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Counts every change; staff changes name the one they saw. Staff only.',
  })
  @Auth(Role.SUPPORT, 'ORDER_READ')
  version!: number;

  @Field(() => Date, { description: 'When the buyer asked.' })
  createdAt!: Date;

  @Field(() => Date, { description: 'When it last changed.' })
  updatedAt!: Date;
}

@ObjectType({ description: 'A page of returns.', simpleResolvers: true })
export class ReturnConnection extends ConnectionOf(Return, 'Return') {}

@ObjectType({ description: 'The return and its order after a change.', simpleResolvers: true })
export class ReturnPayload extends Payload {
  @Field(() => Return, {
    nullable: true,
    description: 'The return as it is now, also when refused; null when there is none.',
  })
  return!: object | null;

  @Field(() => Order, {
    nullable: true,
    description: 'The order as it is now, also when refused; null when there is none.',
  })
  order!: object | null;
}
