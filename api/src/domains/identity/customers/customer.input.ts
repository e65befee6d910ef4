import { ArgsType, Field, InputType, Int, registerEnumType } from 'type-graphql';
import { DateTime } from '../../../platform/graphql/scalars.js';
import type { PageArguments } from '../../../kernel/pagination.js';

export enum CustomerSort {
  NEWEST = 'NEWEST',
  OLDEST = 'OLDEST',
  NAME_ASC = 'NAME_ASC',
  EMAIL_ASC = 'EMAIL_ASC',
  UPDATED_ASC = 'UPDATED_ASC',
}
registerEnumType(CustomerSort, {
  name: 'CustomerSort',
  description: 'How customers are ordered.',
  valuesConfig: {
    NEWEST: { description: 'Last signed up first.' },
    OLDEST: { description: 'First signed up first.' },
    NAME_ASC: { description: 'By family name, then given name; accents and capitals do not matter.' },
    EMAIL_ASC: { description: 'By e-mail.' },
    UPDATED_ASC: {
      description:
        'Longest unchanged first. To follow changes: read with it, page on with `after`, and next time begin with updatedFrom five minutes before the last updatedAt you saw, as a change bears the moment at which it began.',
    },
  },
});

@InputType({ description: 'Which customers to show; all conditions hold.' })
export class CustomerFilter {
  @Field(() => Boolean, { nullable: true, description: 'Whether they agreed to advertising by mail.' })
  marketingOptIn?: boolean | null;

  @Field(() => DateTime, { nullable: true, description: 'Signed up at this moment or later.' })
  createdFrom?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Signed up before this moment.' })
  createdTo?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Only accounts changed at this moment or later; the address book does not count.',
  })
  updatedFrom?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Only accounts changed before this moment.' })
  updatedTo?: Date | null;
}

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
