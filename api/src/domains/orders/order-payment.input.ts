import { IsOptional, MaxLength } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'Reserved money to take.' })
export class PaymentCaptureInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field(() => Int, { description: 'The version the caller saw; STALE_VERSION when it is another.' })
  expectedVersion!: number;

  @Field(() => ID, { description: 'Made by the client, 8 to 128 characters: a repeat takes nothing more.' })
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

  @Field(() => ID, { description: 'Made by the client, 8 to 128 characters: a repeat counts nothing more.' })
  idempotencyKey!: string;
}
