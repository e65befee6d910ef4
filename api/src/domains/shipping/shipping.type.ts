import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { localized, type Language } from '../../kernel/languages.js';
import { describeField, FieldDescription } from '../../platform/fields/field-description.type.js';
import { FieldValue } from '../../platform/fields/field-value.js';
import { Derived, GlobalId, Localized } from '../../platform/graphql/derived.js';
import { LanguageCode } from '../../platform/graphql/language.type.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { CurrencyCode, DateTime, MinorUnits } from '../../platform/graphql/scalars.js';
import type { OfferedStrategy } from '../../platform/strategies/define-strategy.js';
import { readConditions } from './rates/conditions.js';
import type { ShippingRate as Rule } from './rates/shipping-rate.js';
import {
  ShippingKind,
  type ShippingMethodEntity,
  type ShippingRateEntity,
  type ShippingZoneEntity,
} from './shipping.entity.js';
import type { Area } from './zones/area-input.js';

registerEnumType(ShippingKind, {
  name: 'ShippingKind',
  description: 'How goods reach the buyer.',
  valuesConfig: {
    COURIER: { description: 'Brought to the address.' },
    LOCKER: { description: 'Left in a locker near the address.' },
    PICKUP: { description: 'The buyer comes for them.' },
    DIGITAL: { description: 'Nothing is sent.' },
    OTHER: { description: 'In another way.' },
  },
});

type Offered = OfferedStrategy<Rule>;

@ObjectType({ description: 'A rule by which the price of a delivery is computed.', simpleResolvers: true })
export class ShippingStrategy {
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
    { description: 'What staff call it, in the language of the request or else in English.' },
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

@ObjectType({
  description:
    'A part of a zone of delivery: a country, a county of it, or what its postal codes begin with.',
  simpleResolvers: true,
})
export class ShippingArea {
  @Derived<Area>(() => String, ({ country }) => country, {
    description: 'ISO 3166-1 alpha-2; `ZZ` for every country that no zone names.',
  })
  readonly countryCode!: string;

  @Derived<Area>(() => String, ({ subdivision }) => subdivision, {
    nullable: true,
    description: 'A county, state or province, ISO 3166-2; null for no one in particular.',
  })
  readonly region!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What postal codes begin with, in capitals without spaces; null for all.',
  })
  readonly postcodePrefix!: string | null;
}

@ObjectType({
  description: 'Places that have the same deliveries at the same prices. A place is in one zone, or in none.',
  simpleResolvers: true,
})
export class ShippingZone {
  @GlobalId('szon')
  readonly id!: never;

  @Field(() => String, { description: 'What staff call it.' })
  readonly name!: string;

  @ListSize(30)
  @Field(() => [ShippingArea], { description: 'What belongs to it, by country.' })
  readonly areas!: readonly object[];

  @Field(() => Int, { description: 'Goes up with each change; give it as expectedVersion.' })
  readonly version!: number;
}

/** A zone with its areas. */
export interface ZoneView extends ShippingZoneEntity {
  readonly areas: readonly Area[];
}

@ObjectType({
  description: 'Between which weights and sums a rate is there at all. Borders are in; null for none.',
  simpleResolvers: true,
})
export class ShippingRateConditions {
  @Field(() => Int, { nullable: true, description: 'From this weight on, in grams.' })
  readonly minGrams!: number | null;

  @Field(() => Int, { nullable: true, description: 'Up to this weight, in grams.' })
  readonly maxGrams!: number | null;

  @Field(() => MinorUnits, {
    nullable: true,
    description: 'For goods of this sum or more, after discounts, tax included, minor units.',
  })
  readonly minSubtotal!: number | null;

  @Field(() => MinorUnits, {
    nullable: true,
    description: 'For goods of this sum or less, after discounts, tax included, minor units.',
  })
  readonly maxSubtotal!: number | null;
}

