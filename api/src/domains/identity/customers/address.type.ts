import { Field, ObjectType } from 'type-graphql';
import { addressLines } from '../../../kernel/address/address-lines.js';
import { cityName } from '../../../kernel/address/bucharest.js';
import { regionName } from '../../../kernel/address/regions.js';
import { Derived, PrintedPhone } from '../../../platform/graphql/derived.js';
import { CountryCode } from '../../../platform/graphql/scalars.js';
import type { StoredAddress } from './read-address.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';

@ObjectType({ description: 'A postal address.', simpleResolvers: true })
export class Address implements StoredAddress {
  @Field(() => String, { description: 'Given name of the recipient.' })
  firstName!: string;

  @Field(() => String, { description: 'Family name of the recipient.' })
  lastName!: string;

  @Field(() => String, { nullable: true, description: 'Company, when it goes to one.' })
  company!: string | null;

  @Field(() => String, { description: 'Street and number.' })
  line1!: string;

  @Field(() => String, { nullable: true, description: 'Building, floor, flat.' })
  line2!: string | null;

  @Field(() => String, { description: 'Town; of Bucharest its sector, SECTOR1 to SECTOR6.' })
  city!: string;

  @Derived<StoredAddress>(() => String, ({ city }) => cityName(city), {
    description: 'The town as people read it: "Sector 3" for SECTOR3.',
  })
  cityName!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'County, province or state: the code of ISO 3166-2 where `addressFormat` lists them, such as RO-BV, else free text.',
  })
  region!: string | null;

  @Derived<StoredAddress>(
    () => String,
    ({ region, countryCode }) => region && regionName(countryCode, region),
    { nullable: true, description: 'The name of the region, such as Brașov.' },
  )
  regionName!: string | null;

  @Field(() => String, {
    description: 'Postal code as its country prints it; empty where none is needed.',
  })
  postalCode!: string;

  @Field(() => CountryCode, { description: 'ISO 3166-1 alpha-2 code.' })
  countryCode!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Telephone number for the courier, in E.164: +40722123456.',
  })
  phone!: string | null;

  @PrintedPhone<StoredAddress>(({ phone }) => phone)
  phonePrinted!: string | null;

  @Derived<StoredAddress>(() => [String], (address, { language }) => addressLines(address, language), {
    description:
      "The address as printed on a shipping label, line by line, without the telephone number; the country's name in the request's language.",
  })
  @ListSize(6)
  lines!: string[];
}
