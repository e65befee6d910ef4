import { ArrayMaxSize, IsOptional, MaxLength } from 'class-validator';
import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { DateTime } from '../../../platform/graphql/scalars.js';
import { CustomerStatus } from './customer-status.js';

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
    NEWEST: { description: 'Last known first: by their sign-up, guests by their first order.' },
    OLDEST: { description: 'First known first: by their sign-up, guests by their first order.' },
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

  @Field(() => Boolean, { nullable: true, description: 'True: with an account; false: guests.' })
  hasAccount?: boolean | null;

  @Field(() => [CustomerStatus], {
    nullable: true,
    description: 'With one of these; left out, all but those who were erased.',
  })
  statuses?: CustomerStatus[] | null;

  @Field(() => [String], { nullable: true, description: 'With all of these tags; at most 20.' })
  @IsOptional()
  @ArrayMaxSize(20, { message: 'At most 20 tags.' })
  @MaxLength(60, { each: true, message: 'At most 60 characters.' })
  tags?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Only these, at most 100.' })
  ids?: string[] | null;

  @Field(() => DateTime, { nullable: true, description: 'Known since this moment or later.' })
  createdFrom?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Known since before this moment.' })
  createdTo?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Only those changed at this moment or later; address book and orders do not count.',
  })
  updatedFrom?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Only those changed before this moment.' })
  updatedTo?: Date | null;
}
