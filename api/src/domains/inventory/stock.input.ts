import { IsNotEmpty, IsOptional, Max, MaxLength, Min } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
export const MOST = 1_000_000;
export const TOO_MANY = { message: 'At most 1,000,000.' };
const SAY_WHY = { message: 'Say why the stock changes.' };
export const SHORT = { message: 'At most 200 characters.' };
export const AT_LEAST_ONE = { message: 'At least one.' };
export const KEY = 'Made by the client, 8 to 128 characters: a repeat has no further effect.';

@InputType({ description: 'A compare-and-set of what is on hand at one location.' })
export class StockSetInput {
  @Field(() => ID, { description: 'The variant.' })
  variantId!: string;

  @Field(() => ID, { nullable: true, description: 'The location; null for the main one.' })
  @IsOptional()
  locationId?: string | null;

  @Field(() => Int, { description: 'The new quantity on hand, 0 to 1,000,000.' })
  @Min(0, { message: 'Stock cannot be negative.' })
  @Max(MOST, TOO_MANY)
  quantity!: number;

  @Field(() => Int, {
    description: 'The quantity on hand that the caller saw; STALE_QUANTITY when it is another.',
  })
  changeFromQuantity!: number;

  @Field(() => String, { description: 'Why, for the ledger: "count", "breakage", "delivery".' })
  @IsNotEmpty(SAY_WHY)
  @MaxLength(200, SHORT)
  reason!: string;

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'Goods that arrived.' })
export class StockReceiveInput {
  @Field(() => ID, { description: 'The variant.' })
  variantId!: string;

  @Field(() => ID, { description: 'Where they arrived.' })
  locationId!: string;

  @Field(() => Int, { description: 'How many, 1 to 1,000,000. Back-orders are served first, oldest first.' })
  @Min(1, AT_LEAST_ONE)
  @Max(MOST, TOO_MANY)
  quantity!: number;

  @Field(() => String, { description: 'Why, for the ledger: "delivery 4711".' })
  @IsNotEmpty(SAY_WHY)
  @MaxLength(200, SHORT)
  reason!: string;

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'Units that go from one location to another.' })
export class StockTransferInput {
  @Field(() => ID, { description: 'The variant.' })
  variantId!: string;

  @Field(() => ID, { description: 'Where they are.' })
  fromLocationId!: string;

  @Field(() => ID, { description: 'Where they go.' })
  toLocationId!: string;

  @Field(() => Int, { description: 'How many, at least 1; held units stay where they are.' })
  @Min(1, AT_LEAST_ONE)
  @Max(MOST, TOO_MANY)
  quantity!: number;

  @Field(() => String, { description: 'Why, for the ledger.' })
  @IsNotEmpty(SAY_WHY)
  @MaxLength(200, SHORT)
  reason!: string;

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
}
