import { IsOptional } from 'class-validator';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { localized } from '../../../kernel/languages.js';
import { describeField, FieldDescription } from '../../../platform/fields/field-description.type.js';
import { FieldValue } from '../../../platform/fields/field-value.js';
import { Derived, GlobalId, Localized } from '../../../platform/graphql/derived.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { Payload } from '../../../platform/graphql/payload.js';
import type { OfferedStrategy } from '../../../platform/strategies/define-strategy.js';
import type { ShippingMethodEntity } from '../reference.entity.js';
import type { ShippingRate as Rate } from './shipping-rate.js';
import { argumentsOf } from './stored-arguments.js';

type Offered = OfferedStrategy<Rate>;

@ObjectType({ description: 'A rule by which the price of a delivery is computed.', simpleResolvers: true })
export class ShippingRate {
  @Field(() => String, { description: 'Its code: `flat`, or `<plugin>.<code>` of a plugin.' })
  readonly code!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The plugin that offers it; null for the shop itself.',
  })
  readonly plugin!: string | null;

  @Derived<Offered>(
    () => String,
    ({ strategy }, { language }) => localized(strategy.label, language, 'en') ?? '',
    {
      description: 'What staff call it, in the language of the request or else in English.',
    },
  )
  readonly label!: never;

  @Derived<Offered>(() => String, ({ strategy }, { language }) => localized(strategy.help, language, 'en'), {
    nullable: true,
    description: 'One sentence for who chooses; null when there is none.',
  })
  readonly help!: never;

  @ListSize(5)
  @Derived<Offered>(
    () => [FieldDescription],
    ({ strategy }, { language }) => strategy.fields.map((field) => describeField(field, language)),
    { description: 'The arguments that staff give it, described for a form.' },
  )
  readonly arguments!: never;
}

@ObjectType({ description: 'An argument of a rule with its value.', simpleResolvers: true })
export class StrategyArgument {
  @Field(() => String, { description: 'The name of the argument.' })
  readonly name!: string;

  @Field(() => FieldValue, { description: 'Its value.' })
  readonly value!: unknown;
}

@InputType({ description: 'A value for an argument of a rule.' })
export class StrategyArgumentInput {
  @Field(() => String, { description: 'The name of the argument: `price`.' })
  name!: string;

  @Field(() => FieldValue, { nullable: true, description: 'Its value; null or left out for none.' })
  @IsOptional()
  value?: unknown;
}

/** A row with the rule that it names; null where no plugin offers that any more. */
export interface RatedRow extends ShippingMethodEntity {
  readonly rate: Offered | null;
}

@ObjectType({ description: 'A way of delivery, as staff set its price.', simpleResolvers: true })
export class ShippingMethod {
  @GlobalId('smth')
  readonly id!: never;

  @Field(() => String, { description: 'Stable code, such as "courier".' })
  readonly code!: string;

  @Localized({ description: 'Name for the buyer.' })
  readonly name!: never;

  @Field(() => String, { description: 'Code of the region that it delivers to.' })
  readonly regionCode!: string;

  @Field(() => Boolean, { description: 'Whether buyers are offered it.' })
  readonly active!: boolean;

  @Field(() => String, { description: 'The code of the rule that computes its price.' })
  readonly rateCode!: string;

  @Field(() => ShippingRate, {
    nullable: true,
    description: 'The rule; null when no plugin offers it any more. Then buyers are not offered the method.',
  })
  readonly rate!: object | null;

  @ListSize(5)
  @Derived<RatedRow>(
    () => [StrategyArgument],
    (row) => Object.entries(argumentsOf(row)).map(([name, value]) => ({ name, value })),
    { description: 'The arguments of the rule that have a value.' },
  )
  readonly arguments!: never;

  @Field(() => Int, { description: 'Goes up with each change; give it as expectedVersion.' })
  readonly version!: number;
}

@InputType({ description: 'By which rule the price of a delivery is to be computed.' })
export class ShippingMethodRateUpdateInput {
  @Field(() => ID, { description: 'The way of delivery.' })
  shippingMethodId!: string;

  @Field(() => String, { description: 'The code of the rule: one of `shippingRates`.' })
  rate!: string;

  @Field(() => [StrategyArgumentInput], {
    description: 'All its arguments; those that are left out are empty.',
  })
  arguments!: StrategyArgumentInput[];

  @Field(() => Int, { description: 'The version that was read; an older one is refused with STALE_VERSION.' })
  expectedVersion!: number;
}

@ObjectType({ description: 'The way of delivery as it is now.', simpleResolvers: true })
export class ShippingMethodPayload extends Payload {
  @Field(() => ShippingMethod, {
    nullable: true,
    description: 'The way of delivery; null when there is none.',
  })
  shippingMethod!: object | null;
}
