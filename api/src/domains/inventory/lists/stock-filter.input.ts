import { Field, ID, InputType } from 'type-graphql';
import { DateTime } from '../../../platform/graphql/scalars.js';
import { StockMovementKind } from '../stock.enums.js';
@InputType({ description: 'Which stock to list; what is left out does not narrow.' })
export class StockFilter {
  @Field(() => Boolean, { nullable: true, description: 'true: only what counts as low (sold out included).' })
  low?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'true: only what has nothing available.' })
  soldOut?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Only what has a stock level at this location; figures stay those of all locations.',
  })
  locationId?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Those with these ids of variants, at most 100. An empty list does not narrow.',
  })
  ids?: string[] | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Only what moved or was held at this moment or later. To follow stock: read with it, page on with `after`, and next time begin five minutes before you began this time, as a movement bears the moment at which its change began.',
  })
  updatedFrom?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Only what moved or was held before this moment; with updatedFrom, in between.',
  })
  updatedTo?: Date | null;
}

@InputType({ description: 'Which movements to list; what is left out does not narrow.' })
export class StockMovementFilter {
  @Field(() => ID, { nullable: true, description: 'Of this variant.' })
  variantId?: string | null;

  @Field(() => ID, { nullable: true, description: 'At this location.' })
  locationId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Received by this import.' })
  importId?: string | null;

  @Field(() => [StockMovementKind], { nullable: true, description: 'Any of these kinds.' })
  kinds?: StockMovementKind[] | null;

  @Field(() => DateTime, { nullable: true, description: 'At this moment or later.' })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Before this moment.' })
  to?: Date | null;
}
