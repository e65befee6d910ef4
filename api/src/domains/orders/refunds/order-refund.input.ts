import { ArrayMaxSize, IsOptional, MaxLength } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { MinorUnits } from '../../../platform/graphql/scalars.js';

@InputType({ description: 'Units of a line that are paid back.' })
export class OrderRefundLineInput {
  @Field(() => ID, { description: 'The line of the order.' })
  orderLineId!: string;

  @Field(() => Int, { description: 'How many, at most what was not paid back or exchanged yet.' })
  quantity!: number;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether they go back into the stock they were sold from. Null: only as long as nothing of the line was shipped, for what comes back may be broken.',
  })
  restock?: boolean | null;
}

@InputType({ description: 'A part of a charge that is paid back.' })
export class OrderRefundChargeInput {
  @Field(() => String, { description: 'The `code` of the charge in `Order.adjustments`.' })
  code!: string;

  @Field(() => MinorUnits, { description: 'How much of it, minor units, tax included.' })
  amount!: number;
}

@InputType({
  description:
    'A refund to try out: by line, delivery and charge, or by a plain amount (the lines then say only which units came back).',
})
export class OrderRefundPreviewInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field(() => [OrderRefundLineInput], { nullable: true, description: 'Units; null for none.' })
  @IsOptional()
  @ArrayMaxSize(200, { message: 'At most 200 lines.' })
  lines?: OrderRefundLineInput[] | null;

  @Field(() => MinorUnits, {
    nullable: true,
    description: 'How much of the delivery, minor units; null for nothing.',
  })
  shipping?: number | null;

  @Field(() => MinorUnits, {
    nullable: true,
    description: 'A plain amount instead, minor units; null to refund by line, delivery and charge.',
  })
  amount?: number | null;

  @Field(() => [OrderRefundChargeInput], {
    nullable: true,
    description: 'Parts of charges, such as a gift wrap; null for none.',
  })
  @IsOptional()
  @ArrayMaxSize(50, { message: 'At most 50 charges.' })
  charges?: OrderRefundChargeInput[] | null;
}

@InputType({
  description:
    'Money to give back: by line, delivery and charge, or by a plain amount (the lines then say only which units came back).',
})
export class OrderRefundInput extends OrderRefundPreviewInput {
  @Field(() => Int, { description: 'The version the caller saw; STALE_VERSION when it is another.' })
  expectedVersion!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Why, for the accounts and the buyer; null when not given.',
  })
  @IsOptional()
  @MaxLength(300, { message: 'At most 300 characters.' })
  reason?: string | null;

  @Field(() => ID, {
    description: 'Made by the client, 8 to 128 characters: a repeat has no further effect.',
  })
  idempotencyKey!: string;
}

@InputType({
  description: "A buyer's request to cancel: of an own order by its id, of a guest's by its token.",
})
export class OrderCancelByCustomerInput {
  @Field(() => ID, { nullable: true, description: "One of the caller's own orders; null with a token." })
  orderId?: string | null;

  @Field(() => String, { nullable: true, description: 'From the link of the order; null with an id.' })
  orderToken?: string | null;

  @Field(() => String, { nullable: true, description: 'Why; null when not given.' })
  @IsOptional()
  @MaxLength(300, { message: 'At most 300 characters.' })
  reason?: string | null;

  @Field(() => ID, {
    description: 'Made by the client, 8 to 128 characters: a repeat has no further effect.',
  })
  idempotencyKey!: string;
}
