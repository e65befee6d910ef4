import type { LocationQueryRaw } from 'vue-router';
import type { Money } from '../app/money';
import type { ProductCard_ProductFragment, ProductCard_VariantFragment } from '../generated/catalog/graphql';

export type CardProduct = ProductCard_ProductFragment;
export type CardVariant = ProductCard_VariantFragment;

/** The content and the link of a product card. */
export interface CardView {
  image: CardProduct['image'];
  /** Shown on hover; null when it might show another variant than the main image. */
  hoverImage: CardProduct['hoverImage'];
  price: Money;
  was: Money | null;
  discountPercent: number | null;
  /** True when the price is that of the cheapest variant and others cost more. */
  isFrom: boolean;
  availability: CardProduct['availability'];
  /** The variant's choices, such as "Verde / M"; null for the product as a whole. */
  detail: string | null;
  query: LocationQueryRaw;
}

/** The card of a product, or of the variant that matches the list. */
export function cardView(product: CardProduct, variant: CardVariant | null): CardView {
  const { min, max } = product.priceRange;
  const isFrom = max.amount > min.amount;
  if (!variant) {
    return {
      image: product.image,
      hoverImage: product.hoverImage,
      price: min,
      was: isFrom ? null : (product.compareAtPrice ?? null),
      discountPercent: isFrom ? null : (product.discountPercent ?? null),
      isFrom,
      availability: product.availability,
      detail: null,
      query: {},
    };
  }
  const isCover = !variant.image || variant.image.id === product.image?.id;
  return {
    image: variant.image ?? product.image,
    hoverImage: isCover ? product.hoverImage : null,
    price: variant.price,
    was: variant.compareAtPrice ?? null,
    discountPercent: discountOf(variant),
    isFrom: false,
    availability: variant.availability,
    detail: variant.name === product.name ? null : variant.name,
    query: { variant: variant.sku },
  };
}

function discountOf({ price, compareAtPrice }: CardVariant): number | null {
  if (!compareAtPrice || compareAtPrice.amount <= price.amount) return null;
  return Math.floor(((compareAtPrice.amount - price.amount) * 100) / compareAtPrice.amount);
}

/** The matching variants by product id; the API returns them in the order of the products. */
export function variantsById(
  page: { nodes: readonly { id: string }[]; matchingVariants: readonly (CardVariant | null)[] } | undefined,
): [string, CardVariant][] {
  return (page?.nodes ?? []).flatMap(({ id }, index): [string, CardVariant][] => {
    const variant = page?.matchingVariants[index];
    return variant ? [[id, variant]] : [];
  });
}
