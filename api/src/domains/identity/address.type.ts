import { Field, ObjectType } from 'type-graphql';
import { GlobalId } from '../../platform/graphql/derived.js';
import { Node } from '../../platform/graphql/node.type.js';
import { Payload } from '../../platform/graphql/payload.js';
import { CountryCode } from '../../platform/graphql/scalars.js';
import type { StoredAddress } from './read-address.js';
import type { SavedAddressEntity } from './saved-address.entity.js';

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

  @Field(() => String, { description: 'Town.' })
  city!: string;

  @Field(() => String, { nullable: true, description: 'County, province or state.' })
  region!: string | null;

  @Field(() => String, { description: 'Postal code in the form of its country.' })
  postalCode!: string;

  @Field(() => CountryCode, { description: 'ISO 3166-1 alpha-2 code.' })
  countryCode!: string;

  @Field(() => String, { nullable: true, description: 'Telephone number for the courier.' })
  phone!: string | null;
}

@ObjectType({
  implements: Node,
  description: "An entry of a customer's address book.",
  simpleResolvers: true,
})
export class SavedAddress {
  @GlobalId('addr')
  id!: string;

  @Field(() => String, { nullable: true, description: 'What the customer calls it, such as "Office".' })
  label!: string | null;

  @Field(() => Address, { description: 'The address.' })
  address!: StoredAddress;

  @Field(() => Boolean, { description: 'Proposed for deliveries; at most one is.' })
  isDefaultShipping!: boolean;

  @Field(() => Boolean, { description: 'Proposed for invoices; at most one is.' })
  isDefaultBilling!: boolean;
}

@ObjectType({ description: 'The saved address after a change.', simpleResolvers: true })
export class SavedAddressPayload extends Payload {
  @Field(() => SavedAddress, { nullable: true, description: 'The address; null when refused.' })
  address!: SavedAddressEntity | null;
}
