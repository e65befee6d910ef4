import {
  ArrayMaxSize,
  ArrayMinSize,
  IsNotEmpty,
  IsOptional,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { MOST, TOO_MANY, SHORT, AT_LEAST_ONE, KEY } from '../stock.input.js';
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
  @ArrayMaxSize(100, { message: 'At most 100 variants at once.' })
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
