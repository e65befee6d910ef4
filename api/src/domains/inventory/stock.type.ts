import { Field, Int, ObjectType } from 'type-graphql';
import { globalId } from '../../kernel/ids.js';
import type { LocalizedText } from '../../kernel/languages.js';
import { ConnectionOf } from '../../platform/graphql/connection.js';
import { Derived, Localized } from '../../platform/graphql/derived.js';
import { Payload } from '../../platform/graphql/payload.js';
import { catalogLoaders, ProductVariant } from '../catalog/index.js';
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

export const orderIdOf = ({ orderId }: { orderId: string | null }): string | null =>
  orderId && globalId('ord', orderId);

@ObjectType({ description: 'The stock of a variant after a change.', simpleResolvers: true })
export class StockItemPayload extends Payload {
  @Field(() => StockItem, {
    nullable: true,
    description: 'The stock as it is now, also when refused; null when there is none.',
  })
  item!: object | null;
}
