import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import { Derived, GlobalId, Localized } from '../../../platform/graphql/derived.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { writtenLanguages } from '../../../kernel/languages.js';
import { Payload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import { CalendarDate } from '../../../platform/graphql/scalars.js';
import { AttributeKind, AttributeLevel } from '../catalog.enums.js';
import type { AttributeNode, ProductAttributeNode } from '../catalog-lookup.js';
import { Category } from '../categories/category.type.js';
import { categoriesOf } from '../listing/product-derived.js';
import { NameTranslation, nameTranslations } from '../terms/name-translation.js';
import { attributeLoaders } from './attribute.loaders.js';
import { AttributeText, AttributeValue } from './attribute-value.type.js';

@ObjectType({
  description:
    'A property of products: color, material, height. On a product or variant it bears what that has of it, among the attributes of the shop all values.',
  simpleResolvers: true,
})
export class ProductAttribute {
  @GlobalId('atrb')
  readonly id!: string;

  @Field(() => String, { description: 'Its name in filters.' })
  readonly code!: string;

  @Localized({ description: 'The property, in the language of the request.' })
  readonly name!: string;

  @Field(() => AttributeKind, { description: 'What its values are.' })
  readonly kind!: AttributeKind;

  @Field(() => AttributeLevel, { description: 'Whether products or their variants have it.' })
  readonly level!: AttributeLevel;

  @Field(() => String, { nullable: true, description: 'Unit of its numbers: "cm"; null for none.' })
  readonly unit!: string | null;

  @Field(() => Boolean, { description: 'Whether lists can be narrowed by it.' })
  readonly filterable!: boolean;

  @ListSize(6)
  @Field(() => [AttributeValue], {
    description:
      'The values: all of them, or those of the product it hangs on. BOOLEAN has the two values "yes" and "no"; NUMBER, DATE and TEXT have none.',
  })
  readonly values!: AttributeValue[];

  @Field(() => Float, { nullable: true, description: 'The number of a product or variant; of NUMBER only.' })
  readonly number!: number | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The day of a product or variant; of DATE only.',
  })
  readonly day!: string | null;

  @Localized({
    nullable: true,
    description: 'The text of a product or variant, in the language of the request; of TEXT only.',
  })
  readonly text!: string | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @ListSize(3)
  @Derived<ProductAttributeNode>(() => [AttributeText], textTranslations, {
    nullable: true,
    description: 'That text in every language. Staff only.',
  })
  readonly textTranslations!: AttributeText[] | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @ListSize(3)
  @Derived<AttributeNode>(() => [NameTranslation], nameTranslations, {
    nullable: true,
    description: 'Its names in every language that it has one in. Staff only.',
  })
  readonly translations!: NameTranslation[] | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @ListSize(3)
  @Derived<AttributeNode>(
    () => [Category],
    ({ categoryIds }, context) => categoriesOf(categoryIds, context),
    {
      nullable: true,
      description: 'The categories whose products are asked for it first. Staff only.',
    },
  )
  readonly categories!: object[] | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Derived<AttributeNode>(
    () => Int,
    ({ id }, context) => attributeLoaders(context).productsOfAttribute.load(id),
    {
      nullable: true,
      description:
        'How many products have a number, day or text of it, of any status. 0 where it has values, which are counted each. Staff only.',
    },
  )
  readonly productCount!: number | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Field(() => Int, {
    nullable: true,
    description: 'Goes up with each change of it or its values; give it as expectedVersion. Staff only.',
  })
  readonly version!: number | null;
}

@ObjectType({ description: 'The attribute as it is now.', simpleResolvers: true })
export class AttributePayload extends Payload {
  @Field(() => ProductAttribute, {
    nullable: true,
    description: 'The attribute as it is now, also when refused; null when there is none.',
  })
  attribute!: object | null;
}

@ObjectType({ description: 'What became of the attribute.', simpleResolvers: true })
export class AttributeDeletePayload extends AttributePayload {
  @Field(() => ID, { nullable: true, description: 'The deleted attribute; null when refused.' })
  deletedAttributeId?: string | null;
}

@ObjectType({ description: 'The attributes as they are now.', simpleResolvers: true })
export class AttributesPayload extends Payload {
  @ListSize(12)
  @Field(() => [ProductAttribute], { description: 'Every attribute, in order.' })
  attributes!: readonly object[];
}

@ObjectType({ description: 'The value and its attribute as they are now.', simpleResolvers: true })
export class AttributeValuePayload extends AttributePayload {
  @Field(() => AttributeValue, { nullable: true, description: 'The value; null when there is none.' })
  value!: object | null;
}

function textTranslations({ text }: ProductAttributeNode): AttributeText[] {
  return writtenLanguages(text ?? {}).map((locale) => ({ locale, text: text![locale]! }));
}
