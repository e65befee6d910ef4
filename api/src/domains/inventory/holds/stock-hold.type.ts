import { Field, Int, ObjectType } from 'type-graphql';
import { GlobalId } from '../../../platform/graphql/derived.js';
import { Node } from '../../../platform/graphql/node.type.js';
import { Payload } from '../../../platform/graphql/payload.js';
import { StockHoldStatus } from './stock-hold-status.js';
import { StockLocation } from '../locations/stock-location.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';

@ObjectType({ description: 'Units of one SKU that a hold took at one location.', simpleResolvers: true })
export class StockHoldLine {
  @Field(() => String, { description: 'The SKU.' })
  readonly sku!: string;

  @Field(() => Int, { description: 'How many.' })
  readonly quantity!: number;

  @Field(() => StockLocation, { description: 'Where they were taken from.' })
  readonly location!: StockLocation;
}

@ObjectType({
  implements: Node,
  description:
    'Stock that another system (a point of sale, a marketplace) holds in two phases: held, then committed or released.',
  simpleResolvers: true,
})
export class StockHold {
  @GlobalId('hold')
  readonly id!: string;

  @Field(() => StockHoldStatus, { description: 'Its status.' })
  readonly status!: StockHoldStatus;

  @Field(() => String, { description: 'Who holds it, as named by the reserving system.' })
  readonly holder!: string;

  @ListSize(5)
  @Field(() => [StockHoldLine], { description: 'What it holds or held, by SKU and location.' })
  readonly lines!: StockHoldLine[];

  @Field(() => Date, { description: 'Until when it can be committed.' })
  readonly expiresAt!: Date;

  @Field(() => Date, { description: 'Since when.' })
  readonly createdAt!: Date;
}

@ObjectType({ description: 'The hold after a change.', simpleResolvers: true })
export class StockHoldPayload extends Payload {
  @Field(() => StockHold, {
    nullable: true,
    description: 'The hold as it is now, also when refused; null when there is none.',
  })
  hold!: object | null;
}
