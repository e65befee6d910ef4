import { Field, ID, Int, ObjectType } from 'type-graphql';
import { globalId } from '../../kernel/ids.js';
import type { LocalizedText } from '../../kernel/languages.js';
import { ConnectionOf } from '../../platform/graphql/connection.js';
import { Derived, GlobalId, Localized } from '../../platform/graphql/derived.js';
import { Node } from '../../platform/graphql/node.type.js';
import { Payload } from '../../platform/graphql/payload.js';
import { catalogLoaders, ProductVariant } from '../catalog/index.js';
import { StockMovementKind } from './stock.enums.js';
import { StockHold } from './holds/stock-hold.type.js';
import { StockLocation } from './locations/stock-location.type.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';

@ObjectType({ description: 'The stock of a variant at one location.', simpleResolvers: true })
export class LocationStock {
  @Field(() => StockLocation, { description: 'The location.' })
  readonly location!: StockLocation;

  @Field(() => Int, { description: 'Units that are there.' })
  readonly onHand!: number;

  @Field(() => Int, { description: 'Of these, reserved.' })
  readonly reserved!: number;

  @Field(() => Int, { description: 'onHand − reserved.' })
  readonly available!: number;
}

/** The row of a stock item; the variant itself is loaded only when it is selected. */
export interface StockItemRow {
  readonly id: string;
  readonly productName: LocalizedText;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
  readonly backordered: number;
  readonly lowStockThreshold: number;
  readonly levels: LocationStock[];
}

@ObjectType({ description: 'The stock of a variant, over all active locations.', simpleResolvers: true })
export class StockItem {
  @Derived<StockItemRow>(
    () => ProductVariant,
    ({ id }, context) => catalogLoaders(context).variantById.load(id),
    {
      description: 'The variant.',
    },
  )
  readonly variant!: ProductVariant;

  @Localized({ description: 'The name of its product.' })
  readonly productName!: string;

  @Field(() => Int, { description: 'Units that are there.' })
  readonly onHand!: number;

  @Field(() => Int, { description: 'Of these, held for orders, carts or other systems.' })
  readonly reserved!: number;

  @Field(() => Int, { description: 'onHand − reserved: what can be sold at once.' })
  readonly available!: number;

  @Field(() => Int, { description: 'Units sold, or being paid for, that are still to come.' })
  readonly backordered!: number;

  @Field(() => Int, {
    description: "From how many available units down it counts as low: its own number, else the shop's.",
  })
  readonly lowStockThreshold!: number;

  @Derived<StockItemRow>(() => Boolean, (row) => row.available <= row.lowStockThreshold, {
    description: 'Whether it counts as low now.',
  })
  readonly isLow!: boolean;

  @ListSize(3)
  @Field(() => [LocationStock], {
    description: 'Location by location, those served first first; inactive ones too.',
  })
  readonly levels!: LocationStock[];
}

@ObjectType({ description: 'A page of stock.', simpleResolvers: true })
export class StockItemConnection extends ConnectionOf(StockItem, 'StockItem') {}

export interface MovementRow {
  readonly id: string;
  readonly variantId: string;
  readonly orderId: string | null;
}

const orderIdOf = ({ orderId }: { orderId: string | null }): string | null =>
  orderId && globalId('ord', orderId);

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

  @Field(() => String, { nullable: true, description: 'Who did it; null when the shop did by itself.' })
  readonly actorName!: string | null;

  @Field(() => Date, { description: 'When.' })
  readonly at!: Date;
}

@ObjectType({ description: 'A page of the ledger.', simpleResolvers: true })
export class StockMovementConnection extends ConnectionOf(StockMovement, 'StockMovement') {}

export interface LiveReservationRow extends MovementRow {
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

@ObjectType({ description: 'The stock of a variant after a change.', simpleResolvers: true })
export class StockItemPayload extends Payload {
  @Field(() => StockItem, {
    nullable: true,
    description: 'The stock as it is now, also when refused; null when there is none.',
  })
  item!: object | null;
}
