import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsOptional,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Field, InputType, Int } from 'type-graphql';
import type { Language } from '../../kernel/languages.js';
import { LanguageCode } from '../../platform/graphql/language.type.js';
import { CountryCode, CurrencyCode, EmailAddress, MinorUnits } from '../../platform/graphql/scalars.js';
import { ProductTranslationInput } from '../catalog/index.js';
import { PersonName } from '../identity/index.js';

const MOST = 100_000_000_000;
const TOO_HIGH = { message: 'This price is too high.' };
const NO_PRICE = { message: 'A price cannot be negative.' };

@InputType({ description: 'Who owns the shop.' })
export class SetupOwnerInput {
  @Field(() => EmailAddress, { description: 'The address to sign in with.' })
  email!: string;

  @Field(() => String, {
    description: '12 to 200 characters of any kind; the commonest passwords are refused.',
  })
  @MaxLength(1000, { message: 'This is too long.' })
  password!: string;

  @Field(() => String, { description: 'Given name, at most 80 characters.' })
  @PersonName()
  firstName!: string;

  @Field(() => String, { description: 'Family name, at most 80 characters.' })
  @PersonName()
  lastName!: string;

  @Field(() => LanguageCode, { description: 'The language of the admin and of mails to the owner.' })
  language!: Language;
}

@InputType({ description: 'The shop and where it is.' })
export class SetupShopInput {
  @Field(() => String, { description: 'Its name, at most 80 characters.' })
  name!: string;

  @Field(() => CountryCode, { description: 'One of `Setup.countries`.' })
  country!: string;

  @Field(() => CurrencyCode, { description: 'The one currency of all prices.' })
  currency!: string;

  @Field(() => String, { description: 'A time zone of the IANA database.' })
  timeZone!: string;

  @Field(() => [LanguageCode], { description: 'In which buyers read it, the default one first.' })
  @ArrayNotEmpty({ message: 'At least one language is offered.' })
  @ArrayMaxSize(20, { message: 'At most 20 languages.' })
  languages!: Language[];

  @Field(() => Boolean, { description: 'Whether the seller is registered for value added tax.' })
  chargesTax!: boolean;
}

@InputType({ description: 'Who sells: what stands on invoices.' })
export class SetupSellerInput {
  @Field(() => String, { description: 'The legal name, at most 200 characters.' })
  name!: string;

  @Field(() => [String], { description: 'The lines of the address, 1 to 6 of at most 120 characters.' })
  @ArrayMaxSize(6, { message: 'At most 6 lines.' })
  address!: string[];

  @Field(() => String, { description: 'The tax number, at most 40 characters.' })
  taxId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The number in the trade register, at most 60 characters; null for none.',
  })
  registrationNumber?: string | null;

  @Field(() => EmailAddress, { nullable: true, description: 'Where buyers write to; null publishes none.' })
  email?: string | null;
}

@InputType({ description: 'What a delivery within the country costs.' })
export class SetupDeliveryInput {
  @Field(() => MinorUnits, { description: 'The price with tax, in the currency of the shop.' })
  @Min(0, NO_PRICE)
  @Max(MOST, TOO_HIGH)
  price!: number;

  @Field(() => MinorUnits, {
    nullable: true,
    description: 'Goods worth this much are delivered free; null when none are.',
  })
  @IsOptional()
  @Min(1, { message: 'Write an amount above zero.' })
  @Max(MOST, TOO_HIGH)
  freeFrom?: number | null;
}

@InputType({ description: 'The first product; its picture follows with the mutations of the gallery.' })
export class SetupProductInput {
  @Field(() => [ProductTranslationInput], {
    description: "Its texts; the shop's default language must be among them.",
  })
  @ArrayNotEmpty({ message: 'At least one language is needed.' })
  @ArrayMaxSize(20, { message: 'At most 20 languages.' })
  @ValidateNested({ each: true })
  translations!: ProductTranslationInput[];

  @Field(() => MinorUnits, { description: 'The price with tax, in the currency of the shop.' })
  @Min(0, NO_PRICE)
  @Max(MOST, TOO_HIGH)
  price!: number;

  @Field(() => Int, { description: 'Units on hand.' })
  @Min(0, { message: 'Stock cannot be negative.' })
  @Max(1_000_000, { message: 'At most 1,000,000.' })
  stock!: number;
}

@InputType({
  description: 'The set-up of a shop that nobody owns. What is null is decided later, in the admin.',
})
export class SetupCompleteInput {
  @Field(() => String, { description: 'The token of the link that the start has printed.' })
  @MaxLength(200, { message: 'This is too long.' })
  token!: string;

  @Field(() => SetupOwnerInput, { description: 'Who owns the shop.' })
  @ValidateNested()
  owner!: SetupOwnerInput;

  @Field(() => SetupShopInput, { nullable: true, description: 'The shop and where it is.' })
  @IsOptional()
  @ValidateNested()
  shop?: SetupShopInput | null;

  @Field(() => SetupSellerInput, { nullable: true, description: 'Who sells.' })
  @IsOptional()
  @ValidateNested()
  seller?: SetupSellerInput | null;

  @Field(() => SetupDeliveryInput, {
    nullable: true,
    description: 'What a delivery within the country costs.',
  })
  @IsOptional()
  @ValidateNested()
  delivery?: SetupDeliveryInput | null;

  @Field(() => SetupProductInput, { nullable: true, description: 'The first product.' })
  @IsOptional()
  @ValidateNested()
  product?: SetupProductInput | null;

  @Field(() => Boolean, {
    description: 'Whether the small tree of categories stays that the shop began with.',
  })
  keepCategories!: boolean;
}
