import { IsOptional } from 'class-validator';
import { Field, InputType, Int } from 'type-graphql';
import type { Language } from '../../kernel/languages.js';
import { CountryCode, CurrencyCode, EmailAddress, Url } from '../../platform/graphql/scalars.js';
import { LanguageCode } from '../../platform/graphql/language.type.js';
import { NeverNull } from '../../platform/graphql/never-null.js';

/** What the change of every group takes. */
@InputType()
export abstract class SettingsUpdateInput {
  @Field(() => Int, {
    nullable: true,
    description:
      'The version that the change is based on; STALE_VERSION when it is another by now. Null skips the check.',
  })
  @IsOptional()
  expectedVersion?: number | null;
}

@InputType({ description: 'A change of the name: what is left out stays.' })
@NeverNull<ShopSettingsUpdateInput>('name')
export class ShopSettingsUpdateInput extends SettingsUpdateInput {
  @Field(() => String, { nullable: true, description: 'The name of the shop, at most 80 characters.' })
  @IsOptional()
  name?: string;
}

@InputType({ description: 'A change of where the shop is: what is left out stays.' })
@NeverNull<RegionalSettingsUpdateInput>('currency', 'homeCountry', 'timeZone')
export class RegionalSettingsUpdateInput extends SettingsUpdateInput {
  @Field(() => CurrencyCode, {
    nullable: true,
    description:
      'A currency of ISO 4217, such as EUR. Every price keeps its number: 49.90 RON become 49.90 EUR. CURRENCY_LOCKED once there is an order, drafts included, and where something has a price and the currencies have different numbers of decimals.',
  })
  @IsOptional()
  currency?: string;

  @Field(() => CountryCode, {
    nullable: true,
    description:
      'One of the countries to which the shop delivers, else INVALID_COUNTRY; TAX_RATES_MISSING where the shop knows no taxes. Orders that are placed keep theirs.',
  })
  @IsOptional()
  homeCountry?: string;

  @Field(() => String, {
    nullable: true,
    description: 'A time zone of the IANA database, such as Europe/Paris; no offsets.',
  })
  @IsOptional()
  timeZone?: string;
}

@InputType({ description: 'A change of the languages of buyers: what is left out stays.' })
@NeverNull<LanguagesSettingsUpdateInput>('offered', 'defaultLanguage')
export class LanguagesSettingsUpdateInput extends SettingsUpdateInput {
  @Field(() => [LanguageCode], {
    nullable: true,
    description:
      'In which buyers may read the shop, at least one: the whole list. Pages of a language that is taken back lead to the same page in the default one.',
  })
  @IsOptional()
  offered?: Language[];

  @Field(() => LanguageCode, {
    nullable: true,
    description:
      'One of those offered, else LANGUAGE_NOT_OFFERED; DEFAULT_LANGUAGE_INCOMPLETE while a product or category has no name in it.',
  })
  @IsOptional()
  defaultLanguage?: Language;
}

@InputType({ description: 'A change of the contact: what is left out stays, null publishes none.' })
@NeverNull<ContactSettingsUpdateInput>('links')
export class ContactSettingsUpdateInput extends SettingsUpdateInput {
  @Field(() => EmailAddress, { nullable: true, description: 'Where buyers write to.' })
  @IsOptional()
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Where buyers call, at most 40 characters.' })
  @IsOptional()
  phone?: string | null;

  @Field(() => [Url], {
    nullable: true,
    description: 'Addresses of pages elsewhere, at most 8 of at most 300 characters: the whole list.',
  })
  @IsOptional()
  links?: string[];
}

@InputType({ description: 'A change of the seller: what is left out stays.' })
@NeverNull<SellerSettingsUpdateInput>('name', 'address', 'taxId')
export class SellerSettingsUpdateInput extends SettingsUpdateInput {
  @Field(() => String, { nullable: true, description: 'The legal name, at most 200 characters.' })
  @IsOptional()
  name?: string;

  @Field(() => [String], {
    nullable: true,
    description: 'The lines of the address, 1 to 6 of at most 120 characters: all of them.',
  })
  @IsOptional()
  address?: string[];

  @Field(() => String, { nullable: true, description: 'The tax number, at most 40 characters.' })
  @IsOptional()
  taxId?: string;

  @Field(() => String, {
    nullable: true,
    description: 'The number in the trade register, at most 60 characters; null for none.',
  })
  @IsOptional()
  registrationNumber?: string | null;
}

@InputType({ description: 'A change of how long stock is held: what is left out stays.' })
@NeverNull<HoldsSettingsUpdateInput>('checkoutMinutes', 'transferDays', 'cartMinutes')
export class HoldsSettingsUpdateInput extends SettingsUpdateInput {
  @Field(() => Int, { nullable: true, description: 'Minutes, 1 to 10080.' })
  @IsOptional()
  checkoutMinutes?: number;

  @Field(() => Int, { nullable: true, description: 'Days, 1 to 60.' })
  @IsOptional()
  transferDays?: number;

  @Field(() => Int, { nullable: true, description: 'Minutes, 1 to 10080.' })
  @IsOptional()
  cartMinutes?: number;
}

@InputType({ description: 'A change of the terms of returns: what is left out stays.' })
@NeverNull<ReturnsSettingsUpdateInput>('days')
export class ReturnsSettingsUpdateInput extends SettingsUpdateInput {
  @Field(() => Int, {
    nullable: true,
    description:
      'Days after the arrival, 14 to 365. Fewer than 14 are refused: buyers may withdraw within 14 days (Directive 2011/83/EU, article 9).',
  })
  @IsOptional()
  days?: number;
}
