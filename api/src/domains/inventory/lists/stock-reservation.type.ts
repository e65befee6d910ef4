import { Field, ID, Int, ObjectType } from 'type-graphql';
import { globalId } from '../../../kernel/ids.js';
import { ConnectionOf } from '../../../platform/graphql/connection.js';
import { Derived, GlobalId } from '../../../platform/graphql/derived.js';
import { Node } from '../../../platform/graphql/node.type.js';
import { catalogLoaders, ProductVariant } from '../../catalog/index.js';
import { StockHold } from '../holds/stock-hold.type.js';
import { StockLocation } from '../locations/stock-location.type.js';
import { orderIdOf } from '../stock.type.js';
import { MovementRow } from './stock-movement.type.js';
export interface LiveReservationRow extends Omit<MovementRow, 'importId'> {
  readonly cartId: string | null;
}

@ObjectType({
  implements: Node,
  description: 'Units that are held: exactly one of orderId, cartId and hold says for whom.',
  simpleResolvers: true,
})
export class StockReservation {
  @GlobalId('resv')
  readonly id!: string;

  @Derived<MovementRow>(
    () => ProductVariant,
    ({ variantId }, context) => catalogLoaders(context).variantById.load(variantId),
    { nullable: true, description: 'The variant.' },
  )
  readonly variant!: ProductVariant | null;

  @Field(() => StockLocation, { description: 'Their location.' })
  readonly location!: StockLocation;

  @Field(() => Int, { description: 'How many.' })
  readonly quantity!: number;

  @Derived<MovementRow>(() => ID, orderIdOf, {
    nullable: true,
    description: 'The unpaid order that holds them.',
  })
  readonly orderId!: string | null;

  @Field(() => String, { nullable: true, description: "That order's number." })
  readonly orderNumber!: string | null;

  @Derived<LiveReservationRow>(() => ID, ({ cartId }) => cartId && globalId('cart', cartId), {
    nullable: true,
    description: 'The cart that holds them, where carts do.',
  })
  readonly cartId!: string | null;

  @Field(() => StockHold, { nullable: true, description: 'The hold by SKU that they belong to.' })
  readonly hold!: StockHold | null;

  @Field(() => Date, { description: 'Until when.' })
  readonly expiresAt!: Date;

  @Field(() => Date, { description: 'Since when.' })
  readonly createdAt!: Date;
}

@ObjectType({ description: 'A page of live reservations.', simpleResolvers: true })
export class StockReservationConnection extends ConnectionOf(StockReservation, 'StockReservation') {}
