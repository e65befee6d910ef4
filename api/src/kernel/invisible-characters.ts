/*
 * The one rule for characters that nobody sees, for the API and for the forms of both clients. It imports nothing, so
 * that a browser can use it. Invisible are format characters (zero-width characters, direction marks, byte order
 * marks), what Unicode says may be ignored when it is shown (fillers, variation selectors, tags), and the Braille
 * pattern without dots.
 */

const INVISIBLE_CLASS = '[\\p{Cf}\\p{Default_Ignorable_Code_Point}\\u2800]';

/** Every invisible character, joiners too. */
export const INVISIBLE = new RegExp(INVISIBLE_CLASS, 'gu');

/** Every invisible character but the two joiners, which are a matter of spelling in some scripts. */
export const INVISIBLE_BUT_JOINERS = new RegExp(`(?![\\u200C\\u200D])${INVISIBLE_CLASS}`, 'gu');

/** The scripts in whose words a joiner changes how the letters are written. */
const JOINING_SCRIPTS = [
  ...['Arabic', 'Syriac', 'Nko', 'Mongolian', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya'],
  ...['Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Khmer', 'Tibetan', 'Myanmar'],
];
const IDLE_JOINER = new RegExp(
  `(?<![${JOINING_SCRIPTS.map((script) => `\\p{Script=${script}}`).join('')}])[\\u200C\\u200D]|[\\u200C\\u200D](?![\\p{L}\\p{M}])`,
  'gu',
);

/** The text without what nobody sees; joiners stay within words of the scripts that need them. */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE_BUT_JOINERS, '').replace(IDLE_JOINER, '');
}
