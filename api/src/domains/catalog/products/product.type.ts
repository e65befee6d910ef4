import { Arg, Field, ID, Int, ObjectType } from 'type-graphql';
import { globalId } from '../../../kernel/ids.js';
import { Derived, GlobalId, Localized, MoneyField } from '../../../platform/graphql/derived.js';
import { ratePercent } from '../../../platform/graphql/tax-line.type.js';
import { Money, PriceRange } from '../../../platform/graphql/money.type.js';
import { Node } from '../../../platform/graphql/node.type.js';
import { CalendarDate, DateTime, SafeHtml } from '../../../platform/graphql/scalars.js';
import { Tag } from '../tags/tag.type.js';
import { ProductAttribute } from '../attributes/attribute.type.js';
import { EXACT_QUANTITY_LIMIT, shownQuantity } from '../variants/availability.js';
import { ProductAvailability, ProductLabel } from '../catalog.enums.js';
import { catalogLoaders, MAX_RELATED } from '../catalog.loaders.js';
import { Category, wayShown } from '../categories/category.type.js';
import {
  availabilityOfVariant,
  purchasableUnits,
  descriptionOf,
  categoriesOf,
  tagsOf,
  attributesOf,
  imageOfVariant,
  imagesOf,
  relatedTo,
  optionValuesOf,
} from '../listing/product-derived.js';
import { ImageStatuses } from '../images/image-statuses.js';
import type { ImageStatus } from '../../media/index.js';
import { ProductImage } from '../images/product-image.type.js';
import { ProductOption, ProductOptionValue, Swatch } from './product-parts.type.js';
import type { ProductRow, SwatchRow, VariantRow } from '../rows.js';
import { catalogRuntime } from '../runtime.js';
import { Seo, seoOf } from './seo.type.js';
import { ProductStaffFields, VariantStaffFields } from './staff-fields.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';

@ObjectType({
  implements: Node,
  description: 'A product of the shop, with one or more variants.',
  simpleResolvers: true,
})
export class Product extends ProductStaffFields {
  @GlobalId('prod')
  readonly id!: string;

  @Field(() => String, { description: 'Its name in addresses.' })
  readonly slug!: string;

  @Localized({ description: 'The name, in the language of the request.' })
  readonly name!: string;

  @Localized({ nullable: true, description: 'One or two sentences.' })
  readonly summary!: string | null;

  @Derived<ProductRow>(() => SafeHtml, descriptionOf, { nullable: true, description: 'The long text.' })
  readonly description!: string | null;

  @ListSize(2)
  @Derived<ProductRow>(
    () => [ProductLabel],
    ({ labels, compareAtPrice }) => (compareAtPrice === null ? labels : [...labels, 'SALE']),
    {
      description: 'Labels on its card.',
    },
  )
  readonly labels!: ProductLabel[];

  @Field(() => Boolean, { description: 'Chosen by the shop to be shown first.' })
  readonly featured!: boolean;

  @Derived<ProductRow>(
    () => PriceRange,
    ({ minPrice, maxPrice, currency }) => ({
      min: { amount: minPrice, currency },
      max: { amount: maxPrice, currency },
    }),
    { description: 'Its cheapest and its dearest variant.' },
  )
  readonly priceRange!: PriceRange;

  @MoneyField({
    nullable: true,
    description: 'The price of the cheapest variant before the reduction; null when it is not reduced.',
  })
  readonly compareAtPrice!: Money | null;

  @Derived<ProductRow>(
    () => Int,
    ({ minPrice, compareAtPrice }) =>
      compareAtPrice === null ? null : Math.floor(((compareAtPrice - minPrice) * 100) / compareAtPrice),
    {
      nullable: true,
      description: 'The reduction in whole percent, rounded down; null when it is not reduced.',
    },
  )
  readonly discountPercent!: number | null;

  @Field(() => ProductAvailability, { description: 'Whether any variant can be bought.' })
  readonly availability!: ProductAvailability;

  @Derived<ProductRow>(() => ProductImage, ({ cover }) => cover[0] ?? null, {
    nullable: true,
    description: 'The first image that is READY.',
  })
  readonly image!: ProductImage | null;

  @Derived<ProductRow>(() => ProductImage, ({ cover }) => cover[1] ?? null, {
    nullable: true,
    description: 'The second image that is READY, for cards under the pointer.',
  })
  readonly hoverImage!: ProductImage | null;

  @ListSize(6)
  @Derived<ProductRow>(() => [ProductImage], imagesOf, { description: 'The gallery, in order.' })
  images(@ImageStatuses() _statuses?: ImageStatus[]): object[] {
    throw new Error('resolved by Derived');
  }

  @ListSize(6)
  @Field(() => [Swatch], { description: 'The colors it comes in, for cards.' })
  readonly swatches!: SwatchRow[];

  @Derived<ProductRow>(() => ID, ({ quickAddVariantId: id }) => (id ? globalId('vari', id) : null), {
    nullable: true,
    description: "The only variant's id when there is exactly one and it can be bought.",
  })
  readonly quickAddVariantId!: string | null;

