import { Field, ID, Int, ObjectType } from 'type-graphql';
import { globalId } from '../../../kernel/ids.js';
import type { Language } from '../../../kernel/languages.js';
import { ConnectionOf } from '../../../platform/graphql/connection.js';
import { Derived, GlobalId, PART_ID, PrintedPhone } from '../../../platform/graphql/derived.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { Node } from '../../../platform/graphql/node.type.js';
import { DateTime, EmailAddress } from '../../../platform/graphql/scalars.js';
import { identityLoaders } from '../identity.loaders.js';
import { CustomerStatus } from './customer-status.js';
import type { CustomerRow } from './customer.entity.js';

@ObjectType({
  implements: Node,
  description: 'Somebody with an account, or a guest who has ordered, as staff see them.',
  simpleResolvers: true,
})
export class Customer {
  @GlobalId('cust')
  id!: string;

  @Field(() => EmailAddress, { description: 'The address to sign in with; of a guest, that of the orders.' })
  email!: string;

  @Field(() => String, { description: 'Given name.' })
  firstName!: string;

  @Field(() => String, { description: 'Family name.' })
  lastName!: string;

  @Field(() => String, { nullable: true, description: 'Telephone number.' })
  phone!: string | null;

  @PrintedPhone<CustomerRow>(({ phone }) => phone)
  phonePrinted!: string | null;

  @Field(() => LanguageCode, { description: 'The language of mails.' })
  language!: Language;

  @Field(() => Boolean, { description: 'Whether the customer agreed to advertising by mail.' })
  marketingOptIn!: boolean;

  @Derived<CustomerRow>(() => Boolean, ({ userId }) => userId !== null, {
    description: 'Whether there is an account; false for a guest.',
  })
  hasAccount!: boolean;

  @Derived<CustomerRow>(
    () => Boolean,
    async ({ userId }, context) =>
      userId !== null && (await identityLoaders(context).userById.load(userId))?.emailVerifiedAt != null,
    {
      description:
        'Whether the holder of the account has shown that the mailbox is theirs; false for a guest.',
    },
  )
  emailVerified!: boolean;

  @Field(() => Boolean, {
    description: 'Whether the account is one of staff: it is in no list of customers, nor changed as one.',
  })
  isStaff!: boolean;

  @Field(() => CustomerStatus, { description: 'Whether they may order.' })
  status!: CustomerStatus;

  @ListSize(5)
  @Field(() => [String], { description: 'Words of staff to find the customer by, in alphabetical order.' })
  tags!: string[];

  @Field(() => Int, { description: 'Counts the changes; for `expectedVersion`.' })
  version!: number;

  @Field(() => DateTime, { description: 'When the account was made; of a guest, the first order.' })
  createdAt!: Date;

  @Field(() => DateTime, {
    description: 'When the customer last changed; the address book and orders do not count.',
  })
  updatedAt!: Date;
}

@ObjectType({ description: 'A page of customers.', simpleResolvers: true })
export class CustomerConnection extends ConnectionOf(Customer, 'Customer') {}

@ObjectType({ description: 'What staff wrote down about a customer.', simpleResolvers: true })
export class CustomerNote {
  @Derived<{ id: string }>(() => ID, ({ id }) => globalId('cnote', id), { description: PART_ID })
  id!: string;

  @Field(() => String, { description: 'The text.' })
  body!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Who wrote it; null for an account that is gone.',
  })
  authorName!: string | null;

  @Field(() => DateTime, { description: 'When.' })
  createdAt!: Date;
}
