import { Field, Int, ObjectType } from 'type-graphql';
import { Localized } from '../../../platform/graphql/derived.js';
import { ConnectionOf } from '../../../platform/graphql/connection.js';
import { PriceRange } from '../../../platform/graphql/money.type.js';
import { AttributeKind } from '../catalog.enums.js';
import { Category } from '../categories/category.type.js';
import { Product, ProductVariant } from '../products/product.type.js';
import { Cost, ListSize } from '../../../platform/graphql/limits/cost-directives.js';

@ObjectType({ description: 'A value one can filter by.', simpleResolvers: true })
export class FacetValue {
  @Field(() => String, { description: 'Give it in the filter.' })
  readonly code!: string;

  @Localized({ description: 'Its name, in the language of the request.' })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'Color as #RRGGBB; only of colors.' })
  readonly swatch!: string | null;

  @Field(() => Int, { description: 'How many products there would be with it, under all other filters.' })
  readonly count!: number;

  @Field(() => Boolean, { description: 'It is part of the present filter.' })
  readonly selected!: boolean;
}

@ObjectType({
  description: 'A filter, with the values that products of this list have.',
  simpleResolvers: true,
})
export class Facet {
  @Field(() => String, { description: 'Code of the attribute, or "tag".' })
  readonly code!: string;

  @Localized({ description: 'Its name, in the language of the request.' })
  readonly name!: string;

  @Field(() => AttributeKind, { description: 'How its values are shown.' })
  readonly kind!: AttributeKind;

  @ListSize(10)
  @Field(() => [FacetValue], {
    description: 'Values that would leave at least one product, and chosen ones.',
  })
  readonly values!: FacetValue[];
}

@ObjectType({ description: 'A page of products.', simpleResolvers: true })
export class ProductConnection extends ConnectionOf(Product, 'Product') {
  @ListSize(8)
  @Cost(2)
  @Field(() => [Facet], {
    description: 'The filters of this list, counted only when selected; empty in staff lists.',
  })
  readonly facets!: Facet[];

  @Field(() => PriceRange, {
    nullable: true,
    description:
      'Lowest and highest price of a variant under all filters but the price; null when nothing is left and in staff lists.',
  })
  readonly priceBounds!: PriceRange | null;

  @ListSize(24)
  @Cost(2)
  @Field(() => [ProductVariant], {
    nullable: 'items',
    description:
      'For each of the nodes, in their order: the variant that meets the filter or is named by the search, whose image and price a card should show; null for a product as a whole. Empty in staff lists.',
  })
  readonly matchingVariants!: (ProductVariant | null)[];
}

@ObjectType({ description: 'Suggestions for an unfinished search term.', simpleResolvers: true })
export class SearchSuggestions {
  @ListSize(6)
  @Field(() => [Product], { description: 'The products that match best.' })
  readonly products!: object[];

  @ListSize(4)
  @Field(() => [Category], { description: 'Categories whose name contains the term.' })
  readonly categories!: object[];
}
