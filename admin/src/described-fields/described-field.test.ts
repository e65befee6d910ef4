import { expect, it } from 'vitest';
import { testTools } from '../ui/testing-tools';
import {
  changedValues,
  draftsOf,
  draftsOnTopOf,
  wrongIn,
  type DescribedField,
  type FilledField,
} from './described-field';
import { shownField } from './shown-field';

const reading = {
  ...testTools,
  t: (key: string, named?: object) => `${key}${named ? JSON.stringify(named) : ''}`,
};
const field = (name: string, change: Partial<DescribedField> = {}): DescribedField => ({
  ...{ name, type: 'STRING', label: name, help: null, min: null, max: null, pattern: null, options: [] },
  ...{ isRequired: false, isList: false, isTranslated: false },
  ...change,
});
const options = [
  { value: 'HAND', label: 'De mână' },
  { value: 'MACHINE', label: 'La mașină' },
];
const stored: FilledField[] = [
  { description: field('shelf'), value: 'A1' },
  { description: field('clay', { type: 'INT' }), value: 400 },
  { description: field('cost', { type: 'MONEY' }), value: 1250 },
  { description: field('fragile', { type: 'BOOLEAN' }), value: null },
  { description: field('fired', { type: 'DATE' }), value: '2026-02-28' },
  { description: field('washing', { type: 'ENUM', options }), value: 'HAND' },
  { description: field('uses', { type: 'ENUM', isList: true, options }), value: null },
  { description: field('glazes', { isList: true }), value: ['celadon', 'ash'] },
  { description: field('guide', { type: 'TEXT', isTranslated: true }), value: { EN: 'Wash', RO: 'Spălați' } },
];

it('sends what was changed in the form of the API, and nothing of the rest', () => {
  const drafts = draftsOf(stored, reading);
  expect(drafts).toMatchObject({ cost: '12,50', glazes: 'celadon\nash', fragile: false });
  expect(changedValues(stored, drafts, reading)).toEqual([]);

  const changed = {
    ...drafts,
    ...{ shelf: ' ', clay: '7', cost: '9,90', fragile: true, fired: '', washing: 'MACHINE', uses: ['HAND'] },
    ...{ glazes: ' salt \n\n', guide: { ...(drafts['guide'] as object), EN: '' } },
  };

  expect(changedValues(stored, changed, reading)).toEqual([
    { name: 'shelf', value: null },
    { name: 'clay', value: 7 },
    { name: 'cost', value: 990 },
    { name: 'fragile', value: true },
    { name: 'fired', value: null },
    { name: 'washing', value: 'MACHINE' },
    { name: 'uses', value: ['HAND'] },
    { name: 'glazes', value: ['salt'] },
    { name: 'guide', value: { EN: '', FR: '', RO: 'Spălați' } },
  ]);
});

it('keeps what the user has changed when a colleague has saved meanwhile, and takes the rest from there', () => {
  const drafts = { ...draftsOf(stored, reading), shelf: 'B2' };
  const theirs = stored.map((one) => (one.description.name === 'clay' ? { ...one, value: 5 } : one));

  const merged = draftsOnTopOf(theirs, stored, drafts, reading);

  expect(merged).toMatchObject({ shelf: 'B2', clay: '5' });
  expect(changedValues(theirs, merged, reading)).toEqual([{ name: 'shelf', value: 'B2' }]);
});

it.each([
  [field('a', { isRequired: true }), ' ', 'describedFields.required'],
  [field('a', { isRequired: true, isTranslated: true }), { EN: ' ' }, 'describedFields.required'],
  [field('a', { isRequired: true, type: 'ENUM', isList: true }), [], 'describedFields.required'],
  [field('a', { type: 'INT' }), '12a', 'describedFields.wholeNumber'],
  [field('a', { type: 'INT', isList: true }), '1\n1.5', 'describedFields.wholeNumber'],
  [field('a', { type: 'INT', min: 1 }), '0', 'describedFields.tooLittle{"min":"1"}'],
  [field('a', { type: 'MONEY' }), '1.5.5', 'describedFields.price'],
  [field('a', { type: 'MONEY', isRequired: true }), 'x', 'describedFields.price'],
  [field('a', { type: 'MONEY', max: 1000 }), '10,01', 'describedFields.tooMuch{"max":"10.00"}'],
  [field('a', { max: 2 }), 'abc', 'describedFields.tooLong{"max":"2"}'],
  [field('a', { min: 2, isTranslated: true }), { EN: 'a' }, 'describedFields.tooShort{"min":"2"}'],
  [field('a', { pattern: '[A-Z]\\d' }), 'a1', 'describedFields.pattern{"pattern":"[A-Z]\\\\d"}'],
  [field('a', { pattern: '[A-Z]\\d' }), '', null],
  [field('a', { type: 'INT', min: 1 }), '', null],
  [field('a', { isRequired: true, type: 'BOOLEAN' }), false, null],
])('says of %j what is wrong with %j', (description, draft, message) => {
  expect(wrongIn(description, draft, reading)).toBe(message);
});

it('shows values as staff read them', () => {
  expect(stored.map((one) => shownField(one, reading))).toEqual([
    ...[
      'A1',
      '400',
      expect.stringMatching(/12,50/),
      null,
      expect.stringMatching(/28.*2026/),
      'De mână',
      null,
    ],
    ...['celadon, ash', 'Spălați'],
  ]);
});
