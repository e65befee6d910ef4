import { ArgsType, Field, Int } from 'type-graphql';
import { StaffProductSort } from '../catalog.enums.js';
import { StaffProductFilter } from '../listing/product-filter.input.js';

@ArgsType()
export class StaffProductsArguments {
  @Field(() => Int, { nullable: true, description: 'How many from the front, 1 to 100; 24 without.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'endCursor of the page before.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many from the back, 1 to 100.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'startCursor of the page after.' })
  before?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Words of name, text, category, SKU (with or without its hyphens) or barcode.',
  })
  search?: string | null;

  @Field(() => StaffProductFilter, { nullable: true, description: 'Narrows the list.' })
  filter?: StaffProductFilter | null;

  @Field(() => StaffProductSort, {
    nullable: true,
    defaultValue: StaffProductSort.NEWEST,
    description: 'The order.',
  })
  sort?: StaffProductSort | null;
}
