import { ArgsType, Field, Int } from 'type-graphql';
import type { PageArguments } from '../../../kernel/pagination.js';
import { ReturnFilter, ReturnSort } from '../return.input.js';

@ArgsType()
export class ReturnsArguments implements PageArguments {
  @Field(() => String, {
    nullable: true,
    description:
      "Words that must all be found, each in the return's number (also as #R101) or in what finds its order: see `orders`.",
  })
  search?: string | null;

  @Field(() => ReturnFilter, { nullable: true, description: 'Narrows the list.' })
  filter?: ReturnFilter | null;

  @Field(() => ReturnSort, {
    nullable: true,
    defaultValue: ReturnSort.NEWEST,
    description: 'The order of the list.',
  })
  sort!: ReturnSort;

  @Field(() => Int, {
    nullable: true,
    description: 'How many, 1 to 100, reading forward; 20 when neither first nor last is given.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Read on after this cursor.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many, 1 to 100, reading backward.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Read back from this cursor.' })
  before?: string | null;
}
