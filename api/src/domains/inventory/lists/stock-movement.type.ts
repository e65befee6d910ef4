import { Field, ID, Int, ObjectType } from 'type-graphql';
import { ConnectionOf } from '../../../platform/graphql/connection.js';
import { Derived, GlobalId } from '../../../platform/graphql/derived.js';
import { Node } from '../../../platform/graphql/node.type.js';
import { globalId } from '../../../kernel/ids.js';
import { catalogLoaders, ProductVariant } from '../../catalog/index.js';
import { StockMovementKind } from '../stock.enums.js';
import { StockLocation } from '../locations/stock-location.type.js';
import { orderIdOf } from '../stock.type.js';
export interface MovementRow {
  readonly id: string;
  readonly variantId: string;
  readonly orderId: string | null;
  readonly importId: string | null;
}

@ObjectType({
  implements: Node,
  description: 'A line of the ledger of stock: never changed, never deleted.',
  simpleResolvers: true,
})
export class StockMovement {
  @GlobalId('smov')
  readonly id!: string;

  @Field(() => StockMovementKind, { description: 'Why stock changed.' })
  readonly kind!: StockMovementKind;

  @Derived<MovementRow>(
    () => ProductVariant,
    ({ variantId }, context) => catalogLoaders(context).variantById.load(variantId),
    { nullable: true, description: 'The variant.' },
  )
  readonly variant!: ProductVariant | null;

  @Field(() => StockLocation, { description: 'The location.' })
  readonly location!: StockLocation;

  @Field(() => Int, { description: 'By how much the units there changed.' })
  readonly onHandChange!: number;

  @Field(() => Int, { description: 'By how much the held units changed.' })
  readonly reservedChange!: number;

  @Field(() => String, {
    nullable: true,
    description: 'What was given as the reason; null when nothing was.',
  })
  readonly reason!: string | null;

  @Derived<MovementRow>(() => ID, orderIdOf, {
    nullable: true,
    description: 'The order it was for; null when for none.',
  })
  readonly orderId!: string | null;

  @Field(() => String, { nullable: true, description: "That order's number." })
  readonly orderNumber!: string | null;

  @Derived<MovementRow>(() => ID, ({ importId }) => importId && globalId('imp', importId), {
    nullable: true,
    description: 'The import that received it; null when it was not received by list.',
  })
  readonly importId!: string | null;

  @Field(() => String, { nullable: true, description: 'Who did it; null when the shop did by itself.' })
  readonly actorName!: string | null;

  @Field(() => Date, { description: 'When.' })
  readonly at!: Date;
}

@ObjectType({ description: 'A page of the ledger.', simpleResolvers: true })
export class StockMovementConnection extends ConnectionOf(StockMovement, 'StockMovement') {}
