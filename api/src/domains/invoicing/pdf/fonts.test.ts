import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Document from 'pdfkit';
import { describe, expect, it } from 'vitest';

const FONTS = join(import.meta.dirname, '../../../../fonts');

/** What pdfkit reads from a file of letters. */
interface OpenedFont {
  readonly font: { hasGlyphForCodePoint(code: number): boolean };
}

async function lettersMissingIn(file: string, letters: string): Promise<string[]> {
  const pdf = new Document({ font: null as unknown as string }).font(await readFile(join(FONTS, file)));
  const { font } = (pdf as unknown as { _font: OpenedFont })._font;
  return [...letters].filter((letter) => !font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0));
}

describe.each(['Inter-Regular.ttf', 'Inter-Medium.ttf', 'Inter-SemiBold.ttf'])('%s', (file) => {
  it.each([
    ['Romanian', 'ăâîșțşţĂÂÎȘȚŞŢ„”«»'],
    ['French', 'àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ’\u00a0'],
    ['Turkish', 'çğıiöşüÇĞIİÖŞÜ'],
    ['Polish, Czech and Hungarian', 'ąćęłńóśźżĄĆĘŁŃÓŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽőűŐŰ'],
    ['Greek', 'αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ'],
    [
      'Bulgarian, Ukrainian, Russian and Serbian',
      'абвгдежзийклмнопрстуфхцчшщъыьэюяёєіїґђљњћџАБВГДЕЖЗИЙЄІЇҐЂЉЊЋЏЪЫЬЭЮЯЁ',
    ],
    ['sums of money', '0123456789.,-−+%×€£$₺₴ ·–—№'],
  ])('draws every letter of %s', async (_language, letters) => {
    expect(await lettersMissingIn(file, letters)).toEqual([]);
  });
});

it('the letters come with the licence that lets a shop print them', async () => {
  const files = await readdir(FONTS);

  expect(files.sort()).toEqual(['Inter-Medium.ttf', 'Inter-Regular.ttf', 'Inter-SemiBold.ttf', 'OFL.txt']);
  expect(await readFile(join(FONTS, 'OFL.txt'), 'utf8')).toMatch(
    /Inter Project Authors[^]*SIL OPEN FONT LICENSE/,
  );
});
