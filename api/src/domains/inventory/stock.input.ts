import {
  ArrayMaxSize,
  ArrayMinSize,
  IsNotEmpty,
  IsOptional,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { NeverNull } from '../../platform/graphql/never-null.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { AddressInput } from '../identity/index.js';
import { StockLocationKind, StockMovementKind } from './stock.enums.js';

const MOST = 1_000_000;
const TOO_MANY = { message: 'At most 1,000,000.' };
const SAY_WHY = { message: 'Say why the stock changes.' };
const SHORT = { message: 'At most 200 characters.' };
const AT_LEAST_ONE = { message: 'At least one.' };
const KEY = 'Made by the client, 8 to 128 characters: a repeat has no further effect.';

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

@InputType({ description: 'A new location for stock.' })
export class StockLocationCreateInput {
  @Field(() => String, {
    description: 'Short code, unique in the shop: lower-case letters, digits and dashes.',
  })
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: 'Lower-case letters, digits and dashes.' })
  @MaxLength(40, { message: 'At most 40 characters.' })
  code!: string;

  @Field(() => String, { description: 'Its name, at most 80 characters.' })
  @IsNotEmpty({ message: 'Give the place a name.' })
  @MaxLength(80, { message: 'At most 80 characters.' })
  name!: string;

  @Field(() => StockLocationKind, { description: 'What kind of location it is.' })
  kind!: StockLocationKind;

  @Field(() => Int, { description: 'Orders are served from the location with the highest number first.' })
  @Min(-1000, { message: 'At least -1000.' })
  @Max(1000, { message: 'At most 1000.' })
  priority!: number;

  @Field(() => AddressInput, { nullable: true, description: 'Where it is.' })
  @IsOptional()
  @ValidateNested()
  address?: AddressInput | null;
}

@NeverNull<StockLocationUpdateInput>('name', 'kind', 'priority', 'active')
@InputType({ description: 'A change of a location: what is left out stays, a null address clears it.' })
export class StockLocationUpdateInput {
  @Field(() => ID, { description: 'The location.' })
  locationId!: string;

  @Field(() => String, { nullable: true, description: 'Its name, at most 80 characters.' })
  @IsOptional()
  @IsNotEmpty({ message: 'Give the place a name.' })
  @MaxLength(80, { message: 'At most 80 characters.' })
  name?: string | null;

  @Field(() => StockLocationKind, { nullable: true, description: 'What kind of location it is.' })
  @IsOptional()
  kind?: StockLocationKind | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Orders are served from the location with the highest number first.',
  })
  @IsOptional()
  @Min(-1000, { message: 'At least -1000.' })
  @Max(1000, { message: 'At most 1000.' })
  priority?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether its stock is sold.' })
  @IsOptional()
  active?: boolean | null;

  @Field(() => AddressInput, { nullable: true, description: 'Where it is.' })
  @IsOptional()
  @ValidateNested()
  address?: AddressInput | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The version that the change is based on; STALE_VERSION when it is another by now. Null skips the check.',
  })
  @IsOptional()
  expectedVersion?: number | null;
}

@InputType({ description: 'A SKU and how many of it.' })
export class SkuQuantityInput {
  @Field(() => String, { description: 'The SKU, without regard to case.' })
  @IsNotEmpty({ message: 'Name a SKU.' })
  @MaxLength(64, { message: 'At most 64 characters.' })
  sku!: string;

  @Field(() => Int, { description: 'How many, 1 to 1,000,000.' })
  @Min(1, AT_LEAST_ONE)
  @Max(MOST, TOO_MANY)
  quantity!: number;
}

@InputType({ description: 'Stock that another system requests to hold: all of it or nothing.' })
export class StockReserveInput {
  @Field(() => String, {
    description: 'Who holds it, for people: "point of sale 2", "marketplace order 81".',
  })
  @IsNotEmpty({ message: 'Say who holds it.' })
  @MaxLength(200, SHORT)
  holder!: string;

  @Field(() => [SkuQuantityInput], { description: '1 to 100 SKUs.' })
  @ArrayMinSize(1, { message: 'Name a SKU.' })
  @ArrayMaxSize(100, { message: 'At most 100 articles at once.' })
  @ValidateNested({ each: true })
  lines!: SkuQuantityInput[];

  @Field(() => Int, {
    nullable: true,
    defaultValue: 30,
    description: 'For how long, 1 to 10,080 minutes (a week).',
  })
  @IsOptional()
  @Min(1, { message: 'At least a minute.' })
  @Max(10_080, { message: 'At most a week.' })
  expiresInMinutes?: number | null;

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'The second phase: sells what is held.' })
export class StockCommitInput {
  @Field(() => ID, { description: 'The hold.' })
  holdId!: string;

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'The second phase: releases what is held.' })
export class StockReleaseInput {
  @Field(() => ID, { description: 'The hold.' })
  holdId!: string;

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'Which stock to list; what is left out does not narrow.' })
export class StockFilter {
  @Field(() => Boolean, { nullable: true, description: 'true: only what counts as low (sold out included).' })
  low?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'true: only what has nothing available.' })
  soldOut?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Only what has a stock level at this location; figures stay those of all locations.',
  })
  locationId?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Only what moved or was held at this moment or later. To follow stock: read with it, page on with `after`, and next time begin five minutes before you began this time, as a movement bears the moment at which its change began.',
  })
  updatedFrom?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Only what moved or was held before this moment; with updatedFrom, in between.',
  })
  updatedTo?: Date | null;
}

@InputType({ description: 'Which movements to list; what is left out does not narrow.' })
export class StockMovementFilter {
  @Field(() => ID, { nullable: true, description: 'Of this variant.' })
  variantId?: string | null;

  @Field(() => ID, { nullable: true, description: 'At this location.' })
  locationId?: string | null;

  @Field(() => [StockMovementKind], { nullable: true, description: 'Any of these kinds.' })
  kinds?: StockMovementKind[] | null;

  @Field(() => DateTime, { nullable: true, description: 'At this moment or later.' })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Before this moment.' })
  to?: Date | null;
}
