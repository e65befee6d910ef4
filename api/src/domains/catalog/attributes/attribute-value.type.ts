import { Field, Int, ObjectType } from 'type-graphql';
import { writtenLanguages, type Language } from '../../../kernel/languages.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import { Derived, GlobalId, Localized } from '../../../platform/graphql/derived.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { AttributeValueNode } from '../catalog-lookup.js';
import { attributeLoaders } from './attribute.loaders.js';

@ObjectType({ description: 'A text of an attribute in one language.', simpleResolvers: true })
export class AttributeText {
  @Field(() => LanguageCode, { description: 'The language.' })
  readonly locale!: Language;

  @Field(() => String, { description: 'The text.' })
  readonly text!: string;
}

@ObjectType({ description: 'What a value of an attribute is called and says in one language.' })
export class AttributeValueTranslation {
  @Field(() => LanguageCode, { description: 'The language.' })
  readonly locale!: Language;

  @Field(() => String, { description: 'The name.' })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'How goods with the value are cared for.' })
  readonly care!: string | null;
}

@ObjectType({ description: 'One of the values an attribute can have.', simpleResolvers: true })
export class AttributeValue {
  @GlobalId('attr')
  readonly id!: string;

  @Field(() => String, { description: 'Its name in filters.' })
  readonly code!: string;

  @Localized({ description: 'The value, in the language of the request.' })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'Color as #RRGGBB; only of colors.' })
  readonly swatch!: string | null;

  @Localized({
    nullable: true,
    description:
      'How goods with this value are cared for, in the language of the request; null when nothing is said of it.',
  })
  readonly care!: string | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @ListSize(3)
  @Derived<AttributeValueNode>(() => [AttributeValueTranslation], valueTranslations, {
    nullable: true,
    description: 'Its texts in every language that it has a name in. Staff only.',
  })
  readonly translations!: AttributeValueTranslation[] | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Derived<AttributeValueNode>(
    () => Int,
    ({ id }, context) => attributeLoaders(context).productsOfValue.load(id),
    { nullable: true, description: 'How many products have it, of any status. Staff only.' },
  )
  readonly productCount!: number | null;
}

function valueTranslations({ name, care }: AttributeValueNode): AttributeValueTranslation[] {
  return writtenLanguages(name).map((locale) => ({
    ...{ locale, name: name[locale]! },
    care: care[locale] ?? null,
  }));
}
