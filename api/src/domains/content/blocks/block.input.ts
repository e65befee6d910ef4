import { ArrayMaxSize, IsOptional, MaxLength, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import type { Language } from '../../../kernel/languages.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { DateTime } from '../../../platform/graphql/scalars.js';
import { BLOCKS, type BlockType } from './block-types.js';
import { PageProductSource } from './stored-block.js';

/** UNKNOWN stands for the type of a plugin that is not there any more. */
export const PageBlockTypeEnum = {
  ...(Object.fromEntries(Object.keys(BLOCKS).map((type) => [type, type])) as { [T in BlockType]: T }),
  UNKNOWN: 'UNKNOWN' as const,
};
export type PageBlockType = keyof typeof PageBlockTypeEnum;
registerEnumType(PageBlockTypeEnum, {
  name: 'PageBlockType',
  description: 'What a part of a page shows.',
  valuesConfig: {
    HERO: {
      description: 'A large image with a heading, a sentence and a button: what a visitor sees first.',
    },
    PRODUCTS: { description: 'Products, chosen one by one or by a rule.' },
    CATEGORIES: { description: 'Categories with their images: those chosen, else all at the top.' },
    STORY: { description: 'An image beside a text.' },
    TEXT: { description: 'A text.' },
    IMAGE: { description: 'An image with a caption.' },
    GALLERY: { description: 'Images beside each other.' },
    QUESTIONS: { description: 'Questions that open to their answers.' },
    CALL: { description: 'A sentence and a button on a coloured ground.' },
    UNKNOWN: { description: 'Of a type that this program does not know: kept, and shown to nobody.' },
  },
});
registerEnumType(PageProductSource, {
  name: 'PageProductSource',
  description: 'Which products a block shows.',
  valuesConfig: {
    FEATURED: { description: 'Those that the shop shows first.' },
    NEWEST: { description: 'The newest.' },
    CATEGORY: { description: 'The newest of a category.' },
    CHOSEN: { description: 'Those that were chosen, in their order.' },
  },
});

const LONG = { message: 'At most 2,000 characters.' };

@InputType({ description: "A block's texts in one language. What is left out is empty." })
export class PageBlockTranslationInput {
  @Field(() => LanguageCode, { description: 'The language.' })
  locale!: Language;

  @Field(() => String, { nullable: true, description: 'Some words above the heading.' })
  @IsOptional()
  @MaxLength(2_000, LONG)
  eyebrow?: string | null;

  @Field(() => String, { nullable: true, description: 'The heading.' })
  @IsOptional()
  @MaxLength(2_000, LONG)
  title?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Some sentences, plain text; of an image its caption.',
  })
  @IsOptional()
  @MaxLength(2_000, LONG)
  text?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The text as HTML: paragraphs, headings, lists, links. Refused with any other tag.',
  })
  @IsOptional()
  @MaxLength(60_000, { message: 'At most 60,000 characters.' })
  html?: string | null;

  @Field(() => String, { nullable: true, description: 'What stands on the button.' })
  @IsOptional()
  @MaxLength(2_000, LONG)
  action?: string | null;
}

@InputType({ description: 'The texts of one question in one language.' })
export class PageBlockItemTranslationInput {
  @Field(() => LanguageCode, { description: 'The language.' })
  locale!: Language;

  @Field(() => String, { nullable: true, description: 'The question.' })
  @IsOptional()
  @MaxLength(300, { message: 'At most 300 characters.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'The answer as HTML.' })
  @IsOptional()
  @MaxLength(10_000, { message: 'At most 10,000 characters.' })
  html?: string | null;
}

@InputType({ description: 'One of several things of a block, such as a question with its answer.' })
export class PageBlockItemInput {
  @Field(() => [PageBlockItemTranslationInput], { description: 'Its texts.' })
  @ArrayMaxSize(200, { message: 'At most 200 languages.' })
  @ValidateNested({ each: true })
  translations!: PageBlockItemTranslationInput[];
}

@InputType({ description: 'Where a button leads: a target or a path.' })
export class PageLinkInput {
  @Field(() => ID, {
    nullable: true,
    description: 'A product, category or page: the link follows its address.',
  })
  @IsOptional()
  targetId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A path of the shop without language, such as /search, or an address with https://.',
  })
  @IsOptional()
  @MaxLength(500, { message: 'At most 500 characters.' })
  path?: string | null;
}

@InputType({
  description:
    'A block as it is to be. Which parts it may have follows from its type: others must be left out.',
})
export class PageBlockInput {
  @Field(() => String, {
    description: 'Made by the client when the block is added, and kept; 8 to 40 letters, digits and dashes.',
  })
  @MaxLength(40, { message: 'At most 40 characters.' })
  key!: string;

  @Field(() => PageBlockTypeEnum, {
    description: 'What it shows. UNKNOWN keeps what is stored under the key as it is.',
  })
  type!: PageBlockType;

  @Field(() => Boolean, { nullable: true, description: 'Whether nobody sees it; false when left out.' })
  @IsOptional()
  isHidden?: boolean | null;

  @Field(() => DateTime, { nullable: true, description: 'From when on it is shown; left out: at once.' })
  @IsOptional()
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Until when it is shown; left out: for good.' })
  @IsOptional()
  until?: Date | null;

  @Field(() => [LanguageCode], {
    nullable: true,
    description: 'To readers of which languages it is shown; left out or empty: to all.',
  })
  @IsOptional()
  @ArrayMaxSize(200, { message: 'At most 200 languages.' })
  languages?: Language[] | null;

  @Field(() => [PageBlockTranslationInput], { nullable: true, description: 'Its texts.' })
  @IsOptional()
  @ArrayMaxSize(200, { message: 'At most 200 languages.' })
  @ValidateNested({ each: true })
  translations?: PageBlockTranslationInput[] | null;

  @Field(() => [ID], { nullable: true, description: 'Public images of the media library, in their order.' })
  @IsOptional()
  @ArrayMaxSize(24, { message: 'At most 24 images.' })
  imageIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Products, where they are CHOSEN, in their order.' })
  @IsOptional()
  @ArrayMaxSize(12, { message: 'At most 12 products.' })
  productIds?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Categories, in their order; one where products are of a CATEGORY.',
  })
  @IsOptional()
  @ArrayMaxSize(12, { message: 'At most 12 categories.' })
  categoryIds?: string[] | null;

  @Field(() => PageProductSource, { nullable: true, description: 'Which products; NEWEST when left out.' })
  @IsOptional()
  source?: PageProductSource | null;

  @Field(() => Int, { nullable: true, description: 'How many products, 1 to 12; 4 when left out.' })
  @IsOptional()
  count?: number | null;

  @Field(() => PageLinkInput, { nullable: true, description: 'Where its button leads.' })
  @IsOptional()
  @ValidateNested()
  link?: PageLinkInput | null;

  @Field(() => [PageBlockItemInput], { nullable: true, description: 'Its questions, in their order.' })
  @IsOptional()
  @ArrayMaxSize(60, { message: 'At most 60.' })
  @ValidateNested({ each: true })
  items?: PageBlockItemInput[] | null;
}
