import { IsOptional, ValidateNested } from 'class-validator';
import { Field, InputType, ObjectType } from 'type-graphql';
import { localized, type Language } from '../../../kernel/languages.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { NeverNull } from '../../../platform/graphql/never-null.js';
import { DateTime } from '../../../platform/graphql/scalars.js';
import { SettingsUpdateInput } from '../settings.input.js';
import { settingsOf } from '../settings.type.js';
import type { Holiday } from './holiday-group.js';

@ObjectType({
  description:
    'A time in which the shop can be looked at and carts can be filled, but nothing can be ordered (SHOP_CLOSED). It begins and ends by itself.',
  simpleResolvers: true,
})
export class ShopHoliday {
  @Field(() => DateTime, {
    nullable: true,
    description: 'From when on; null when it has begun. It may be in the future: compare it with the clock.',
  })
  readonly from!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Until when; null when that is not known yet.' })
  readonly until!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the shop says about it, in the language of the request; null when nothing is written.',
  })
  readonly message!: string | null;
}

/** As buyers are told of it; null when none is planned, or it is over. */
export function shownHoliday(
  { from, until, translations }: Holiday,
  { now, language, defaultLanguage }: { now: Date; language: Language; defaultLanguage: Language },
): ShopHoliday | null {
  if ((!from && !until) || (until && until <= now)) return null;
  const texts = Object.fromEntries(translations.map(({ locale, message }) => [locale, message]));
  return { from, until, message: localized(texts, language, defaultLanguage) };
}

@ObjectType({ description: 'What is said about a holiday, in one language.', simpleResolvers: true })
export class HolidayTranslation {
  @Field(() => LanguageCode, { description: 'The language.' })
  readonly locale!: Language;

  @Field(() => String, { description: 'The sentence.' })
  readonly message!: string;
}

abstract class Nothing {}

@ObjectType({
  description: 'When the shop takes no orders. With neither moment there is no holiday.',
  simpleResolvers: true,
})
export class HolidaySettings extends settingsOf(Nothing) {
  @Field(() => DateTime, {
    nullable: true,
    description: 'From when on; null beside `until` when it has begun.',
  })
  readonly from!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when; null beside `from` when it lasts until somebody ends it.',
  })
  readonly until!: Date | null;

  @ListSize(3)
  @Field(() => [HolidayTranslation], { description: 'What buyers read about it, in each language.' })
  readonly translations!: readonly HolidayTranslation[];
}

@InputType({ description: 'What is said about a holiday, in one language.' })
export class HolidayTranslationInput {
  @Field(() => LanguageCode, { description: 'The language; each once.' })
  locale!: Language;

  @Field(() => String, { description: 'The sentence, 1 to 300 characters.' })
  message!: string;
}

@NeverNull<HolidaySettingsUpdateInput>('translations')
@InputType({ description: 'A change of the holiday: what is left out stays.' })
export class HolidaySettingsUpdateInput extends SettingsUpdateInput {
  @Field(() => DateTime, {
    nullable: true,
    description:
      'From when on no orders are taken; null for at once, and beside a null `until` for no holiday.',
  })
  @IsOptional()
  from?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when, after `from`; null when that is not known yet.',
  })
  @IsOptional()
  until?: Date | null;

  @Field(() => [HolidayTranslationInput], {
    nullable: true,
    description: 'What buyers read about it: the whole list, at most one sentence for each language.',
  })
  @IsOptional()
  @ValidateNested({ each: true })
  translations?: HolidayTranslationInput[];
}
