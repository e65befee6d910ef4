import { ArgsType, Field, Int } from 'type-graphql';
import type { PageArguments } from '../../../kernel/pagination.js';
import { CustomerSort, CustomerFilter } from './customer.input.js';
@ArgsType()
export class CustomersArguments implements PageArguments {
  @Field(() => Int, { nullable: true, description: 'How many, 1 to 100, reading forward.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Cursor to read forward from.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many, 1 to 100, reading backward.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Cursor to read backward from.' })
  before?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words that must all be found, each in name, e-mail, telephone number in any spelling, the address book or what the own orders were sent to. Accents and capitals do not matter.',
  })
  search?: string | null;

  @Field(() => CustomerFilter, { nullable: true, description: 'Which customers to show.' })
  filter?: CustomerFilter | null;

  @Field(() => CustomerSort, {
    nullable: true,
    defaultValue: CustomerSort.NEWEST,
    description: 'Their order.',
  })
  sort?: CustomerSort | null;
}
