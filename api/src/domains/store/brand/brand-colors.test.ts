import { expect, it } from 'vitest';
import { brandColors, contrast, READABLE } from './brand-colors.js';

const PAPER = '#faf7f2';
const SAND = '#f1ebe1';
const DARK_CARD = '#282320';

/** Every hue in light, middle and dark, and greys: 5 × 5 × 5 colors. */
const STEPS = ['00', '40', '80', 'c0', 'ff'];
const COLORS = STEPS.flatMap((red) =>
  STEPS.flatMap((green) => STEPS.map((blue) => `#${red}${green}${blue}`)),
);

it('whichever accent a shop chooses, its words are readable on buttons, on light pages and on dark ones', () => {
  for (const accent of COLORS) {
    const colors = brandColors(accent);
    const pairs: [string, string, string][] = [
      ['a button', colors.onAccent, colors.accent],
      ['a button under the pointer', colors.onAccent, colors.accentHover],
      ['a link on paper', colors.accentText, PAPER],
      ['a link on sand', colors.accentText, SAND],
      ['a link on a dark page', colors.darkAccent, DARK_CARD],
      ['a button on a dark page', colors.onDarkAccent, colors.darkAccent],
    ];
    for (const [what, words, ground] of pairs)
      expect(contrast(words, ground), `${what} of ${accent}: ${words} on ${ground}`).toBeGreaterThanOrEqual(
        READABLE,
      );
  }
});

it('a color that is readable already stays as the shop chose it', () => {
  expect(brandColors('#9c4524')).toMatchObject({
    accent: '#9c4524',
    onAccent: '#ffffff',
    accentText: '#9c4524',
  });
});

it('on a light yellow words are dark, and links are a darker yellow', () => {
  const { accent, onAccent, accentText } = brandColors('#ffd800');
  expect([accent, onAccent]).toEqual(['#ffd800', '#1f1b16']);
  expect(accentText).toMatch(/^#[5-8][0-9a-f][4-6][0-9a-f]00$/);
});

it('measures contrast as WCAG does: black on white is 21', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});
