import { ArrayMaxSize, IsOptional, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { money } from '../../../kernel/money.js';
import { Derived } from '../../../platform/graphql/derived.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { Money } from '../../../platform/graphql/money.type.js';
import { CountryCode, MinorUnits } from '../../../platform/graphql/scalars.js';
import { ShippingMethod, ShippingZone } from '../shipping.type.js';
import type { TriedMethod, TryOutReason } from './try-out.js';

const REASONS: Readonly<Record<TryOutReason, string>> = {
  INACTIVE: 'It is switched off.',
  NO_ZONE: 'The place is in no zone.',
  NO_RATE: 'It has no rate in the zone of the place.',
  OTHER_CURRENCY: 'Its rate there is in another currency than the shop.',
  TOO_LIGHT: 'The goods weigh less than its rate asks for.',
  TOO_HEAVY: 'The goods weigh more than its rate allows.',
  SUBTOTAL_TOO_SMALL: 'The goods cost less than its rate asks for.',
  SUBTOTAL_TOO_LARGE: 'The goods cost more than its rate allows.',
  NOT_TAKEN: 'The rule of its rate does not take the goods, as when they are heavier than its last step.',
  RATE_FAILED: 'The rule of its rate failed, has not all of its arguments, or is not there any more.',
};
export const ShippingTryOutReason = Object.fromEntries(
  Object.keys(REASONS).map((reason) => [reason, reason]),
) as { readonly [Reason in TryOutReason]: Reason };
registerEnumType(ShippingTryOutReason, {
  name: 'ShippingTryOutReason',
  description: 'Why buyers would not be offered a way of delivery.',
  valuesConfig: Object.fromEntries(
    Object.entries(REASONS).map(([reason, description]) => [reason, { description }]),
  ),
});

@InputType({ description: 'Goods of the catalog.' })
export class ShippingTryOutLineInput {
  @Field(() => ID, { description: 'The variant.' })
  variantId!: string;

  @Field(() => Int, { description: 'How many, 1 to 999.' })
  @Min(1, { message: 'At least 1.' })
  @Max(999, { message: 'At most 999.' })
  quantity!: number;
}

@InputType({ description: 'Where goods would go.' })
export class ShippingPlaceInput {
  @Field(() => CountryCode, { description: 'ISO 3166-1 alpha-2.' })
  countryCode!: string;

  @Field(() => String, {
    nullable: true,
    description: 'County, state or province, by code or name; read from the postal code where that names it.',
  })
  @IsOptional()
  @MaxLength(100, { message: 'At most 100 characters.' })
  region?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Postal code in any spelling; left out while unknown.',
  })
  @IsOptional()
  @MaxLength(20, { message: 'At most 20 characters.' })
  postalCode?: string | null;
}

@InputType({ description: 'What would be sent, and where to: lines, or a weight and a sum.' })
export class ShippingTryOutInput {
  @Field(() => [ShippingTryOutLineInput], { nullable: true, description: 'Goods at their prices of today.' })
  @IsOptional()
  @ArrayMaxSize(100, { message: 'At most 100 lines.' })
  @ValidateNested({ each: true })
  lines?: ShippingTryOutLineInput[] | null;

  @Field(() => Int, { nullable: true, description: 'Without lines: what the goods weigh, in grams.' })
  @IsOptional()
  @Min(0, { message: 'Not below zero.' })
  grams?: number | null;

  @Field(() => MinorUnits, {
    nullable: true,
    description: 'Without lines: what the goods cost, tax included, minor units.',
  })
  @IsOptional()
  @Min(0, { message: 'Not below zero.' })
  subtotal?: number | null;

  @Field(() => ShippingPlaceInput, { description: 'Where to.' })
  @ValidateNested()
  place!: ShippingPlaceInput;
}

@ObjectType({
  description: 'A way of delivery with its price, or why it is not offered.',
  simpleResolvers: true,
})
export class ShippingTryOutMethod {
  @Field(() => ShippingMethod, { description: 'The way of delivery.' })
  readonly method!: object;

  @Derived<TriedMethod>(
    () => Money,
    ({ price, currency }) => (price === null ? null : money(price, currency)),
    {
      nullable: true,
      description: 'What the buyer would pay, tax included; null where it is not offered.',
    },
  )
  readonly price!: never;

  @Field(() => ShippingTryOutReason, {
    nullable: true,
    description: 'Why it is not offered; null where it is.',
  })
  readonly reason!: TryOutReason | null;

  @Field(() => Int, {
    description:
      'What the goods weigh for it, in grams: goods without a weight count as its `fallbackGrams`.',
  })
  readonly grams!: number;
}

@ObjectType({ description: 'What buyers would be offered.', simpleResolvers: true })
export class ShippingTryOut {
  @Field(() => ShippingZone, {
    nullable: true,
    description: 'The zone of the place; null when it is in none.',
  })
  readonly zone!: object | null;

  @Field(() => Int, { description: 'Units whose weight nobody has entered.' })
  readonly unweighedUnits!: number;

  @ListSize(10)
  @Field(() => [ShippingTryOutMethod], {
    description: 'Every way of delivery that is not archived, in their order.',
  })
  readonly methods!: readonly object[];
}

@ObjectType({
  description: 'A country, or a county of the home country, with what buyers there are offered.',
  simpleResolvers: true,
})
export class DeliveryCoverage {
  @Field(() => CountryCode, { description: 'ISO 3166-1 alpha-2.' })
  readonly countryCode!: string;

  @Field(() => String, { nullable: true, description: 'The county, ISO 3166-2; null for a whole country.' })
  readonly region!: string | null;

  @Field(() => String, { description: 'The county or country in words.' })
  readonly name!: string;

  @Field(() => ShippingZone, { nullable: true, description: 'The zone that it is in; null for none.' })
  readonly zone!: object | null;

  @ListSize(5)
  @Field(() => [ShippingMethod], {
    description:
      'The ways of delivery that have a rate there and are switched on; none: nobody there can order.',
  })
  readonly methods!: readonly object[];
}
