import { describe, expect, it } from 'vitest';
import { cardView, variantsById, type CardProduct, type CardVariant } from './card-view';

const money = (amount: number) => ({ amount, currency: 'RON', decimal: (amount / 100).toFixed(2) });
const image = (id: string) => ({ id, alt: id, width: 1000, height: 1250, url320: id });

const mug = {
  id: 'prod_1',
  slug: 'cana',
  name: 'Cana',
  labels: [],
  availability: 'IN_STOCK',
  discountPercent: null,
  priceRange: { min: money(8900), max: money(12900) },
  compareAtPrice: null,
  image: image('black'),
  hoverImage: image('second'),
  swatches: [],
} as unknown as CardProduct;
const cream = {
  id: 'vari_1',
  sku: 'CANA-CREM',
  name: 'Crem / 350 ml',
  availability: 'SOLD_OUT',
  price: money(12900),
  compareAtPrice: money(15900),
  image: image('cream'),
} as unknown as CardVariant;

describe('a card', () => {
  it('shows the product with the price of its cheapest variant', () => {
    expect(cardView(mug, null)).toMatchObject({
      image: { id: 'black' },
      price: { amount: 8900 },
      isFrom: true,
      availability: 'IN_STOCK',
      query: {},
    });
  });

  it('shows the variant that was asked for, with its own image, price and stock, and leads to it', () => {
    expect(cardView(mug, cream)).toEqual({
      image: cream.image,
      hoverImage: null,
      price: cream.price,
      was: cream.compareAtPrice,
      discountPercent: 18,
      isFrom: false,
      availability: 'SOLD_OUT',
      detail: 'Crem / 350 ml',
      query: { variant: 'CANA-CREM' },
    });
  });

  it('of a product without choices keeps its images and says its name once', () => {
    const only = { ...cream, name: 'Cana', image: null } as CardVariant;
    expect(cardView(mug, only)).toMatchObject({
      image: { id: 'black' },
      hoverImage: { id: 'second' },
      detail: null,
    });
  });

  it('finds its variant by the place in the list', () => {
    const page = { nodes: [{ id: 'a' }, { id: 'b' }], matchingVariants: [null, cream] };
    expect(variantsById(page)).toEqual([['b', cream]]);
    expect(variantsById(undefined)).toEqual([]);
  });
});
