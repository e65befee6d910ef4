import { IsNotEmpty, Matches, MaxLength } from 'class-validator';
import { Field, InputType, ObjectType } from 'type-graphql';
import { InvalidInputError } from '../../../kernel/errors.js';
import { visibleText } from '../../../kernel/invisible-characters.js';
import { writtenLanguages, type Language, type LocalizedText } from '../../../kernel/languages.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { cleanText } from '../products/safe-html.js';

@InputType({ description: 'What a tag or an attribute is called in one language.' })
export class NameTranslationInput {
  @Field(() => LanguageCode, { description: 'The language; each once.' })
  locale!: Language;

  @Field(() => String, { description: 'The name, 1 to 60 characters.' })
  @IsNotEmpty({ message: 'A name is needed.' })
  @MaxLength(60, { message: 'At most 60 characters.' })
  @Matches(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, { message: 'One line only.' })
  name!: string;
}

@ObjectType({ description: 'What a tag or an attribute is called in one language.', simpleResolvers: true })
export class NameTranslation {
  @Field(() => LanguageCode, { description: 'The language.' })
  readonly locale!: Language;

  @Field(() => String, { description: 'The name.' })
  readonly name!: string;
}

/** The names in every language that there is one in. */
export function nameTranslations({ name }: { readonly name: LocalizedText }): NameTranslation[] {
  return writtenLanguages(name).map((locale) => ({ locale, name: name[locale]! }));
}

/**
 * The names with these translations applied; languages that are left out keep theirs.
 *
 * @throws InvalidInputError for an empty name, and without one in the shop's default language
 */
export function withNames(
  names: LocalizedText,
  translations: readonly NameTranslationInput[] | null | undefined,
  required: Language,
): LocalizedText {
  const written = { ...names };
  (translations ?? []).forEach(({ locale, name }, index) => {
    written[locale] = cleanText(name);
    if (!visibleText(written[locale] ?? '').trim())
      throw new InvalidInputError('A name is needed.', ['translations', String(index), 'name']);
  });
  if (!written[required])
    throw new InvalidInputError("A name in the shop's default language is needed.", ['translations']);
  return written;
}
