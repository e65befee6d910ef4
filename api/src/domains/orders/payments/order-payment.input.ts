import { IsOptional, MaxLength } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { MinorUnits } from '../../../platform/graphql/scalars.js';

@InputType({ description: 'Authorized money to take.' })
export class PaymentCaptureInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field(() => Int, { description: 'The version the caller saw; STALE_VERSION when it is another.' })
  expectedVersion!: number;

  @Field(() => ID, { description: 'Made by the client, 8 to 128 characters: a repeat takes nothing more.' })
  idempotencyKey!: string;
}

@InputType({ description: 'Money of another amount than agreed, to place the order with.' })
export class PaymentAcceptInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field(() => Int, { description: 'The version the caller saw; STALE_VERSION when it is another.' })
  expectedVersion!: number;

  @Field(() => MinorUnits, {
    description:
      'What the caller saw that came in (`acceptableAmount` of the order), minor units; PAYMENT_CHANGED when it is another amount.',
  })
  expectedAmount!: number;

  @Field(() => ID, {
    description: 'Made by the client, 8 to 128 characters: a repeat has no further effect.',
  })
  idempotencyKey!: string;
}

@InputType({ description: 'Money that came without a provider.' })
export class PaymentMarkReceivedInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field(() => Int, { description: 'The version the caller saw; STALE_VERSION when it is another.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: "For the order's note; null for none." })
  @IsOptional()
  @MaxLength(300, { message: 'At most 300 characters.' })
  note?: string | null;

  @Field(() => MinorUnits, {
    nullable: true,
    description:
      'What the courier collected, minor units, when that is less than the price because one shipment came back (RETURNED) and another was kept: what came back, and what never left, is given up with the rest of the price. 0 where accounts of the shop pay for all that was kept; they get back what they paid beyond it. Null: all of it came.',
  })
  amount?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'With `amount`: whether the units given up are restocked. Null: no, for what came back may be broken.',
  })
  restock?: boolean | null;

  @Field(() => ID, { description: 'Made by the client, 8 to 128 characters: a repeat counts nothing more.' })
  idempotencyKey!: string;
}
