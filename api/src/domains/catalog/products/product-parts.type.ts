import { Field, Int, ObjectType } from 'type-graphql';
import { writtenLanguages, type Language, type LocalizedText } from '../../../kernel/languages.js';
import { Derived, GlobalId, Localized } from '../../../platform/graphql/derived.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';

@ObjectType({ description: 'A color a product comes in.', simpleResolvers: true })
export class Swatch {
  @Localized({ description: 'Its name, in the language of the request.' })
  readonly name!: string;

  @Field(() => String, { description: 'The color as #RRGGBB.' })
  readonly color!: string;
}

@ObjectType({ description: 'A name in one language.', simpleResolvers: true })
export class ChoiceTranslation {
  @Field(() => LanguageCode, { description: 'The language.' })
  readonly locale!: Language;

  @Field(() => String, { description: 'The name.' })
  readonly name!: string;
}

const namesOf = ({ name }: { readonly name: LocalizedText }): ChoiceTranslation[] =>
  writtenLanguages(name).map((locale) => ({ locale, name: name[locale] ?? '' }));
const NAMES = { description: 'Its name in every language that has one.' };

@ObjectType({ description: 'A value of an option.', simpleResolvers: true })
export class ProductOptionValue {
  @GlobalId('optv')
  readonly id!: string;

  @Field(() => String, { description: 'Its name for programs.' })
  readonly code!: string;

  @Localized({ description: 'Its name, in the language of the request.' })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'Color as #RRGGBB; only of colors.' })
  readonly swatch!: string | null;

  @ListSize(3)
  @Derived(() => [ChoiceTranslation], namesOf, NAMES)
  readonly translations!: ChoiceTranslation[];
}

@ObjectType({ description: 'A choice to make before buying: color, size.', simpleResolvers: true })
export class ProductOption {
  @GlobalId('opt')
  readonly id!: string;

  @Field(() => String, { description: 'Its name for programs.' })
  readonly code!: string;

  @Localized({ description: 'Its name, in the language of the request.' })
  readonly name!: string;

  @ListSize(6)
  @Field(() => [ProductOptionValue], { description: 'The choices, in order.' })
  readonly values!: ProductOptionValue[];

  @ListSize(3)
  @Derived(() => [ChoiceTranslation], namesOf, NAMES)
  readonly translations!: ChoiceTranslation[];
}

@ObjectType({ description: "A product's texts in one language.", simpleResolvers: true })
export class ProductTranslation {
  @Field(() => LanguageCode, { description: 'The language.' })
  readonly locale!: Language;

  @Field(() => String, { description: 'The name.' })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'One or two sentences.' })
  readonly summary!: string | null;

  @Field(() => String, { nullable: true, description: 'The long text, as sanitised HTML.' })
  readonly description!: string | null;

  @Field(() => String, { nullable: true, description: 'Title for search engines.' })
  readonly seoTitle!: string | null;

  @Field(() => String, { nullable: true, description: 'Description for search engines.' })
  readonly seoDescription!: string | null;
}

@ObjectType({ description: 'Exact stock of a variant over all active locations.', simpleResolvers: true })
export class StockLevel {
  @Field(() => Int, { description: 'Units that are there.' })
  readonly onHand!: number;

  @Field(() => Int, { description: 'Units held for orders that are not paid yet.' })
  readonly reserved!: number;

  @Field(() => Int, { description: 'onHand − reserved: what can still be sold.' })
  readonly available!: number;
}
