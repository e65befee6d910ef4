import { expect, it } from 'vitest';
import { z } from 'zod';
import { changedValues, customFieldsForm } from '../custom-fields/custom-fields-form';
import { encodeValue } from '../ui/forms/fields/codecs';
import { testTools } from '../ui/testing-tools';
import { wrongIn, type DescribedField, type FilledField } from './described-field';
import { describedValue } from './described-form';
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

const entity = { id: 'prod_1', version: 1, fields: stored };
const form = customFieldsForm(stored.map(({ description }) => description));
const schema = form.schema(reading, entity);
/** What the form holds before anybody has typed. */
const held = () => encodeValue(schema, form.toFields(entity, reading)) as Record<string, unknown>;
const changesOf = (state: object) => changedValues(stored, schema.parse(state));

it('sends what was changed in the form of the API, and nothing of the rest', () => {
  expect(held()).toMatchObject({ cost: '12,50', glazes: 'celadon\nash', fragile: false });
  expect(changesOf(held())).toEqual([]);

  const changed = {
    ...held(),
    ...{ shelf: ' ', clay: '0', cost: '9,90', fragile: true, fired: '', washing: 'MACHINE', uses: ['HAND'] },
    ...{ glazes: ' salt \n\n', guide: { EN: { text: '' }, FR: { text: '' }, RO: { text: 'Spălați' } } },
  };

  expect(changesOf(changed)).toEqual([
    { name: 'shelf', value: null },
    { name: 'clay', value: 0 },
    { name: 'cost', value: 990 },
    { name: 'fragile', value: true },
    { name: 'fired', value: null },
    { name: 'washing', value: 'MACHINE' },
    { name: 'uses', value: ['HAND'] },
    { name: 'glazes', value: ['salt'] },
    { name: 'guide', value: { EN: '', FR: '', RO: 'Spălați' } },
  ]);
});

it('says what is wrong at its field, in a translated one at its language', () => {
  const guide = field('guide', { isTranslated: true, max: 3 });
  const read = z.object({
    clay: describedValue(field('clay', { type: 'INT' }), reading),
    guide: describedValue(guide, reading),
  });
  const { error } = read.safeParse({ clay: '12a', guide: { EN: { text: 'no' }, RO: { text: 'prea lung' } } });

  expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['clay', 'guide.RO.text']);
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
