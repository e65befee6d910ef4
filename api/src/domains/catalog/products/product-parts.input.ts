import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsNotEmpty,
  IsOptional,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { ChoiceTranslationInput } from '../translations/option-texts.input.js';
import type { Language } from '../../../kernel/languages.js';
import { OptionalTranslations } from '../../../platform/entered.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';

export const CODE = /^[a-z0-9]([a-z0-9._-]{0,48}[a-z0-9])?$/i;
export const SWATCH = /^#[0-9A-Fa-f]{6}$/;

@InputType({
  description: "A product's texts in one language. Leaving a field out keeps it, null clears it.",
})
export class ProductTranslationInput {
  @Field(() => LanguageCode, { description: 'The language.' })
  locale!: Language;

  @Field(() => String, { description: 'The name.' })
  @IsNotEmpty({ message: 'A name is needed.' })
  @MaxLength(200, { message: 'At most 200 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'One or two sentences, plain text.' })
  @IsOptional()
  @MaxLength(1000, { message: 'At most 1,000 characters.' })
  summary?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The long text as HTML; what is not harmless is taken out.',
  })
  @IsOptional()
  @MaxLength(50_000, { message: 'At most 50,000 characters.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'Title for search engines.' })
  @IsOptional()
  @MaxLength(200, { message: 'At most 200 characters.' })
  seoTitle?: string | null;

  @Field(() => String, { nullable: true, description: 'Description for search engines.' })
  @IsOptional()
  @MaxLength(500, { message: 'At most 500 characters.' })
  seoDescription?: string | null;
}

@InputType({ description: 'A choice within an option.' })
export class ProductOptionValueInput {
  @Field(() => String, { description: 'Its name for programs, unique within the option.' })
  @Matches(CODE, { message: 'Letters, digits, dot, dash or underscore; at most 50.' })
  code!: string;

  @Field(() => String, { description: "Its name in the shop's default language." })
  @IsNotEmpty({ message: 'A name is needed.' })
  @MaxLength(100, { message: 'At most 100 characters.' })
  name!: string;

  @Field(() => [ChoiceTranslationInput], {
    nullable: true,
    description: 'Its name in other languages.',
  })
  @OptionalTranslations()
  translations?: ChoiceTranslationInput[] | null;

  @Field(() => String, { nullable: true, description: 'Color as #RRGGBB.' })
  @IsOptional()
  @Matches(SWATCH, { message: 'A color such as #76876A.' })
  swatch?: string | null;
}

@InputType({ description: 'A choice to make before buying.' })
export class ProductOptionInput {
  @Field(() => String, { description: 'Its name for programs, unique within the product.' })
  @Matches(CODE, { message: 'Letters, digits, dot, dash or underscore; at most 50.' })
  code!: string;

  @Field(() => String, { description: "Its name in the shop's default language." })
  @IsNotEmpty({ message: 'A name is needed.' })
  @MaxLength(100, { message: 'At most 100 characters.' })
  name!: string;

  @Field(() => [ChoiceTranslationInput], {
    nullable: true,
    description: 'Its name in other languages.',
  })
  @OptionalTranslations()
  translations?: ChoiceTranslationInput[] | null;

  @Field(() => [ProductOptionValueInput], { description: 'The choices, in order.' })
  @ArrayNotEmpty({ message: 'An option needs at least one choice.' })
  @ArrayMaxSize(100, { message: 'At most 100 choices.' })
  @ValidateNested({ each: true })
  values!: ProductOptionValueInput[];
}
