import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Localized } from '../../../platform/graphql/derived.js';
import { ConnectionOf } from '../../../platform/graphql/connection.js';
import { PriceRange } from '../../../platform/graphql/money.type.js';
import { DateTime, MinorUnits } from '../../../platform/graphql/scalars.js';
import { AttributeKind, ProductAvailability, ProductLabel, ProductStatusEnum } from '../catalog.enums.js';
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

@InputType({ description: 'Values of one attribute; a product needs one of them.' })
export class AttributeFilter {
  @Field(() => String, { description: 'Code of the attribute.' })
  code!: string;

  @Field(() => [String], { description: 'Codes of its values.' })
  values!: string[];
}

@InputType({ description: 'Narrows a product list; every given part must hold.' })
export class ProductFilter {
  @Field(() => String, { nullable: true, description: 'Slug of a category; those below it count.' })
  category?: string | null;

  @Field(() => [String], { nullable: true, description: 'Slugs of tags; a product needs one of them.' })
  tags?: string[] | null;

  @Field(() => [AttributeFilter], {
    nullable: true,
    description:
      'A product needs a variant with one value of every attribute named; at most 8. Price and stock are asked of that variant too.',
  })
  attributes?: AttributeFilter[] | null;

  @Field(() => MinorUnits, {
    nullable: true,
    description: 'Lowest price; the variant that meets the other filters must cost it or more.',
  })
  priceMin?: number | null;

  @Field(() => MinorUnits, {
    nullable: true,
    description: 'Highest price; the variant that meets the other filters must cost it or less.',
  })
  priceMax?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only what can be bought. False is the same as leaving it out.',
  })
  inStock?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only what the shop shows first. False is the same as leaving it out.',
  })
  featured?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only what is reduced. False is the same as leaving it out.',
  })
  onSale?: boolean | null;

  @Field(() => ProductLabel, { nullable: true, description: 'Only products with this label.' })
  label?: ProductLabel | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Slugs of categories, at most 100: in any of them, or below. An empty list narrows nothing.',
  })
  categories?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Ids of products, at most 100: a list of favorites, say. An empty list narrows nothing.',
  })
  ids?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'SKUs, at most 100: products with a variant of one of them. An empty list narrows nothing.',
  })
  skus?: string[] | null;
}

@InputType({ description: "Narrows the staff's product list; every given part must hold." })
export class StaffProductFilter {
  @Field(() => [ProductStatusEnum], { nullable: true, description: 'Any of these; all without it.' })
  statuses?: ProductStatusEnum[] | null;

  @Field(() => String, { nullable: true, description: 'Slug of a category; those below it count.' })
  category?: string | null;

  @Field(() => String, { nullable: true, description: 'Slug of a tag.' })
  tag?: string | null;

  @Field(() => [ProductAvailability], { nullable: true, description: 'Any of these.' })
  availabilities?: ProductAvailability[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Slugs of categories, at most 100: in any of them, or below. An empty list narrows nothing.',
  })
  categories?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Ids of products, at most 100: a list of favorites, say. An empty list narrows nothing.',
  })
  ids?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'SKUs, at most 100: products with a variant of one of them. An empty list narrows nothing.',
  })
  skus?: string[] | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Changed at this moment or later: the product, its variants, images or texts, not its stock.',
  })
  updatedFrom?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Changed before this moment.' })
  updatedTo?: Date | null;
}