  @ListSize(3)
  @Derived<ProductRow>(
    () => [ProductOption],
    ({ id }, context) => catalogLoaders(context).optionsByProduct.load(id),
    { description: 'The options to choose before buying.' },
  )
  readonly options!: ProductOption[];

  @ListSize(10)
  @Derived<ProductRow>(
    () => [ProductVariant],
    ({ id }, context) => catalogLoaders(context).variantsByProduct.load(id),
    { description: 'All variants on sale, in order.' },
  )
  readonly variants!: object[];

  @Derived<ProductRow>(
    () => Category,
    async ({ mainCategoryId }, context) => (await categoriesOf([mainCategoryId], context))[0] ?? null,
    { nullable: true, description: 'Its main category.' },
  )
  readonly category!: Category | null;

  @ListSize(3)
  @Derived<ProductRow>(() => [Category], ({ ownCategoryIds: ids }, context) => categoriesOf(ids, context), {
    description: 'Every category it was put into.',
  })
  readonly categories!: Category[];

  @ListSize(3)
  @Derived<ProductRow>(
    () => [Category],
    async ({ mainCategoryId }, context) =>
      wayShown((await categoriesOf([mainCategoryId], context))[0]?.breadcrumbs ?? []),
    { description: 'The way from the top to its main category, as far as none is hidden.' },
  )
  readonly breadcrumbs!: Category[];

  @ListSize(4)
  @Derived<ProductRow>(() => [Tag], tagsOf, { description: 'Its tags.' })
  readonly tags!: Tag[];

  @ListSize(8)
  @Derived<ProductRow>(() => [ProductAttribute], attributesOf, {
    description: 'Its properties of the level PRODUCT, each with what it has of it, in their order.',
  })
  readonly attributes!: ProductAttribute[];

  @Derived<ProductRow>(() => [Product], relatedTo, { description: 'Products like it that are on sale.' })
  relatedProducts(
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: 4,
      description: `How many at most, up to ${MAX_RELATED}.`,
    })
    _first?: number,
  ): object[] {
    throw new Error('resolved by Derived');
  }

  @Derived<ProductRow>(() => Seo, seoOf, { description: 'Texts and hints for search engines.' })
  readonly seo!: Seo;

  @Field(() => DateTime, { description: 'When it came into the shop.' })
  readonly createdAt!: Date;
}

@ObjectType({
  implements: Node,
  description: 'The unit of sale: a product with every option chosen.',
  simpleResolvers: true,
})
export class ProductVariant extends VariantStaffFields {
  @GlobalId('vari')
  readonly id!: string;

  @Field(() => String, { description: "The shop's SKU, unique without regard to case." })
  readonly sku!: string;

  @Field(() => String, { nullable: true, description: 'EAN or another barcode.' })
  readonly barcode!: string | null;

  @Localized({ description: 'The choices ("Verde / M"); the name of the product when there are none.' })
  readonly name!: string;

  @Derived<VariantRow>(
    () => Product,
    ({ productId }, context) => catalogLoaders(context).productById.load(productId),
    { description: 'The product it belongs to.' },
  )
  readonly product!: Product;

  @ListSize(3)
  @Derived<VariantRow>(() => [ProductOptionValue], optionValuesOf, {
    description: 'The choices, in the order of the options.',
  })
  readonly optionValues!: ProductOptionValue[];

  @Derived<VariantRow>(() => ProductImage, imageOfVariant, {
    nullable: true,
    description: 'An image of this very variant; null when it has none, or none of these statuses.',
  })
  image(@ImageStatuses() _statuses?: ImageStatus[]): object | null {
    throw new Error('resolved by Derived');
  }

  @MoneyField({ description: 'The price, tax included.' })
  readonly price!: Money;

  @MoneyField({ nullable: true, description: 'The price before the reduction; null when it is not reduced.' })
  readonly compareAtPrice!: Money | null;

  @Derived<VariantRow>(
    () => String,
    async ({ taxClass }, context) => {
      const { taxBasisPoints, isTaxed } = await catalogRuntime.of(context).reference.get();
      return ratePercent(isTaxed ? (taxBasisPoints.get(taxClass) ?? 0) : 0);
    },
    { description: 'The tax contained in the price at the shop\'s own place, in percent: "21".' },
  )
  readonly taxRatePercent!: string;

  @Derived<VariantRow>(() => ProductAvailability, availabilityOfVariant, {
    description: 'Whether it can be bought.',
  })
  readonly availability!: ProductAvailability;

  @Derived<VariantRow>(() => Int, (row) => shownQuantity(purchasableUnits(row)), {
    nullable: true,
    description: `How many can be bought, exact up to ${EXACT_QUANTITY_LIMIT}; null when more.`,
  })
  readonly availableQuantity!: number | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The day from which back-ordered units are available; null when unknown.',
  })
  readonly availableFrom!: string | null;

  @Field(() => Int, { nullable: true, description: 'Weight in grams.' })
  readonly weightGrams!: number | null;

  @ListSize(4)
  @Derived<VariantRow>(() => [ProductAttribute], attributesOf, {
    description: 'What it has itself of the attributes of the level VARIANT, in their order.',
  })
  readonly attributes!: ProductAttribute[];
}
