import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { shopTimeZone } from '../../days';
import { testTools } from '../../testing-tools';
import * as codecs from './codecs';
import { encodeValue } from './codecs';
import { translations } from './translations';

const tools = testTools;
beforeEach(() => {
  shopTimeZone.value = 'Europe/Bucharest';
});

const read = (schema: z.ZodType, typed: unknown) => {
  const { data, error } = schema.safeParse(typed);
  return error ? { wrong: error.issues.map(({ path, message }) => [path.join('.'), message]) } : data;
};

describe('what is typed into a field and what the shop keeps', () => {
  it.each([
    ['a price', codecs.money(tools), '129,9', 12990, '129,90'],
    ['a price that may be absent', codecs.optionalMoney(tools), ' ', null, ''],
    ['a number that may be absent', codecs.optionalWhole(tools), ' 12 ', 12, '12'],
    ['no number', codecs.optionalWhole(tools), '', null, ''],
    ['a text with spaces around it', codecs.optionalText(), '  Cană ', 'Cană', 'Cană'],
    ['no text', codecs.optionalText(), '  ', null, ''],
    [
      'lines, some empty',
      codecs.lines(),
      ' Str. Lungă 1 \n\nCluj',
      ['Str. Lungă 1', 'Cluj'],
      'Str. Lungă 1\nCluj',
    ],
    ['a day', codecs.optionalDay(), '2026-11-30', '2026-11-30', '2026-11-30'],
    [
      'an hour of winter on the clocks of the shop',
      codecs.optionalMoment(tools),
      '2026-11-30T09:30',
      '2026-11-30T07:30:00.000Z',
      '2026-11-30T09:30',
    ],
    [
      'an hour of summer on the clocks of the shop',
      codecs.optionalMoment(tools),
      '2026-07-01T09:30',
      '2026-07-01T06:30:00.000Z',
      '2026-07-01T09:30',
    ],
  ])('%s', (_what, schema, typed, kept, shown) => {
    expect(read(schema, typed)).toEqual(kept);
    expect(encodeValue(schema, kept)).toBe(shown);
  });

  it.each([
    ['a price that may be a thousand or one', codecs.money(tools), '1.299', 'product.priceInvalid'],
    ['no price where there has to be one', codecs.money(tools), '', 'product.priceInvalid'],
    ['half a piece', codecs.optionalWhole(tools), '1,5', 'product.wholeNumber'],
    ['no moment', codecs.optionalMoment(tools), 'tomorrow', 'form.momentInvalid'],
  ])('refuses %s', (_what, schema, typed, message) => {
    expect(read(schema, typed)).toEqual({ wrong: [['', message]] });
  });

  it('shows a new entity, which has nothing yet, as empty fields', () => {
    const schema = z.object({ name: codecs.requiredText('missing'), price: codecs.money(tools) });
    expect(encodeValue(schema, { name: null, price: null })).toEqual({ name: '', price: '' });
  });
});

describe('texts in each language', () => {
  const schema = z.object({
    translations: translations(
      tools,
      { name: codecs.requiredText('name missing'), summary: codecs.optionalText() },
      { mustHave: 'default' },
    ),
  });
  const none = { name: '', summary: '' };

  it('leaves out a language in which nothing is written', () => {
    const typed = { RO: { name: 'Cană ', summary: '' }, EN: none, FR: none };
    expect(read(schema, { translations: typed })).toEqual({
      translations: [{ locale: 'RO', name: 'Cană', summary: null }],
    });
  });

  it('asks for the name where only a summary is written, and in the language of the shop', () => {
    const typed = { RO: none, EN: { name: '', summary: 'For tea' }, FR: none };
    expect(read(schema, { translations: typed })).toEqual({
      wrong: [
        ['translations.RO.name', 'name missing'],
        ['translations.EN.name', 'name missing'],
      ],
    });
  });

  it('is content with any one language where the shop says so', () => {
    const any = translations(
      tools,
      { name: codecs.requiredText('missing') },
      { by: 'language', mustHave: 'any' },
    );
    expect(read(any, { RO: { name: '' }, EN: { name: 'Silk' }, FR: { name: '' } })).toEqual([
      { language: 'EN', name: 'Silk' },
    ]);
    expect(read(any, { RO: { name: '' } })).toEqual({ wrong: [['RO.name', 'missing']] });
  });

  it('shows every language, also one that the shop does not offer', () => {
    const stored = [{ locale: 'FR', name: 'Tasse', summary: null }];
    expect(encodeValue(schema, { translations: stored })).toEqual({
      translations: { RO: none, EN: none, FR: { name: 'Tasse', summary: '' } },
    });
  });
});
