import { Field, ObjectType } from 'type-graphql';
import { ConnectionOf } from '../../../platform/graphql/connection.js';
import { PriceRange } from '../../../platform/graphql/money.type.js';
import { Category } from '../categories/category.type.js';
import { Product, ProductVariant } from '../products/product.type.js';
import { Cost, ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { Facet } from './facet.type.js';

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
