import { expect, it } from 'vitest';
import { visibleText } from './invisible-characters.js';

it.each([
  ['a zero-width space', '\u200B'],
  ['a soft hyphen', '\u00AD'],
  ['a direction mark', '\u202E'],
  ['a byte order mark', '\uFEFF'],
  ['a variation selector', '\uFE0F'],
  ['a selector of an ideograph', '\u{E0100}'],
  ['a tag', '\u{E0041}'],
  ['a combining joiner', '\u034F'],
  ['the Hangul filler', '\u3164'],
  ['the half-width Hangul filler', '\uFFA0'],
  ['the Hangul choseong filler', '\u115F'],
  ['the Khmer inherent vowel', '\u17B4'],
  ['the Mongolian separator', '\u180E'],
  ['the Braille pattern without dots', '\u2800'],
  ['a joiner that joins nothing', '\u200D'],
])('a text does not carry %s', (_, invisible) => {
  expect(visibleText(`A${invisible}n${invisible}a`)).toBe('Ana');
  expect(visibleText(invisible)).toBe('');
});

it.each(['Ștefan-Luc O’Neil', 'علی\u200Cرضا', 'क्\u200Dष', '葛西', 'Zoë', 'a\u00A0b'])(
  'a name stays as it is spelled: %s',
  (name) => {
    expect(visibleText(name)).toBe(name);
  },
);
