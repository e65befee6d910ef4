import { IsOptional, ValidateNested } from 'class-validator';
import { Field, InputType, ObjectType } from 'type-graphql';
import type { Language } from '../../../kernel/languages.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { NeverNull } from '../../../platform/graphql/never-null.js';
import { CalendarDate } from '../../../platform/graphql/scalars.js';
import { SettingsUpdateInput } from '../settings.input.js';
import { settingsOf } from '../settings.type.js';

@ObjectType({
  description: 'What an invoice without tax says about it, in one language.',
  simpleResolvers: true,
})
export class TaxMention {
  @Field(() => LanguageCode, { description: 'The language.' })
  readonly locale!: Language;

  @Field(() => String, { description: 'The sentence.' })
  readonly message!: string;
}

abstract class Nothing {}

@ObjectType({
  description:
    'Whether the seller is registered for value added tax. One who is not charges none: nothing says a word about it, and invoices say by which law.',
  simpleResolvers: true,
})
export class TaxSettings extends settingsOf(Nothing) {
  @Field(() => Boolean, {
    description: 'Whether the seller charges tax; from `payerSince` on, and the opposite before.',
  })
  readonly payer!: boolean;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'From which day on, in the time zone of the shop; null for always.',
  })
  readonly payerSince!: string | null;

  @ListSize(3)
  @Field(() => [TaxMention], {
    description:
      'What invoices without tax say, in each language. Where nothing is written, what the law of the home country asks for, as far as the program knows it.',
  })
  readonly mention!: readonly TaxMention[];
}

@InputType({ description: 'What an invoice without tax says about it, in one language.' })
export class TaxMentionInput {
  @Field(() => LanguageCode, { description: 'The language; each once.' })
  locale!: Language;

  @Field(() => String, { description: 'The sentence, 1 to 300 characters on one line.' })
  message!: string;
}

@NeverNull<TaxSettingsUpdateInput>('payer', 'mention')
@InputType({ description: 'A change of the registration for tax: what is left out stays.' })
export class TaxSettingsUpdateInput extends SettingsUpdateInput {
  @Field(() => Boolean, { nullable: true, description: 'Whether the seller charges tax.' })
  @IsOptional()
  payer?: boolean;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'From which day on, in the time zone of the shop; before it the opposite. Null for always: then it holds at once.',
  })
  @IsOptional()
  payerSince?: string | null;

  @Field(() => [TaxMentionInput], {
    nullable: true,
    description:
      'What invoices without tax say: the whole list, at most one sentence for each language. MENTION_MISSING where nothing is written for a home country whose law the program does not know.',
  })
  @IsOptional()
  @ValidateNested({ each: true })
  mention?: TaxMentionInput[];
}
