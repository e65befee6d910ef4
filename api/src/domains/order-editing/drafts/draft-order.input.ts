import {
  ArrayMaxSize,
  ArrayMinSize,
  IsInt,
  IsOptional,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { CountryCode, EmailAddress, MinorUnits } from '../../../platform/graphql/scalars.js';
import type { Language } from '../../../kernel/languages.js';
import { AddressInput } from '../../identity/index.js';

const SOME_LINES = { message: 'At least one line.' };
const FEW_LINES = { message: 'At most 200 lines.' };
const QUANTITY = { message: 'A quantity is a whole number from 1 to 999.' };
const DISCOUNT = { message: 'A discount is not below zero.' };
const KEY =
  'Made by the client, 8 to 128 characters: a repeat has no further effect and gets the same answer.';

@InputType({ description: 'How many of a variant.' })
export class DraftLineInput {
  @Field(() => ID, { description: 'The variant; each may stand once.' })
  variantId!: string;

  @Field(() => Int, { description: 'How many, 1 to 999.' })
  @IsInt(QUANTITY)
  @Min(1, QUANTITY)
  @Max(999, QUANTITY)
  quantity!: number;
}

@InputType({ description: 'An order as staff draws it up for a buyer.' })
export class DraftOrderInput {
  @Field(() => EmailAddress, { description: "The buyer's e-mail address; the link goes there." })
  email!: string;

  @Field(() => String, { nullable: true, description: 'For the courier.' })
  phone?: string | null;

  @Field(() => LanguageCode, {
    description:
      "The buyer's language, one of those that the shop offers: of the link, the mails and the names.",
  })
  language!: Language;

  @Field(() => ID, { nullable: true, description: 'The account that orders; null for a guest.' })
  customerId?: string | null;

  @Field(() => AddressInput, { description: 'Where the goods go.' })
  shippingAddress!: AddressInput;

  @Field(() => AddressInput, {
    nullable: true,
    description: 'Where the invoice goes; null for the same address.',
  })
  billingAddress?: AddressInput | null;

  @Field(() => ID, { description: 'One of the deliveries to the country.' })
  shippingMethodId!: string;

  @Field(() => [DraftLineInput], { description: 'What is ordered.' })
  @ArrayMinSize(1, SOME_LINES)
  @ArrayMaxSize(200, FEW_LINES)
  @ValidateNested({ each: true })
  lines!: DraftLineInput[];

  @Field(() => MinorUnits, {
    nullable: true,
    defaultValue: 0,
    description: 'Taken off the goods, tax included, minor units; at most what they cost.',
  })
  @IsOptional()
  @Min(0, DISCOUNT)
  discount?: number | null;

  @Field(() => String, { nullable: true, description: 'For staff only, at most 2000 characters.' })
  @IsOptional()
  @MaxLength(2000, { message: 'At most 2000 characters.' })
  note?: string | null;
}

@InputType({ description: 'What would be ordered, and where to.' })
export class DraftOrderPreviewInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The draft that is changed: plugins may have parts of its price. Null for a new one.',
  })
  orderId?: string | null;

  @Field(() => CountryCode, { description: 'Where the goods go: decides about tax and delivery.' })
  countryCode!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its county, state or province, ISO 3166-2; null while unknown.',
  })
  region?: string | null;

  @Field(() => String, { nullable: true, description: 'Its postal code; null while unknown.' })
  postalCode?: string | null;

  @Field(() => ID, { nullable: true, description: 'The delivery; null while none is chosen.' })
  shippingMethodId?: string | null;

  @Field(() => [DraftLineInput], { description: 'What is ordered.' })
  lines!: DraftLineInput[];

  @Field(() => MinorUnits, {
    nullable: true,
    defaultValue: 0,
    description: 'Taken off the goods, tax included, minor units.',
  })
  discount?: number | null;
}

@InputType({ description: 'A draft to write down.' })
export class DraftOrderCreateInput {
  @Field(() => DraftOrderInput, { description: 'The order.' })
  @ValidateNested()
  draft!: DraftOrderInput;

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'A draft to write anew.' })
export class DraftOrderUpdateInput {
  @Field(() => ID, { description: 'The draft.' })
  orderId!: string;

  @Field(() => Int, { description: 'The version the caller saw; STALE_VERSION when it is another.' })
  expectedVersion!: number;

  @Field(() => DraftOrderInput, { description: 'The whole order as it shall be.' })
  @ValidateNested()
  draft!: DraftOrderInput;

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
}

const DAYS = { message: 'Goods can be held for 1 to 30 days.' };

@InputType({ description: 'A draft to send to its buyer.' })
export class DraftOrderSendInput {
  @Field(() => ID, { description: 'The draft.' })
  orderId!: string;

  @Field(() => Int, { description: 'The version the caller saw; STALE_VERSION when it is another.' })
  expectedVersion!: number;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 3,
    description: 'For how many days the goods are held, 1 to 30; unpaid until then, the order expires.',
  })
  @IsOptional()
  @IsInt(DAYS)
  @Min(1, DAYS)
  @Max(30, DAYS)
  holdDays?: number | null;

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'A draft that the buyer has paid in another way.' })
export class DraftOrderMarkPaidInput {
  @Field(() => ID, { description: 'The draft.' })
  orderId!: string;

  @Field(() => Int, { description: 'The version the caller saw; STALE_VERSION when it is another.' })
  expectedVersion!: number;

  @Field(() => String, {
    nullable: true,
    description: 'How it was paid, for staff only; added to the note of the order.',
  })
  @IsOptional()
  @MaxLength(500, { message: 'At most 500 characters.' })
  note?: string | null;

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
}
