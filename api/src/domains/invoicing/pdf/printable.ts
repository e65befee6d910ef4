/** More than the longest name in the shop; a longer text would only cost time. */
const LONGEST = 300;

/** As many accents as one letter has in any language; more of them are piled up over the lines around it. */
const PILED_ACCENTS = /(\p{M}{4})\p{M}+/gu;

// Signs that turn the direction of what follows, have no width or choose the look of an emoji: fonts draw boxes for them.
// The two joiners are letters' business in Arabic and Persian, and only there.
const UNSEEN =
  /(?!(?<=\p{Script=Arabic})[\u200c\u200d])[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}\u2800]/gu;

/** What a name can be read without: accents, emoji and other pictographs, and halves of them. */
const OMITTED = /^[\p{M}\p{S}\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\ufffd]$/u;

/** Replaces a letter that no face has; fonts' own signs for it differ in width, which breaks columns. */
const UNKNOWN = '□';

/** The printable part of any typed text: no control or invisible characters, and only spaces that fonts draw. */
export function printable(text: string): string {
  const letters = [
    ...text
      .slice(0, LONGEST * 4)
      .toWellFormed()
      .normalize('NFC')
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
      .replace(/[\u202f\u2009]/g, '\u00a0')
      .replace(UNSEEN, '')
      .replace(PILED_ACCENTS, '$1'),
  ];
  const cut = letters.length > LONGEST ? [...letters.slice(0, LONGEST), '…'] : letters;
  return cut.join('').trim();
}

/**
 * A printable text in letters that can be drawn: a letter that no face has is written in its plain form (𝐀 as A), a
 * pictograph is left out, and a box replaces a letter of a script that the documents do not support.
 */
export function drawable(text: string, isDrawn: (codePoint: number) => boolean): string {
  const canBe = (letter: string): boolean => isDrawn(letter.codePointAt(0) ?? 0);
  let hasGaps = false;
  const drawn = [...text].map((letter) => {
    if (letter.trim() === '' || canBe(letter)) return letter;
    const plain = plainForm(letter);
    if (plain !== letter && [...plain].every(canBe)) return plain;
    if (!OMITTED.test(letter)) return UNKNOWN;
    hasGaps = true;
    return '';
  });
  return hasGaps ? drawn.join('').replace(/ {2,}/g, ' ').trim() : drawn.join('');
}

/** The letters that mean the same without a look of their own. */
export function plainForm(letter: string): string {
  return letter.normalize('NFKC');
}
