import { Field, ID, Int, ObjectType } from 'type-graphql';
import { GlobalId } from '../../../platform/graphql/derived.js';
import { Node } from '../../../platform/graphql/node.type.js';
import { ActionPayload, Payload } from '../../../platform/graphql/payload.js';
import type { StoredAddress } from './read-address.js';
import type { SavedAddressEntity } from './saved-address.entity.js';
import { Address } from './address.type.js';
@ObjectType({
  implements: Node,
  description: "An entry of a customer's address book.",
  simpleResolvers: true,
})
export class SavedAddress {
  @GlobalId('addr')
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its label, chosen by the customer, such as "Office".',
  })
  label!: string | null;

  @Field(() => Address, { description: 'The address.' })
  address!: StoredAddress;

  @Field(() => Boolean, { description: 'Proposed for deliveries; at most one is.' })
  isDefaultShipping!: boolean;

  @Field(() => Boolean, { description: 'Proposed for invoices; at most one is.' })
  isDefaultBilling!: boolean;

  @Field(() => Int, { description: 'Goes up with each change; give it as expectedVersion.' })
  version!: number;
}

@ObjectType({ description: 'The result of deleting a saved address.', simpleResolvers: true })
export class AddressDeletePayload extends ActionPayload {
  @Field(() => ID, { nullable: true, description: 'The deleted address; null when refused.' })
  deletedAddressId?: string | null;
}

@ObjectType({ description: 'The saved address after a change.', simpleResolvers: true })
export class SavedAddressPayload extends Payload {
  @Field(() => SavedAddress, {
    nullable: true,
    description: 'The address as it is now, also when refused; null when there is none.',
  })
  address!: SavedAddressEntity | null;
}
