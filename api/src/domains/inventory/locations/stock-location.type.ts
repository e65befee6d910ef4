import { Field, Int, ObjectType } from 'type-graphql';
import { GlobalId } from '../../../platform/graphql/derived.js';
import { Node } from '../../../platform/graphql/node.type.js';
import { Payload } from '../../../platform/graphql/payload.js';
import { Address, type StoredAddress } from '../../identity/index.js';
import { StockLocationKind } from './stock-location-kind.js';

@ObjectType({ implements: Node, description: 'A location of stock.', simpleResolvers: true })
export class StockLocation {
  @GlobalId('loc')
  readonly id!: string;

  @Field(() => String, { description: 'Short code, unique in the shop: "main", "cluj".' })
  readonly code!: string;

  @Field(() => String, { description: 'Its name.' })
  readonly name!: string;

  @Field(() => StockLocationKind, { description: 'What kind of location it is.' })
  readonly kind!: StockLocationKind;

  @Field(() => Int, { description: 'Orders are served from the location with the highest number first.' })
  readonly priority!: number;

  @Field(() => Boolean, { description: 'Whether its stock is sold.' })
  readonly active!: boolean;

  @Field(() => Address, { nullable: true, description: 'Its address; null when none was entered.' })
  readonly address!: StoredAddress | null;

  @Field(() => Int, { description: 'Goes up with each change; give it as expectedVersion.' })
  readonly version!: number;
}

@ObjectType({ description: 'The location after a change.', simpleResolvers: true })
export class StockLocationPayload extends Payload {
  @Field(() => StockLocation, {
    nullable: true,
    description: 'The location as it is now, also when refused; null when there is none.',
  })
  location!: object | null;
}
