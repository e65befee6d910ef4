import { describe, expect, it } from 'vitest';
import type { LocationQuery } from 'vue-router';
import {
  isNarrowed,
  readChoice,
  readPrice,
  readTerm,
  toProductFilter,
  valuesOfFacets,
  withPresentNames,
  withToggled,
  writeChoice,
} from './product-filters';

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
  expect(toProductFilter(readChoice(query), 'RON', 'boluri')).toEqual({
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

it('searches for whole characters, however long the text is', () => {
  const term = readTerm({ q: `${'a'.repeat(99)}😀` });

  expect(term).toBe('a'.repeat(99));
  expect(readTerm({ q: ` ${'a'.repeat(98)}😀b` })).toBe(`${'a'.repeat(98)}😀`);
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

describe('a price as people type it', () => {
  it.each([
    ['100', 100],
    ['100,50', 100.5],
    ['100.5', 100.5],
    [' 1 289 lei ', 1289],
    ['1.289', 1289],
    ['1.289,50', 1289.5],
    ['1,289.50 RON', 1289.5],
    ['1’289', 1289],
    ['0', 0],
    ['', null],
    ['  ', null],
    ['-5', undefined],
    ['1e5', undefined],
    ['10,5,5', undefined],
    ['abc', undefined],
    ['99999999999', undefined],
  ])('%j is %j', (typed, price) => {
    expect(readPrice(typed, 'RON')).toBe(price);
  });

  it.each([
    ['JPY', '1500', 1500, 1_500],
    ['JPY', '1,500 ¥', 1500, 1_500],
    ['JPY', '1.500', 1500, 1_500],
    ['KWD', '1.289', 1.289, 1_289],
    ['KWD', '12,345.678', 12345.678, 12_345_678],
    ['BHD', '1.500.000', 1_500_000, 1_500_000_000],
    ['RON', '100,5', 100.5, 10_050],
  ])('in %s %j is %d, and %d of its smallest unit', (currency, typed, price, minor) => {
    const priceMin = readPrice(typed, currency) ?? null;
    expect(priceMin).toBe(price);
    expect(toProductFilter({ ...readChoice({}), priceMin }, currency)).toEqual({ priceMin: minor });
  });

  it('has no fraction where the currency has none', () => {
    expect(readPrice('100.5', 'JPY')).toBeUndefined();
  });

  it('narrows nothing before the currency is known, rather than by a hundred times too much', () => {
    expect(toProductFilter(readChoice({ min: '100' }), null)).toEqual({});
  });

  it('travels in the address and reaches the shop in its smallest unit', () => {
    const choice = readChoice({ min: '100.5', max: '1289.99' });
    expect(toProductFilter(choice, 'RON')).toEqual({ priceMin: 10050, priceMax: 128999 });
    expect(readChoice(writeChoice(choice) as LocationQuery)).toEqual(choice);
  });

  it('asks for no more attributes than the shop takes, whatever the address says', () => {
    const query = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f.a${i}`, 'x']));
    expect(toProductFilter(readChoice(query), 'RON').attributes).toHaveLength(8);
  });
});

describe('a filter by a former name', () => {
  const facets = [
    { code: 'tag', values: [{ code: 'cadouri', formerCodes: ['cadou', 'daruri'] }] },
    { code: 'color', values: [{ code: 'verde', formerCodes: ['oliv'] }] },
  ];

  it('leads to the present one, once, and leaves all others as they are', () => {
    const choice = readChoice({ tag: 'cadou,cadouri,vechi', 'f.color': 'oliv', 'f.material': 'lut' });
    const present = withPresentNames(choice, facets);
    expect(present && writeChoice(present)).toEqual({
      tag: 'cadouri,vechi',
      'f.color': 'verde',
      'f.material': 'lut',
    });
  });

  it('may stand in the address of a page, so that old links are led on rather than lost', () => {
    expect(valuesOfFacets(facets)).toEqual({
      tag: ['cadouri', 'cadou', 'daruri'],
      'f.color': ['verde', 'oliv'],
    });
  });

  it('is none where the address says what things are called now', () => {
    expect(withPresentNames(readChoice({ tag: 'cadouri', 'f.color': 'verde' }), facets)).toBeNull();
  });
});
