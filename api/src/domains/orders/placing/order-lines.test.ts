import { expect, it } from 'vitest';
import { toOrderLine, type OrderedItem } from './order-lines.js';

const image = (id: string): NonNullable<OrderedItem['variant']['image']> => ({
  id,
  productId: 'bowl',
  storageKey: `products/${id}.jpg`,
  alt: {},
  width: 10,
  height: 10,
  position: 0,
});

function ordered(image: OrderedItem['variant']['image'], cover: OrderedItem['product']['cover']): unknown {
  const item: OrderedItem = {
    ...{ variantId: 'green', quantity: 1, unitPrice: 100, taxBasisPoints: 2100 },
    product: { id: 'bowl', name: { ro: 'Bol' }, slug: 'bol', cover },
    variant: { name: { ro: 'Verde' }, sku: 'BOL-V', image },
  };
  const total = { net: 83, gross: 100, discount: 0 };
  return toOrderLine(item, total, 0, { language: 'ro', fallback: 'ro' }).image;
}

it('shows the bowl in the color that was bought, and as its product where it has no image of its own', () => {
  expect(ordered(image('green'), [image('cream')])).toMatchObject({ id: 'green' });
  expect(ordered(null, [image('cream')])).toMatchObject({ id: 'cream' });
  expect(ordered(null, [])).toBeNull();
});
