import { Field, InputType } from 'type-graphql';
import type { Language } from '../../../kernel/languages.js';
import { NeverNull } from '../../../platform/graphql/never-null.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { OptionalPersonName } from './person-name.js';

@NeverNull<ProfileUpdateInput>('firstName', 'lastName', 'language', 'marketingOptIn')
@InputType({ description: "A change of the caller's account; absent fields stay as they are." })
export class ProfileUpdateInput {
  @Field(() => String, { nullable: true, description: 'Given name, at most 80 characters.' })
  @OptionalPersonName()
  firstName?: string | null;

  @Field(() => String, { nullable: true, description: 'Family name, at most 80 characters.' })
  @OptionalPersonName()
  lastName?: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone number; null takes it away.' })
  phone?: string | null;

  @Field(() => LanguageCode, {
    nullable: true,
    description: 'The language of mails: of a customer, one of those that the shop offers.',
  })
  language?: Language | null;

  @Field(() => Boolean, { nullable: true, description: 'Agrees to advertising by mail, or not any more.' })
  marketingOptIn?: boolean | null;
}
