import { ArrayMaxSize, IsOptional, MaxLength } from 'class-validator';
import { Field, Float, ID, InputType } from 'type-graphql';
import type { Language } from '../../../kernel/languages.js';
import { OptionalTranslations } from '../../../platform/entered.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { CalendarDate } from '../../../platform/graphql/scalars.js';

@InputType({ description: 'A text of an attribute in one language.' })
export class AttributeTextInput {
  @Field(() => LanguageCode, { description: 'The language; each once.' })
  locale!: Language;

  @Field(() => String, { description: 'The text, plain; empty for none.' })
  @MaxLength(1000, { message: 'At most 1,000 characters.' })
  text!: string;
}

@InputType({
  description:
    'What a product or variant has of one attribute: the field of its kind. Left out, null or empty it has nothing of it.',
})
export class AttributeEntryInput {
  @Field(() => ID, { description: 'The attribute.' })
  attributeId!: string;

  @Field(() => [ID], { nullable: true, description: 'The whole list of its values; of ENUM and COLOR.' })
  @IsOptional()
  @ArrayMaxSize(60, { message: 'At most 60 values.' })
  valueIds?: string[] | null;

  @Field(() => Float, { nullable: true, description: 'The number, between ±10^12; of NUMBER.' })
  @IsOptional()
  number?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The unit that the number is in; UNIT_MISMATCH unless it is that of the attribute.',
  })
  @IsOptional()
  @MaxLength(20, { message: 'At most 20 characters.' })
  unit?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Yes or no; of BOOLEAN.' })
  @IsOptional()
  flag?: boolean | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The day; of DATE.' })
  @IsOptional()
  day?: string | null;

  @Field(() => [AttributeTextInput], {
    nullable: true,
    description: 'Languages to write; those left out stay. Of TEXT.',
  })
  @OptionalTranslations()
  translations?: AttributeTextInput[] | null;
}
