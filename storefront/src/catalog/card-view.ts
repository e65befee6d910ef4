import type { LocationQueryRaw } from 'vue-router';
import type { Money } from '../app/money';
import type { ProductCard_ProductFragment, ProductCard_VariantFragment } from '../generated/catalog/graphql';

export type CardProduct = ProductCard_ProductFragment;
export type CardVariant = ProductCard_VariantFragment;

/** What a card of a list shows, and where it leads. */
export interface CardView {
  image: CardProduct['image'];
  /** Shown under the pointer; null when it might be of another variant than the picture. */
  hoverImage: CardProduct['hoverImage'];
  price: Money;
  was: Money | null;
  discountPercent: number | null;
  /** The price is that of the cheapest variant, others cost more. */
  isFrom: boolean;
  availability: CardProduct['availability'];
  /** The variant's choices, such as "Verde / M"; null for the product as a whole. */
  detail: string | null;
  query: LocationQueryRaw;
}

/** The card of a product, as a whole or as the variant that the list is about. */
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

/** The variants of a page of a list by the id of their product; the API answers them in the order of the products. */
export function variantsById(
  page: { nodes: readonly { id: string }[]; matchingVariants: readonly (CardVariant | null)[] } | undefined,
): [string, CardVariant][] {
  return (page?.nodes ?? []).flatMap(({ id }, index): [string, CardVariant][] => {
    const variant = page?.matchingVariants[index];
    return variant ? [[id, variant]] : [];
  });
}
