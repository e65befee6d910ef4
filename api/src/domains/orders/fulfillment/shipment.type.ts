import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { GlobalId } from '../../../platform/graphql/derived.js';
import { Node } from '../../../platform/graphql/node.type.js';
import { Url } from '../../../platform/graphql/scalars.js';

export enum ShipmentStatus {
  SHIPPED = 'SHIPPED',
  DELIVERED = 'DELIVERED',
  RETURNED = 'RETURNED',
}
registerEnumType(ShipmentStatus, {
  name: 'ShipmentStatus',
  description: 'Where a shipment is.',
  valuesConfig: {
    SHIPPED: { description: 'On its way.' },
    DELIVERED: { description: 'With the buyer.' },
    RETURNED: { description: 'Came back.' },
  },
});

@ObjectType({ implements: Node, description: 'A shipment with lines of an order.', simpleResolvers: true })
export class Shipment {
  @GlobalId('ship')
  readonly id!: string;

  @Field(() => ShipmentStatus, { description: 'Where it is.' })
  status!: ShipmentStatus;

  @Field(() => String, { nullable: true, description: 'Who carries it; null when not given.' })
  carrier!: string | null;

  @Field(() => String, { nullable: true, description: "The carrier's number; null when not given." })
  trackingNumber!: string | null;

  @Field(() => Url, { nullable: true, description: 'Where to follow it; null when not given.' })
  trackingUrl!: string | null;

  @Field(() => Date, { description: 'When it left.' })
  shippedAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it arrived; null until then.' })
  deliveredAt!: Date | null;
}
