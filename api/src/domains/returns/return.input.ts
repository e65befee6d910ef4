import { ArrayMaxSize, ArrayMinSize, IsNotEmpty, IsOptional, MaxLength, Min } from 'class-validator';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { MinorUnits } from '../../platform/graphql/scalars.js';
import { ReturnReason, ReturnResolution, ReturnStatus } from './return-states.js';

const KEY = 'Made by the client, 8 to 128 characters: a repeat has no further effect.';
const VERSION = 'The version the caller saw; STALE_VERSION when it is another.';

export enum ReturnSort {
  NEWEST = 'NEWEST',
  OLDEST = 'OLDEST',
}
registerEnumType(ReturnSort, {
  name: 'ReturnSort',
  description: 'Orders of a list of returns, each with an index behind it.',
  valuesConfig: {
    NEWEST: { description: 'Latest first.' },
    OLDEST: { description: 'Earliest first.' },
  },
});

@InputType({ description: 'Which returns to list; what is left out does not narrow.' })
export class ReturnFilter {
  @Field(() => [ReturnStatus], { nullable: true, description: 'Any of these.' })
  statuses?: ReturnStatus[] | null;
}

@InputType({ description: 'Units of a line to send back.' })
export class ReturnLineInput {
  @Field(() => ID, { description: 'The line of the order.' })
  orderLineId!: string;

  @Field(() => Int, { description: 'How many, at most its returnableQuantity.' })
  quantity!: number;

  @Field(() => ID, {
    nullable: true,
    description: 'The variant wanted instead, for an exchange; null for the same again.',
  })
  exchangeVariantId?: string | null;
}

@InputType({
  description: "A buyer's request to return units: of an own order by its id, of a guest's by its token.",
})
export class ReturnRequestInput {
  @Field(() => ID, { nullable: true, description: "One of the caller's own orders; null with a token." })
  orderId?: string | null;

  @Field(() => String, { nullable: true, description: 'From the link of the order; null with an id.' })
  orderToken?: string | null;

  @Field(() => [ReturnLineInput], { description: 'What is to be sent back.' })
  @ArrayMinSize(1, { message: 'Say what is to be sent back.' })
  @ArrayMaxSize(200, { message: 'At most 200 lines.' })
  lines!: ReturnLineInput[];

  @Field(() => ReturnReason, { description: 'Why.' })
  reason!: ReturnReason;

  @Field(() => ReturnResolution, { description: 'What is wanted for it.' })
  resolution!: ReturnResolution;

  @Field(() => String, { nullable: true, description: "The buyer's words; null for none." })
  @IsOptional()
  @MaxLength(2000, { message: 'At most 2000 characters.' })
  comment?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Uploads of images that have been sent, at most 6.' })
  @IsOptional()
  @ArrayMaxSize(6, { message: 'At most 6 pictures.' })
  photoIds?: string[] | null;

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'An image that is about to be sent, for a return.' })
export class ReturnPhotoUploadCreateInput {
  @Field(() => ID, { nullable: true, description: "One of the caller's own orders; null with a token." })
  orderId?: string | null;

  @Field(() => String, { nullable: true, description: 'From the link of the order; null with an id.' })
  orderToken?: string | null;

  @Field(() => String, { description: 'Its name, for people.' })
  @IsNotEmpty({ message: 'A file name is needed.' })
  @MaxLength(255, { message: 'At most 255 characters.' })
  filename!: string;

  @Field(() => String, { description: 'image/jpeg, image/png or image/webp.' })
  contentType!: string;

  @Field(() => Int, { description: 'Its size in bytes, at most 8 MB.' })
  @Min(1, { message: 'The file is empty.' })
  size!: number;
}

@InputType({ description: 'Has an image made once more.' })
export class ReturnPhotoRetryInput {
  @Field(() => ID, { description: 'The image of a return.' })
  photoId!: string;
}

@InputType({ description: 'A return that the buyer gives up.' })
export class ReturnCancelInput {
  @Field(() => ID, { description: 'The return.' })
  returnId!: string;

  @Field(() => String, {
    nullable: true,
    description: "A guest's order token; null for an own order of the signed-in.",
  })
  orderToken?: string | null;

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
}

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
