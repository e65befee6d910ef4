import { expect, it } from 'vitest';
import { lineName } from './line-name';

it('a line is called by its product and variant, and by one name where both have it', () => {
  expect(lineName({ productName: 'Prag Mug', variantName: 'Cream' })).toBe('Prag Mug Cream');
  expect(lineName({ productName: 'Burtă Mug', variantName: 'Burtă Mug' })).toBe('Burtă Mug');
});
