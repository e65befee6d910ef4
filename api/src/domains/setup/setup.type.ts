import { Field, Float, ID, ObjectType } from 'type-graphql';
import type { Language } from '../../kernel/languages.js';
import { LanguageCode } from '../../platform/graphql/language.type.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { Payload } from '../../platform/graphql/payload.js';
import { CountryCode, CurrencyCode, DateTime } from '../../platform/graphql/scalars.js';

@ObjectType({
  description: 'A country in which a shop can be set up, and what it brings.',
  simpleResolvers: true,
})
export class SetupCountry {
  @Field(() => CountryCode, { description: 'The country.' })
  readonly code!: string;

  @Field(() => CurrencyCode, { description: 'Its currency.' })
  readonly currency!: string;

  @Field(() => String, { description: 'The IANA time zone of its capital.' })
  readonly timeZone!: string;

  @ListSize(3)
  @Field(() => [LanguageCode], {
    description: 'The languages of its buyers that the program has words in, the first one as the default.',
  })
  readonly languages!: readonly Language[];

  @Field(() => Float, { description: 'Its standard rate of value added tax, percent.' })
  readonly vat!: number;
}

@ObjectType({ description: 'What the set-up of a shop begins with.', simpleResolvers: true })
export class Setup {
  @Field(() => DateTime, { description: 'Until when the link opens it.' })
  readonly expiresAt!: Date;

  @Field(() => CountryCode, { description: 'Where the shop is, as far as it is known.' })
  readonly country!: string;

  @ListSize(27)
  @Field(() => [SetupCountry], { description: 'Where it can be.' })
  readonly countries!: readonly SetupCountry[];

  @ListSize(10)
  @Field(() => [String], {
    description: 'The names of the categories it begins with, in the language of the request.',
  })
  readonly categories!: readonly string[];
}

@ObjectType({ description: 'The outcome of a set-up.', simpleResolvers: true })
export class SetupCompletePayload extends Payload {
  @Field(() => Boolean, { description: 'True when the shop is set up: the owner can sign in.' })
  readonly ok!: boolean;

  @Field(() => ID, { nullable: true, description: 'The first product; null when none was given.' })
  readonly productId!: string | null;
}
