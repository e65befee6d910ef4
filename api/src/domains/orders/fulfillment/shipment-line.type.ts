import { Field, Int, ObjectType } from 'type-graphql';
import { OrderLine } from '../order.type.js';

@ObjectType({ description: 'A line of the order inside a shipment.', simpleResolvers: true })
export class ShipmentLine {
  @Field(() => OrderLine, { description: 'The line of the order.' })
  orderLine!: object;

  @Field(() => Int, { description: 'How many of it are in this shipment.' })
  quantity!: number;
}
