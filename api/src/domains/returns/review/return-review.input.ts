import { ArrayMaxSize, IsOptional, MaxLength } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { MinorUnits } from '../../../platform/graphql/scalars.js';
export const KEY = 'Made by the client, 8 to 128 characters: a repeat has no further effect.';

const VERSION = 'The version the caller saw; STALE_VERSION when it is another.';

@InputType({ description: "The shop's answer to a return." })
export class ReturnDecisionInput {
  @Field(() => ID, { description: 'The return.' })
  returnId!: string;

  @Field(() => Int, { description: VERSION })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Words to the buyer; null for none.' })
  @IsOptional()
  @MaxLength(2000, { message: 'At most 2000 characters.' })
  note?: string | null;

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'What arrived of a line.' })
export class ReturnReceivedLineInput {
  @Field(() => ID, { description: 'The line of the return.' })
  returnLineId!: string;

  @Field(() => Int, { description: 'How many arrived, at most what was asked for.' })
  received!: number;

  @Field(() => Int, { description: 'How many of those go back in stock.' })
  restocked!: number;
}

@InputType({ description: 'What arrived of a return.' })
export class ReturnReceiveInput {
  @Field(() => ID, { description: 'The return.' })
  returnId!: string;

  @Field(() => Int, { description: VERSION })
  expectedVersion!: number;

  @Field(() => [ReturnReceivedLineInput], {
    description: 'Every line of which something arrived; nothing arrived of the others.',
  })
  @ArrayMaxSize(200, { message: 'At most 200 lines.' })
  lines!: ReturnReceivedLineInput[];

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'Money back for what arrived: what the units are worth, or a plain amount.' })
export class ReturnRefundInput {
  @Field(() => ID, { description: 'The return.' })
  returnId!: string;

  @Field(() => Int, { description: VERSION })
  expectedVersion!: number;

  @Field(() => MinorUnits, {
    nullable: true,
    description: 'How much of the delivery goes back too, minor units; null for nothing.',
  })
  shipping?: number | null;

  @Field(() => MinorUnits, {
    nullable: true,
    description: 'A plain amount instead, minor units; null for what the units are worth.',
  })
  amount?: number | null;

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'Other goods for what arrived.' })
export class ReturnExchangeInput {
  @Field(() => ID, { description: 'The return.' })
  returnId!: string;

  @Field(() => Int, { description: VERSION })
  expectedVersion!: number;

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
}