/** A rate with its zone and its rule; the rule is null where no plugin offers it any more. */
export interface RateView extends ShippingRateEntity {
  readonly zone: ZoneView;
  readonly rule: Offered | null;
}

@ObjectType({ description: 'What a way of delivery costs in a zone.', simpleResolvers: true })
export class ShippingRate {
  @Field(() => ShippingZone, { description: 'Where it holds.' })
  readonly zone!: object;

  @Derived<RateView>(() => String, ({ strategy }) => strategy, {
    description: 'The code of the rule that computes the price.',
  })
  readonly strategyCode!: string;

  @Derived<RateView>(() => ShippingStrategy, ({ rule }) => rule, {
    nullable: true,
    description:
      'The rule; null when no plugin offers it any more. Then buyers there are not offered the method.',
  })
  readonly strategy!: object | null;

  @ListSize(5)
  @Derived<RateView>(
    () => [StrategyArgument],
    (rate) => Object.entries(rate.arguments).map(([name, value]) => ({ name, value })),
    { description: 'The arguments of the rule that have a value.' },
  )
  readonly arguments!: never;

  @Derived<RateView>(() => ShippingRateConditions, ({ conditions }) => readConditions(conditions), {
    description: 'When it is there at all.',
  })
  readonly conditions!: never;

  @Field(() => CurrencyCode, { description: 'Of its amounts. A cart in another currency is not offered it.' })
  readonly currency!: string;
}

@ObjectType({ description: 'The texts of a way of delivery in one language.', simpleResolvers: true })
export class ShippingMethodTranslation {
  @Field(() => LanguageCode, { description: 'The language.' })
  readonly locale!: Language;

  @Field(() => String, { description: 'Its name for buyers.' })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'A line of explanation; null when there is none.' })
  readonly description!: string | null;
}

/** A method with its rates, in the order of the zones. */
export interface MethodView extends ShippingMethodEntity {
  readonly rates: readonly RateView[];
}

@ObjectType({ description: 'A way of delivery, as staff keep it.', simpleResolvers: true })
export class ShippingMethod {
  @GlobalId('smth')
  readonly id!: never;

  @Field(() => String, { description: 'Stable code, such as "courier".' })
  readonly code!: string;

  @Field(() => ShippingKind, { description: 'How goods reach the buyer.' })
  readonly kind!: ShippingKind;

  @Localized({ description: 'Name for the buyer.' })
  readonly name!: never;

  @ListSize(3)
  @Derived<MethodView>(() => [ShippingMethodTranslation], translationsOf, {
    description: 'Its texts in every language that it has a name in.',
  })
  readonly translations!: never;

  @Field(() => Int, { nullable: true, description: 'Working days at the quickest; null when unknown.' })
  readonly estimatedDaysMin!: number | null;

  @Field(() => Int, { nullable: true, description: 'Working days at the slowest; null when unknown.' })
  readonly estimatedDaysMax!: number | null;

  @Field(() => Boolean, { description: 'Whether the buyer must leave a telephone number for it.' })
  readonly phoneRequired!: boolean;

  @Field(() => Int, { description: 'What each unit of goods without a weight counts, in grams.' })
  readonly fallbackGrams!: number;

  @Field(() => Boolean, { description: 'Whether buyers are offered it where it has a rate.' })
  readonly active!: boolean;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when it is archived; null while it is not.',
  })
  readonly archivedAt!: Date | null;

  @ListSize(5)
  @Field(() => [ShippingRate], { description: 'What it costs in each zone, in the order of the zones.' })
  readonly rates!: readonly object[];

  @Field(() => Int, {
    description: 'Goes up with each change of it and of its rates; give it as expectedVersion.',
  })
  readonly version!: number;
}

function translationsOf({ name, description }: MethodView): ShippingMethodTranslation[] {
  return Object.entries(name).flatMap(([locale, text]) =>
    text
      ? [{ locale: locale as Language, name: text, description: description[locale as Language] ?? null }]
      : [],
  );
}
