import { expect, it } from 'vitest';
import { isNarrowed, readChoice, toProductFilter, withToggled, writeChoice } from './product-filters';

const query = {
  'f.colour': 'crem,verde',
  tag: 'cadou',
  min: '50',
  max: '120',
  stock: '1',
  sort: 'price_asc',
};

it('reads an address and writes the same one back', () => {
  expect(writeChoice(readChoice(query))).toEqual(query);
});

it('asks the API in minor units', () => {
  expect(toProductFilter(readChoice(query), 'boluri')).toEqual({
    category: 'boluri',
    tags: ['cadou'],
    attributes: [{ code: 'colour', values: ['crem', 'verde'] }],
    priceMin: 5000,
    priceMax: 12000,
    inStock: true,
  });
});

it('does not take what advertisements add to an address for a filter', () => {
  expect(isNarrowed(readChoice({ fbclid: 'x', utm_source: 'mail' }))).toBe(false);
});

it('ignores nonsense instead of showing an empty shop', () => {
  expect(readChoice({ min: 'ieftin', max: '-1', sort: 'magic', stock: 'da' })).toEqual(readChoice({}));
});

it('forgets the page of the list when a filter changes', () => {
  expect(writeChoice(readChoice({ ...query, after: 'cursor' }))).not.toHaveProperty('after');
});

it('adds a value and takes it away again', () => {
  const chosen = withToggled(readChoice({}), 'colour', 'crem');
  expect(writeChoice(chosen)).toEqual({ 'f.colour': 'crem' });
  expect(writeChoice(withToggled(chosen, 'colour', 'crem'))).toEqual({});
  expect(withToggled(chosen, 'tag', 'cadou').tags).toEqual(['cadou']);
});
