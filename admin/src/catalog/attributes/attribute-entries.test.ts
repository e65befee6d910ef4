import { describe, expect, it } from 'vitest';
import {
  bySuggestion,
  changedEntries,
  entriesOf,
  withEntry,
  type AttributeChoice,
} from './attribute-entries';

describe('what is sent of the attributes of a product', () => {
  const before = [
    { attributeId: 'color', valueIds: ['green'] },
    { attributeId: 'height', number: 12.5 },
    {
      attributeId: 'glaze',
      translations: [
        { locale: 'RO' as const, text: 'Cenușă' },
        { locale: 'EN' as const, text: 'Ash' },
      ],
    },
  ];

  it('is what was changed, and an empty entry of what was taken out', () => {
    const now = withEntry(withEntry(before, 'height', { number: 13 }), 'color', undefined);
    expect(changedEntries(now, before)).toEqual([
      { attributeId: 'height', number: 13 },
      { attributeId: 'color' },
    ]);
    expect(changedEntries(before, before)).toEqual([]);
  });

  it('empties a language whose text was taken out', () => {
    const now = withEntry(before, 'glaze', { translations: [{ locale: 'RO', text: 'Cenușă' }] });
    expect(changedEntries(now, before)).toEqual([
      {
        attributeId: 'glaze',
        translations: [
          { locale: 'RO', text: 'Cenușă' },
          { locale: 'EN', text: '' },
        ],
      },
    ]);
  });
});

it('reads each kind of attribute into its own field', () => {
  const __typename = 'ProductAttribute' as const;
  const has = { __typename, values: [], number: null, day: null, textTranslations: null };
  const attributes = [
    {
      ...has,
      id: 'a',
      kind: 'BOOLEAN' as const,
      values: [{ __typename: 'AttributeValue' as const, id: 'v', code: 'no' }],
    },
    { ...has, id: 'b', kind: 'NUMBER' as const, number: 3.5 },
    { ...has, id: 'c', kind: 'DATE' as const, day: '2026-11-30' },
  ];
  expect(entriesOf(attributes)).toEqual([
    { attributeId: 'a', flag: false },
    { attributeId: 'b', number: 3.5 },
    { attributeId: 'c', day: '2026-11-30' },
  ]);
});

it('shows those of its categories first, in their order, and the others by name', () => {
  const one = (name: string, ...categories: string[]): AttributeChoice =>
    ({ id: name, name, categories: categories.map((id) => ({ id })) }) as unknown as AttributeChoice;
  const { suggested, others } = bySuggestion(
    [one('Wood', 'mugs'), one('Size'), one('Glaze', 'mugs'), one('Age', 'bowls')],
    ['mugs'],
  );
  expect(suggested.map(({ name }) => name)).toEqual(['Wood', 'Glaze']);
  expect(others.map(({ name }) => name)).toEqual(['Age', 'Size']);
});
