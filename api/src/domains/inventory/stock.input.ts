import { Field, ID, InputType, Int } from 'type-graphql';
import { IsNotEmpty, MaxLength, Max, Min } from 'class-validator';

@InputType({ description: 'A compare-and-set of what is on hand.' })
export class StockSetInput {
  @Field(() => ID, { description: 'The variant.' })
  variantId!: string;

  @Field(() => Int, { description: 'The new quantity on hand, 0 to 1,000,000.' })
  @Min(0, { message: 'Stock cannot be negative.' })
  @Max(1_000_000, { message: 'At most 1,000,000.' })
  quantity!: number;

  @Field(() => Int, {
    description: 'The quantity on hand that the caller saw; STALE_QUANTITY when it is another.',
  })
  changeFromQuantity!: number;

  @Field(() => String, { description: 'Why, for the ledger: "count", "breakage", "delivery".' })
  @IsNotEmpty({ message: 'Say why the stock changes.' })
  @MaxLength(200, { message: 'At most 200 characters.' })
  reason!: string;

  @Field(() => ID, {
    description: 'Made by the client, 8 to 128 characters: a repeat has no further effect.',
  })
  idempotencyKey!: string;
}
