import { expect, it } from 'vitest';
import { assertFields } from './assert-fields.js';
import type { FieldDeclaration } from './field-declaration.js';

const WASHING: FieldDeclaration = { name: 'washing', type: 'string', label: { en: 'Washing' } };
const HAND = { value: 'HAND', label: { en: 'By hand' } };
const said = (...fields: object[]): string | null => {
  try {
    assertFields('The plugin care declares for Product', fields as FieldDeclaration[]);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

it('takes fields of every type', () => {
  expect(
    said(
      { ...WASHING, required: true, pattern: /a+/, min: 1, max: 5, help: { en: 'x', fr: 'y' } },
      { ...WASHING, name: 'a', type: 'text', translated: true },
      { ...WASHING, name: 'b', type: 'int', list: true, min: -5 },
      { ...WASHING, name: 'c', type: 'enum', list: true, options: [HAND] },
      { ...WASHING, name: 'd', type: 'date', list: true },
      { ...WASHING, name: 'e', type: 'boolean' },
      { ...WASHING, name: 'f', type: 'money', max: 100 },
    ),
  ).toBeNull();
});

it.each([
  [{ name: 'Washing' }, 'has no name of a field: begin with a small letter, then letters and digits'],
  [{ name: '__proto__' }, 'has no name of a field: begin with a small letter, then letters and digits'],
  [{ type: 'number' }, 'has no type: choose one of string, text, int, money, boolean, date, enum'],
  [{ label: { fr: 'Lavage' } }, 'has no label or help in English'],
  [{ label: { en: 'Washing', xx: 'x' } }, 'in what is no language of ISO 639-1'],
  [{ type: 'boolean', list: true }, 'is a list of boolean: only string, int, date, enum can be'],
  [{ type: 'int', translated: true }, 'is translated: only string and text can be, and no list'],
  [{ type: 'date', min: 1 }, 'has min or max: only string, text, int, money can have them'],
  [{ min: 5, max: 4 }, 'has a min above its max'],
  [{ type: 'int', pattern: /a/ }, 'has a pattern: only string can have one'],
  [{ options: [HAND] }, 'has options: only enum can have them'],
  [{ type: 'enum' }, 'has no options: an enum needs them'],
  [{ type: 'enum', options: [{ ...HAND, value: 'by hand' }] }, 'write options in capitals, as HAND_WASH'],
  [{ type: 'enum', options: [HAND, HAND] }, 'has an option twice'],
  [{ type: 'enum', options: [{ ...HAND, label: {} }] }, 'has an option without a label in English'],
])('refuses %j in a sentence that names the field and what to change', (change, words) => {
  const sentence = said({ ...WASHING, ...change });

  expect(sentence).toContain('The plugin care declares for Product a field "');
  expect(sentence).toContain(words);
});

it('refuses one name for two fields', () => {
  expect(said(WASHING, WASHING)).toBe(
    'The plugin care declares for Product a field "washing" that is declared twice.',
  );
});
