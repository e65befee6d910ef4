import { ArrayMaxSize, IsOptional, Min, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { FieldValue } from '../../../platform/fields/field-value.js';
import { MinorUnits } from '../../../platform/graphql/scalars.js';

const GRAMS = { message: 'Not below zero.' };

@InputType({ description: 'A value for an argument of a rule.' })
export class StrategyArgumentInput {
  @Field(() => String, { description: 'The name of the argument: `price`.' })
  name!: string;

  @Field(() => FieldValue, { nullable: true, description: 'Its value; null or left out for none.' })
  @IsOptional()
  value?: unknown;
}

@InputType({ description: 'When a rate is there at all. Borders are in; null or left out for none.' })
export class ShippingRateConditionsInput {
  @Field(() => Int, { nullable: true, description: 'From this weight on, in grams.' })
  @IsOptional()
  @Min(0, GRAMS)
  minGrams?: number | null;

  @Field(() => Int, { nullable: true, description: 'Up to this weight, in grams.' })
  @IsOptional()
  @Min(0, GRAMS)
  maxGrams?: number | null;

  @Field(() => MinorUnits, {
    nullable: true,
    description: 'For goods of this sum or more, after discounts, tax included, minor units.',
  })
  @IsOptional()
  @Min(0, { message: 'Not below zero.' })
  minSubtotal?: number | null;

  @Field(() => MinorUnits, {
    nullable: true,
    description: 'For goods of this sum or less, after discounts, tax included, minor units.',
  })
  @IsOptional()
  @Min(0, { message: 'Not below zero.' })
  maxSubtotal?: number | null;
}

@InputType({ description: 'What a way of delivery is to cost in a zone.' })
export class ShippingRateSetInput {
  @Field(() => ID, { description: 'The way of delivery.' })
  methodId!: string;

  @Field(() => ID, { description: 'The zone.' })
  zoneId!: string;

  @Field(() => Int, {
    description: 'The version of the way of delivery; STALE_VERSION when it is another by now.',
  })
  expectedVersion!: number;

  @Field(() => String, { description: 'The code of the rule: one of `shippingStrategies`.' })
  strategy!: string;

  @Field(() => [StrategyArgumentInput], {
    description: 'All its arguments; those that are left out are empty.',
  })
  @ArrayMaxSize(50, { message: 'At most 50.' })
  arguments!: StrategyArgumentInput[];

  @Field(() => ShippingRateConditionsInput, {
    nullable: true,
    description: 'When it is there at all; left out or null for always.',
  })
  @IsOptional()
  @ValidateNested()
  conditions?: ShippingRateConditionsInput | null;
}

@InputType({ description: 'A rate to be taken away.' })
export class ShippingRateRemoveInput {
  @Field(() => ID, { description: 'The way of delivery.' })
  methodId!: string;

  @Field(() => ID, { description: 'The zone.' })
  zoneId!: string;

  @Field(() => Int, {
    description: 'The version of the way of delivery; STALE_VERSION when it is another by now.',
  })
  expectedVersion!: number;
}
