import { Field, Float, ID, InputType } from 'type-graphql';
import { DateTime, MinorUnits } from '../../../platform/graphql/scalars.js';
import { ProductAvailability, ProductLabel, ProductStatusEnum } from '../catalog.enums.js';

@InputType({
  description:
    'Values of one attribute, or a range of its numbers; a product needs one of the values, or a number in it.',
})
export class AttributeFilter {
  @Field(() => String, { description: 'Code of the attribute.' })
  code!: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Codes of its values; left out or empty they narrow nothing. Not of NUMBER.',
  })
  values?: string[] | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Lowest number, in the unit of the attribute; of NUMBER.',
  })
  min?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Highest number, in the unit of the attribute; of NUMBER.',
  })
  max?: number | null;
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

/** The condition of each switch of the filter, over the product `p`. */
export const SWITCHES = {
  featured: 'p.featured',
  inStock: "p.availability <> 'SOLD_OUT'",
  onSale: 'p.compare_at_price IS NOT NULL',
} as const satisfies Partial<Record<keyof ProductFilter, string>>;

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
