import { Field, ObjectType } from 'type-graphql';
import type { Language } from '../../../kernel/languages.js';
import { ConnectionOf } from '../../../platform/graphql/connection.js';
import { GlobalId, PrintedPhone } from '../../../platform/graphql/derived.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { Node } from '../../../platform/graphql/node.type.js';
import { DateTime, EmailAddress } from '../../../platform/graphql/scalars.js';
import type { UserRow } from '../user.entity.js';

@ObjectType({ implements: Node, description: 'An account as staff see it.', simpleResolvers: true })
export class Customer {
  @GlobalId('cust')
  id!: string;

  @Field(() => EmailAddress, { description: 'The address to sign in with.' })
  email!: string;

  @Field(() => String, { description: 'Given name.' })
  firstName!: string;

  @Field(() => String, { description: 'Family name.' })
  lastName!: string;

  @Field(() => String, { nullable: true, description: 'Telephone number.' })
  phone!: string | null;

  @PrintedPhone<UserRow>(({ phone }) => phone)
  phonePrinted!: string | null;

  @Field(() => LanguageCode, { description: 'The language of mails.' })
  language!: Language;

  @Field(() => Boolean, { description: 'Whether the customer agreed to advertising by mail.' })
  marketingOptIn!: boolean;

  @Field(() => DateTime, { description: 'When the account was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When the account last changed; the address book does not count.' })
  updatedAt!: Date;
}

@ObjectType({ description: 'A page of customers.', simpleResolvers: true })
export class CustomerConnection extends ConnectionOf(Customer, 'Customer') {}
