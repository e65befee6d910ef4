import { Field, Int, ObjectType } from 'type-graphql';
import { Auth } from '../../platform/graphql/auth-directive.js';
import { ConnectionOf } from '../../platform/graphql/connection.js';
import { Derived, GlobalId } from '../../platform/graphql/derived.js';
import { Node } from '../../platform/graphql/node.type.js';
import { Payload } from '../../platform/graphql/payload.js';
import { Permission, Role } from '../../platform/graphql/roles.js';
import { Url } from '../../platform/graphql/scalars.js';
import { ImageFailure, ImageStatus } from '../catalog/index.js';
import { Order } from '../orders/index.js';
import { photoLinks } from './photo-links.js';
import type { ReturnPhotoRow } from './return.loaders.js';
import { ReturnReason, ReturnResolution, ReturnStatus } from './return-states.js';

@ObjectType({ description: 'Units of a line that are sent back.', simpleResolvers: true })
export class ReturnLine {
  @GlobalId('rline')
  readonly id!: string;

  @Field(() => Int, { description: 'How many the buyer wants to send.' })
  quantity!: number;

  @Field(() => Int, { description: 'How many arrived.' })
  received!: number;

  @Field(() => Int, { description: 'How many of those went back in stock.' })
  restocked!: number;
}

@ObjectType({
  description:
    'An image of what is wrong. Not under /media: only its address, which is soon out of date, opens it.',
  simpleResolvers: true,
})
export class ReturnPhoto {
  @GlobalId('rpic')
  readonly id!: string;

  @Derived<ReturnPhotoRow>(() => Url, (photo, context) => photoLinks.of(context).url(photo.id), {
    description:
      'A signed address that is good for about an hour; ask again for a fresh one. Answers 404 until the status is READY.',
  })
  url!: never;

  @Field(() => ImageStatus, {
    description: 'How far the image is, which a job makes from what the buyer sent.',
  })
  status!: ImageStatus;

  @Field(() => ImageFailure, {
    nullable: true,
    description: 'Why the image could not be made; null unless the status is FAILED.',
  })
  failure!: ImageFailure | null;

  @Field(() => Int, { description: 'Width in pixels.' })
  width!: number;

  @Field(() => Int, { description: 'Height in pixels.' })
  height!: number;
}

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

  @Field(() => String, { nullable: true, description: "The shop's words to the buyer; null for none." })
  staffNote!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Counts every change; staff changes name the one they saw. Staff only.',
  })
  @Auth(Role.SUPPORT, Permission.ORDER_READ)
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
