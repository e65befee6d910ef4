import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { IsOptional, MaxLength } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { NeverNull } from '../../../platform/graphql/never-null.js';
import { CountryCode } from '../../../platform/graphql/scalars.js';

/** The contents are checked by `readAddress`, which every service that stores an address calls. */
@UserErrors('INVALID_COUNTRY', 'INVALID_PHONE', 'INVALID_POSTAL_CODE')
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

  @Field(() => String, {
    description:
      'Town, at most 80 characters. For Bucharest the sector, as SECTOR3 or "Sector 3"; else it is derived from the postal code.',
  })
  city!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'County, province or state, by code or name in any spelling ("RO-BV", "BV", "Brasov"); at most 80 characters. Required in Romania, where it is derived from the postal code if it is left out.',
  })
  region?: string | null;

  @Field(() => String, {
    description:
      'Postal code of its country, in any spelling ("077 190", "D-10115", "1012ab"); empty in countries that need none.',
  })
  postalCode!: string;

  @Field(() => CountryCode, { description: 'ISO 3166-1 alpha-2 code.' })
  countryCode!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Telephone number for the courier, in any spelling; national numbers are those of the country of the address.',
  })
  phone?: string | null;
}

const LABEL = { message: 'At most 60 characters.' };

@InputType({ description: 'A new entry of the address book.' })
export class AddressCreateInput {
  @Field(() => String, { nullable: true, description: 'Its label, at most 60 characters.' })
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

@NeverNull<AddressUpdateInput>('isDefaultShipping', 'isDefaultBilling')
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

  @Field(() => Int, {
    nullable: true,
    description:
      'The version that the change is based on; STALE_VERSION when it is another by now. Null skips the check.',
  })
  @IsOptional()
  expectedVersion?: number | null;
}

@InputType({ description: 'An entry of the address book to take out.' })
export class AddressDeleteInput {
  @Field(() => ID, { description: 'The entry.' })
  addressId!: string;
}
