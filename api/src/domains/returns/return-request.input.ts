import { ArrayMaxSize, ArrayMinSize, IsOptional, MaxLength } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { LONGEST_COMMENT, MOST_PHOTOS } from './return-limits.js';
import { ReturnReason } from './return-reason.js';
import { ReturnResolution } from './return-states.js';
import { KEY } from './review/return-review.input.js';

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

  @Field(() => String, {
    nullable: true,
    description: "The buyer's words, at most 2000 characters; null for none.",
  })
  @IsOptional()
  @MaxLength(LONGEST_COMMENT, { message: `At most ${LONGEST_COMMENT} characters.` })
  comment?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Uploads of images that have been sent, at most 6.' })
  @IsOptional()
  @ArrayMaxSize(MOST_PHOTOS, { message: `At most ${MOST_PHOTOS} images.` })
  photoIds?: string[] | null;

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
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
