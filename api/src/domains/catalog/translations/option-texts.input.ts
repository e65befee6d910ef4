import { ArrayMaxSize, IsNotEmpty, IsOptional, MaxLength, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import type { Language } from '../../../kernel/languages.js';
import { Translations } from '../../../platform/entered.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { NeverNull } from '../../../platform/graphql/never-null.js';

@InputType({ description: 'What an option or a value of one is called in one language.' })
export class ChoiceTranslationInput {
  @Field(() => LanguageCode, { description: 'The language; each once.' })
  locale!: Language;

  @Field(() => String, { description: 'The name.' })
  @IsNotEmpty({ message: 'A name is needed.' })
  @MaxLength(100, { message: 'At most 100 characters.' })
  name!: string;
}

@InputType({ description: 'An option in some languages.' })
export class OptionTextsInput {
  @Field(() => ID, { description: 'The option.' })
  optionId!: string;

  @Field(() => [ChoiceTranslationInput], {
    description: 'Its names; languages that are left out keep theirs.',
  })
  @Translations()
  translations!: ChoiceTranslationInput[];
}

@InputType({ description: 'A value of an option in some languages.' })
export class OptionValueTextsInput {
  @Field(() => ID, { description: 'The value.' })
  valueId!: string;

  @Field(() => [ChoiceTranslationInput], {
    description: 'Its names; languages that are left out keep theirs.',
  })
  @Translations()
  translations!: ChoiceTranslationInput[];
}

@NeverNull<ProductOptionTextsUpdateInput>('options', 'values')
@InputType({ description: 'Names of the options of a product and of their values, in some languages.' })
export class ProductOptionTextsUpdateInput {
  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => Int, {
    description:
      'The version of the product that the change is based on; STALE_VERSION when it is another by now.',
  })
  expectedVersion!: number;

  @Field(() => [OptionTextsInput], { nullable: true, description: 'Options to name.' })
  @IsOptional()
  @ArrayMaxSize(10, { message: 'At most 10 options.' })
  @ValidateNested({ each: true })
  options?: OptionTextsInput[];

  @Field(() => [OptionValueTextsInput], { nullable: true, description: 'Values to name.' })
  @IsOptional()
  @ArrayMaxSize(250, { message: 'At most 250 values.' })
  @ValidateNested({ each: true })
  values?: OptionValueTextsInput[];
}
