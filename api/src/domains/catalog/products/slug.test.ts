import { describe, expect, it } from 'vitest';
import { keyForWidth } from '../../media/files/image-sizes.js';
import { searchText } from '../listing/search-text.js';
import { foldText, freeSlug, isSlug, slugFrom } from './slug.js';
import { variantName } from '../variants/variant-name.js';

describe('a slug', () => {
  it.each([
    ['Cana Dimineața', 'cana-dimineata'],
    ['  Țesătură  de în – 2 ', 'tesatura-de-in-2'],
    ['Straße & Œuvre', 'strasse-oeuvre'],
    ['---', ''],
    ['茶碗', ''],
    ['x'.repeat(200), 'x'.repeat(80)],
  ])('of %j is %j', (name, slug) => {
    expect(slugFrom(name)).toBe(slug);
  });

  it('takes the lowest free number', () => {
    expect(freeSlug('vaza', new Set())).toBe('vaza');
    expect(freeSlug('vaza', new Set(['vaza', 'vaza-2', 'vaza-4']))).toBe('vaza-3');
  });

  it('stays a slug with its number, however long the name is', () => {
    const long = slugFrom('Lut '.repeat(40));
    const taken = new Set<string>();
    for (let i = 0; i < 12; i++) {
      const slug = freeSlug(long, taken);
      expect(isSlug(slug), slug).toBe(true);
      taken.add(slug);
    }
    expect(taken.size).toBe(12);
  });

  it('is small letters, digits and single dashes', () => {
    expect(['a', 'a-1', 'a-b-c'].every(isSlug)).toBe(true);
    expect(['', 'A', 'a--b', '-a', 'a-', 'a b', 'ă', 'a/b'].some(isSlug)).toBe(false);
  });

  it('folds as the database does', () => {
    expect(foldText('CĂNIȚĂ Øre')).toBe('canita ore');
  });
});

describe('a search text', () => {
  it.each([
    ['cana ver', { words: 'cana ', prefix: 'ver', alike: 'cana ver' }],
    ['"cana ver', { words: '"cana ver', prefix: '', alike: '' }],
    ['cana -ver', { words: 'cana -ver', prefix: '', alike: '' }],
    ['cana or bol', { words: 'cana or bol', prefix: '', alike: '' }],
    ['LL-CANA-01', { words: 'LL CANA ', prefix: '01', alike: 'LL-CANA-01' }],
  ])('%j', (text, deps) => {
    expect(searchText(text)).toMatchObject(deps);
  });

  it.each(['', '   ', '!!!', '\u0000', null, undefined])('is nothing for %j', (text) => {
    expect(searchText(text)).toBeNull();
  });
});

describe('a variant', () => {
  it('is called by its choices in every language, or by its product', () => {
    const product = { ro: 'Cană', en: 'Mug' };

    expect(variantName(product, [])).toEqual(product);
    expect(variantName(product, [{ ro: 'Verde', en: 'Green' }, { ro: 'Mic' }])).toEqual({
      ro: 'Verde / Mic',
      en: 'Green / Mic',
    });
  });
});

describe('an image', () => {
  it('is sent in the smallest size that fills the place', () => {
    const image = { storageKey: 'products/x.jpg', width: 1200 };
    const sizes = [null, 100, 320, 321, 1000, 1100, 5000].map((wanted) => keyForWidth(image, wanted));

    expect(sizes).toEqual([
      'products/x.jpg',
      'products/x-320.webp',
      'products/x-320.webp',
      'products/x-640.webp',
      'products/x-1000.webp',
      'products/x.jpg',
      'products/x.jpg',
    ]);
  });

  it.each([0, -5])('is not to be had in a width of %d', (width) => {
    expect(() => keyForWidth({ storageKey: 'products/x.jpg', width: 1200 }, width)).toThrow(/one pixel/);
  });
});
