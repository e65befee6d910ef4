import { Field, ObjectType } from 'type-graphql';
import { GlobalId, Localized } from '../../../platform/graphql/derived.js';
import { AttributeKind } from '../catalog.enums.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';

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
}

@ObjectType({ description: 'A property of products, with values: color, material.', simpleResolvers: true })
export class ProductAttribute {
  @Field(() => String, { description: 'Its name in filters.' })
  readonly code!: string;

  @Localized({ description: 'The property, in the language of the request.' })
  readonly name!: string;

  @Field(() => AttributeKind, { description: 'How its values are shown.' })
  readonly kind!: AttributeKind;

  @ListSize(6)
  @Field(() => [AttributeValue], {
    description: 'The values: all of them, or those of the product it hangs on.',
  })
  readonly values!: AttributeValue[];
}
