import { Field, Int, ObjectType } from 'type-graphql';
import { Derived, GlobalId, Localized } from '../../../platform/graphql/derived.js';
import { Node } from '../../../platform/graphql/node.type.js';
import type { CategoryNode } from '../catalog-lookup.js';
import { ProductImage } from '../images/product-image.type.js';
import type { ImageRow } from '../rows.js';
import { Seo, seoOf } from '../products/seo.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';

@ObjectType({
  implements: Node,
  description: 'A category of products; categories form a tree.',
  simpleResolvers: true,
})
export class Category {
  @GlobalId('cat')
  readonly id!: string;

  @Field(() => String, { description: 'Its name in addresses.' })
  readonly slug!: string;

  @Localized({ description: 'The name, in the language of the request.' })
  readonly name!: string;

  @Localized({ nullable: true, description: 'A short description.' })
  readonly description!: string | null;

  @Derived<CategoryNode>(() => ProductImage, imageOf, {
    nullable: true,
    description: 'An image of what is on it.',
  })
  readonly image!: ProductImage | null;

  @Field(() => Category, { nullable: true, description: 'The category above; null at the top.' })
  readonly parent!: object | null;

  @ListSize(6)
  @Field(() => [Category], { description: 'The categories directly below, in order.' })
  readonly children!: object[];

  @ListSize(4)
  @Field(() => [Category], { description: 'The way from the top down to this category, itself included.' })
  readonly breadcrumbs!: object[];

  @Field(() => Int, { description: 'Products on sale in it or below it.' })
  readonly productCount!: number;

  @Derived<CategoryNode>(() => Seo, seoOf, { description: 'Texts and hints for search engines.' })
  readonly seo!: Seo;
}

function imageOf(category: CategoryNode): ImageRow | null {
  const { imageKey, imageWidth, imageHeight } = category;
  if (!imageKey || !imageWidth || !imageHeight) return null;
  return {
    id: category.id,
    storageKey: imageKey,
    alt: category.name,
    width: imageWidth,
    height: imageHeight,
    position: 0,
  };
}
