import { ArrayNotEmpty, ArrayUnique, IsOptional, Max, MaxLength, Min } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { CheckoutBlockKind } from './checkout-block-kind.js';

@InputType({ description: 'An unpaid order to end, and whom to keep from ordering.' })
export class OrderReleaseAndBlockInput {
  @Field(() => ID, {
    description: 'An unpaid order: PENDING_PAYMENT, or PLACED with cash on delivery and not shipped.',
  })
  orderId!: string;

  @ArrayNotEmpty()
  @ArrayUnique()
  @Field(() => [CheckoutBlockKind], { description: 'By what to recognize the buyer. At least one.' })
  kinds!: CheckoutBlockKind[];

  @Min(1)
  @Max(365)
  @Field(() => Int, { defaultValue: 7, description: 'For how many days, 1 to 365.' })
  days!: number;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether to release as well every other unpaid order that shares one of the kinds.',
  })
  includeRelated!: boolean;

  @IsOptional()
  @MaxLength(500)
  @Field(() => String, { nullable: true, description: 'Why, for colleagues; at most 500 characters.' })
  reason?: string | null;

  @Field(() => ID, { description: 'Made by the client, 8 to 128 characters: the same key does it once.' })
  idempotencyKey!: string;
}

@InputType({ description: 'Which blocks to list; what is left out does not narrow.' })
export class CheckoutBlockFilter {
  @Field(() => Boolean, {
    nullable: true,
    description: 'true: only those in force. false: only those that ended.',
  })
  inForce?: boolean | null;

  @Field(() => [CheckoutBlockKind], { nullable: true, description: 'Any of these kinds.' })
  kinds?: CheckoutBlockKind[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Ids of blocks, at most 100. An empty list narrows nothing.',
  })
  ids?: string[] | null;
}

@InputType({ description: 'A block to lift.' })
export class CheckoutBlockRemoveInput {
  @Field(() => ID, { description: 'The block.' })
  blockId!: string;
}
