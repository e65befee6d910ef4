import { ArrayMaxSize, ArrayMinSize, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { MinorUnits } from '../../platform/graphql/scalars.js';
import { DraftLineInput } from './drafts/draft-order.input.js';

const SOME_LINES = { message: 'At least one line: to give all up, cancel the order.' };
const FEW_LINES = { message: 'At most 200 lines.' };
const KEY =
  'Made by the client, 8 to 128 characters: a repeat has no further effect and gets the same answer.';

@InputType({ description: 'A change of an order to try out.' })
export class OrderEditPreviewInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field(() => [DraftLineInput], {
    description: 'The lines as they shall be; a variant that is left out is taken off the order.',
  })
  lines!: DraftLineInput[];
}

@InputType({ description: 'A change of an order after the sale.' })
export class OrderEditInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field(() => Int, { description: 'The version the caller saw; STALE_VERSION when it is another.' })
  expectedVersion!: number;

  @Field(() => [DraftLineInput], {
    description: 'The lines as they shall be; a variant that is left out is taken off the order.',
  })
  @ArrayMinSize(1, SOME_LINES)
  @ArrayMaxSize(200, FEW_LINES)
  @ValidateNested({ each: true })
  lines!: DraftLineInput[];

  @Field(() => MinorUnits, {
    description: '`totalAfter` of the preview that the caller saw; PRICE_CHANGED when it is another.',
  })
  expectedTotal!: number;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: 'Whether units that are taken off go back in stock.',
  })
  restock?: boolean | null;

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'A proposed change to take back.' })
export class OrderEditCancelInput {
  @Field(() => ID, { description: 'The order whose change waits for its payment.' })
  orderId!: string;

  @Field(() => Int, { description: 'The version the caller saw; STALE_VERSION when it is another.' })
  expectedVersion!: number;

  @Field(() => ID, { description: KEY })
  idempotencyKey!: string;
}
