import { ArrayMaxSize, IsOptional, MaxLength, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import type { Language } from '../../../kernel/languages.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { MenuCode, MenuEntryKind } from './menu.entity.js';

@InputType({ description: 'What an entry is called in one language.' })
export class MenuEntryTranslationInput {
  @Field(() => LanguageCode, { description: 'The language.' })
  locale!: Language;

  @Field(() => String, { nullable: true, description: 'The label; null or empty for none of its own.' })
  @IsOptional()
  @MaxLength(80, { message: 'At most 80 characters.' })
  label?: string | null;
}

@InputType({ description: 'An entry of a menu as it is to be.' })
export class MenuEntryInput {
  @Field(() => String, {
    description: 'Made by the client when the entry is added, and kept; 8 to 40 letters, digits and dashes.',
  })
  @MaxLength(40, { message: 'At most 40 characters.' })
  key!: string;

  @Field(() => Int, {
    description: '0 at the top; 1 and 2 below the last entry before it with a lesser depth.',
  })
  depth!: number;

  @Field(() => MenuEntryKind, { description: 'What it is.' })
  kind!: MenuEntryKind;

  @Field(() => [MenuEntryTranslationInput], {
    nullable: true,
    description: 'Its labels; needed in the default language unless it leads to a target.',
  })
  @IsOptional()
  @ArrayMaxSize(200, { message: 'At most 200 languages.' })
  @ValidateNested({ each: true })
  translations?: MenuEntryTranslationInput[] | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Of a LINK: a product, category or page, whose address and name it follows.',
  })
  @IsOptional()
  targetId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Of a LINK without target: a path of the shop without language, such as /search, or an address with https://.',
  })
  @IsOptional()
  @MaxLength(500, { message: 'At most 500 characters.' })
  path?: string | null;
}

@InputType({ description: 'A menu as it is to be.' })
export class MenuUpdateInput {
  @Field(() => MenuCode, { description: 'Which menu.' })
  code!: MenuCode;

  @Field(() => Int, { description: 'Its version when it was read; another one refuses with STALE_VERSION.' })
  expectedVersion!: number;

  @Field(() => [MenuEntryInput], { description: 'All its entries, in their order. At most 60.' })
  @ArrayMaxSize(60, { message: 'At most 60 entries.' })
  @ValidateNested({ each: true })
  entries!: MenuEntryInput[];
}
