import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type Language, type LocalizedText, writtenLanguages } from '../../../kernel/languages.js';
import { Derived, GlobalId, Localized } from '../../../platform/graphql/derived.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { TaxedMoney } from '../../../platform/graphql/money.type.js';
import { Node } from '../../../platform/graphql/node.type.js';
import { Payload } from '../../../platform/graphql/payload.js';
import { CalendarDate, CountryCode, DateTime } from '../../../platform/graphql/scalars.js';
import { ratePercent } from '../../../platform/graphql/tax-line.type.js';
import type { TaxClassRow, TaxRateRow } from './tax.statements.js';

@ObjectType({ description: 'What a tax or tax class is called in one language.', simpleResolvers: true })
export class TaxTranslation {
  @Field(() => LanguageCode, { description: 'The language.' })
  readonly locale!: Language;

  @Field(() => String, { description: 'The name.' })
  readonly name!: string;
}

function translationsOf({ name }: { readonly name: LocalizedText }): TaxTranslation[] {
  return writtenLanguages(name).map((locale) => ({ locale, name: name[locale] ?? '' }));
}

@ObjectType({ implements: Node, description: 'Goods that are taxed alike.', simpleResolvers: true })
export class TaxClass {
  @GlobalId('tcls')
  readonly id!: string;

  @Field(() => String, { description: 'Its name for programs: "standard", "reduced". It never changes.' })
  readonly code!: string;

  @Localized({ description: 'Its name, in the language of the request.' })
  readonly name!: string;

  @ListSize(3)
  @Derived<TaxClassRow>(() => [TaxTranslation], translationsOf, {
    description: 'Its names in every language.',
  })
  readonly translations!: TaxTranslation[];

  @Field(() => Boolean, { description: 'Whether it is the one that new products have.' })
  readonly isDefault!: boolean;

  @Derived<TaxClassRow>(() => Boolean, ({ archivedAt }) => archivedAt !== null, {
    description: 'Whether it was archived: no product is put into it.',
  })
  readonly isArchived!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'The tax contained in a price at the shop\'s own place today, in percent: "21". Null while there is none.',
  })
  readonly ratePercent!: string | null;

  @Field(() => Int, { description: 'How many products are in it that are not archived.' })
  readonly productCount!: number;

  @Field(() => Int, { description: 'Goes up with each change; give it as expectedVersion.' })
  readonly version!: number;
}

export enum TaxRateStatus {
  PAST = 'PAST',
  IN_FORCE = 'IN_FORCE',
  PLANNED = 'PLANNED',
}
registerEnumType(TaxRateStatus, {
  name: 'TaxRateStatus',
  description: 'Whether a tax rate holds today, in the time zone of the shop.',
  valuesConfig: {
    PAST: { description: 'It held before.' },
    IN_FORCE: { description: 'It holds today.' },
    PLANNED: { description: 'It begins on a day to come. It can still be deleted.' },
  },
});

@ObjectType({
  implements: Node,
  description: 'The tax on goods of a class that are delivered to a country, from one day to another.',
  simpleResolvers: true,
})
export class TaxRate {
  @GlobalId('trat')
  readonly id!: string;

  @Field(() => CountryCode, { description: 'Where the goods are delivered.' })
  readonly countryCode!: string;

  @Field(() => String, { description: 'Code of the tax class.' })
  readonly taxClass!: string;

  @Derived<TaxRateRow>(() => String, ({ rateBasisPoints }) => ratePercent(rateBasisPoints), {
    description: 'The rate in percent, as a decimal string: "21", "5.5".',
  })
  readonly ratePercent!: string;

  @Localized({ description: 'What the tax is called, in the language of the request and without its rate.' })
  readonly name!: string;

  @ListSize(3)
  @Derived<TaxRateRow>(() => [TaxTranslation], translationsOf, {
    description: 'What the tax is called in every language.',
  })
  readonly translations!: TaxTranslation[];

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The first day on which it holds, in the time zone of the shop; null for always.',
  })
  readonly from!: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The first day on which it holds no more; null for no end.',
  })
  readonly until!: string | null;

  @Field(() => TaxRateStatus, { description: 'Whether it holds today.' })
  readonly status!: TaxRateStatus;

  @Field(() => String, {
    nullable: true,
    description: 'The law that it follows from, as staff wrote it; null for none.',
  })
  readonly legalRef!: string | null;

  @Field(() => Int, { description: 'Goes up with each change; give it as expectedVersion.' })
  readonly version!: number;

  @Field(() => DateTime, { description: 'When it was added.' })
  readonly createdAt!: Date;
}

@ObjectType({
  description: 'How goods of a class that are delivered to a country are taxed on a day.',
  simpleResolvers: true,
})
export class TaxPreview {
  @Field(() => String, { description: 'Code of the tax class.' })
  readonly taxClass!: string;

  @Field(() => TaxRate, {
    nullable: true,
    description:
      'The rate; null when neither the country nor the shop’s own has one: then no tax is contained.',
  })
  readonly rate!: object | null;

  @Field(() => Boolean, {
    description: 'Whether the rate is that of the shop’s own country, because this one has none.',
  })
  readonly isFromHome!: boolean;

  @Field(() => TaxedMoney, { description: 'What a price of 100 units of the currency consists of then.' })
  readonly example!: object;
}

@ObjectType({ description: 'The tax class as it is now.', simpleResolvers: true })
export class TaxClassPayload extends Payload {
  @Field(() => TaxClass, {
    nullable: true,
    description: 'The tax class as it is now, also when refused; null when there is none.',
  })
  taxClass!: object | null;
}

@ObjectType({ description: 'The tax rate as it is now.', simpleResolvers: true })
export class TaxRatePayload extends Payload {
  @Field(() => TaxRate, {
    nullable: true,
    description: 'The tax rate as it is now, also when refused; null when there is none.',
  })
  taxRate!: object | null;
}

@ObjectType({ description: 'The tax rate that was deleted.', simpleResolvers: true })
export class TaxRateDeletePayload extends TaxRatePayload {
  @Field(() => ID, { nullable: true, description: 'Its id; null when it was not deleted.' })
  deletedTaxRateId?: string | null;
}
