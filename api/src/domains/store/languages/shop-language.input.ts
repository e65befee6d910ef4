import { IsOptional, MaxLength } from 'class-validator';
import { Field, InputType, Int } from 'type-graphql';
import type { Language } from '../../../kernel/languages.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { NeverNull } from '../../../platform/graphql/never-null.js';

const VERSION =
  'The version of the list that the change is based on; STALE_VERSION when it is another by now. Null takes the present one.';

@InputType({ description: 'A language that the shop gets.' })
export class ShopLanguageAddInput {
  @Field(() => LanguageCode, { description: 'The language. One that the shop has stays as it is.' })
  language!: Language;

  @Field(() => Int, { nullable: true, description: VERSION })
  @IsOptional()
  expectedVersion?: number | null;
}

@NeverNull<ShopLanguageUpdateInput>('isPublished', 'isDefault', 'isRoot')
@InputType({ description: 'A change of a language: what is left out stays.' })
export class ShopLanguageUpdateInput {
  @Field(() => LanguageCode, { description: 'Which one.' })
  language!: Language;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether buyers read it. Pages of a language that is taken back lead to the same page in the default one.',
  })
  @IsOptional()
  isPublished?: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True makes it the default one; DEFAULT_LANGUAGE_INCOMPLETE until every name has it. False changes nothing.',
  })
  @IsOptional()
  isDefault?: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True takes the prefix from its addresses: those with it lead there, and pages of the language of before get one. False changes nothing.',
  })
  @IsOptional()
  isRoot?: boolean;

  @Field(() => Int, { nullable: true, description: VERSION })
  @IsOptional()
  expectedVersion?: number | null;
}

@InputType({ description: 'A language that the shop has no longer.' })
export class ShopLanguageRemoveInput {
  @Field(() => LanguageCode, {
    description: 'Which one. Its texts are kept, and are there again when it is added again.',
  })
  language!: Language;

  @Field(() => Int, { nullable: true, description: VERSION })
  @IsOptional()
  expectedVersion?: number | null;
}

@InputType({ description: 'A text of the shop in one language.' })
export class TranslationSaveInput {
  @Field(() => LanguageCode, { description: 'The language: one that the shop has.' })
  language!: Language;

  @Field(() => String, { description: 'The area, as `LanguageCoverage.area` names it.' })
  @MaxLength(60, { message: 'At most 60 characters.' })
  area!: string;

  @Field(() => String, { description: 'As `MissingText.id` says it.' })
  @MaxLength(200, { message: 'At most 200 characters.' })
  id!: string;

  @Field(() => String, { description: 'As `MissingText.field` says it.' })
  @MaxLength(60, { message: 'At most 60 characters.' })
  field!: string;

  @Field(() => String, { description: 'The text; as long as `MissingText.most` at most.' })
  @MaxLength(50_000, { message: 'At most 50,000 characters.' })
  text!: string;
}

@InputType({ description: 'A word of the program as staff say it in a language.' })
export class MessageOverrideSetInput {
  @Field(() => LanguageCode, { description: 'The language: one that the shop has.' })
  language!: Language;

  @Field(() => String, { description: 'As `InterfaceWord.key` says it.' })
  @MaxLength(200, { message: 'At most 200 characters.' })
  key!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The word, 1 to 2,000 characters of plain text, with exactly the placeholders of `InterfaceWord.own`; null takes that one again.',
  })
  @IsOptional()
  @MaxLength(2_000, { message: 'At most 2,000 characters.' })
  text?: string | null;
}
