import { IsOptional, MaxLength } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { CountryCode } from '../../platform/graphql/scalars.js';

/** What the fields may hold is checked by `readAddress`, which everybody who keeps an address goes through. */
@InputType({ description: 'A postal address.' })
export class AddressInput {
  @Field(() => String, { description: 'Given name of the recipient, at most 80 characters.' })
  firstName!: string;

  @Field(() => String, { description: 'Family name of the recipient, at most 80 characters.' })
  lastName!: string;

  @Field(() => String, { nullable: true, description: 'Company, at most 120 characters.' })
  company?: string | null;

  @Field(() => String, { description: 'Street and number, at most 120 characters.' })
  line1!: string;

  @Field(() => String, { nullable: true, description: 'Building, floor, flat; at most 120 characters.' })
  line2?: string | null;

  @Field(() => String, { description: 'Town, at most 80 characters.' })
  city!: string;

  @Field(() => String, { nullable: true, description: 'County, province or state; at most 80 characters.' })
  region?: string | null;

  @Field(() => String, { description: 'Postal code in the form of its country: six digits in Romania.' })
  postalCode!: string;

  @Field(() => CountryCode, { description: 'ISO 3166-1 alpha-2 code.' })
  countryCode!: string;

  @Field(() => String, { nullable: true, description: 'Telephone number for the courier.' })
  phone?: string | null;
}

const LABEL = { message: 'At most 60 characters.' };

@InputType({ description: 'A new entry of the address book.' })
export class AddressCreateInput {
  @Field(() => String, { nullable: true, description: 'What to call it, at most 60 characters.' })
  @IsOptional()
  @MaxLength(60, LABEL)
  label?: string | null;

  @Field(() => AddressInput, { description: 'The address.' })
  address!: AddressInput;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Propose it for deliveries instead of any other.',
  })
  isDefaultShipping?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Propose it for invoices instead of any other.',
  })
  isDefaultBilling?: boolean | null;
}

@InputType({ description: 'A changed entry of the address book.' })
export class AddressUpdateInput {
  @Field(() => ID, { description: 'The entry.' })
  addressId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its new name; null takes the name away, absent leaves it.',
  })
  @IsOptional()
  @MaxLength(60, LABEL)
  label?: string | null;

  @Field(() => AddressInput, { description: 'The whole new address.' })
  address!: AddressInput;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether to propose it for deliveries; absent leaves it.',
  })
  isDefaultShipping?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether to propose it for invoices; absent leaves it.',
  })
  isDefaultBilling?: boolean | null;
}

@InputType({ description: 'An entry of the address book to take out.' })
export class AddressDeleteInput {
  @Field(() => ID, { description: 'The entry.' })
  addressId!: string;
}
