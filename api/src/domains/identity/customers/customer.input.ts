import { Field, InputType, registerEnumType } from 'type-graphql';
import { DateTime } from '../../../platform/graphql/scalars.js';

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
