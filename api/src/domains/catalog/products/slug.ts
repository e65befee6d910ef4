// Letters that Unicode does not decompose into a base letter and a mark.
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ı: 'i',
  þ: 'th',
};

const MAX_LENGTH = 80;

/**
 * Lower case without accents: "Cană" becomes "cana". The same normalization as plain_text in the database, for short
 * texts in memory.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðłıþ]/g, (letter) => LETTERS[letter] ?? letter);
}

/** "Cana Dimineața" becomes "cana-dimineata"; empty if no character of the name can be part of a URL. */
export function slugFrom(name: string): string {
  return foldText(name)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LENGTH)
    .replace(/^-+|-+$/g, '');
}

export function isSlug(text: string): boolean {
  return text.length <= MAX_LENGTH && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}

/**
 * The requested slug, or the slug with the lowest number that makes it unique: vaza, vaza-2, vaza-3. A long one is
 * shortened to make room for the number, so that the result is valid.
 */
export function freeSlug(requested: string, taken: ReadonlySet<string>): string {
  if (!taken.has(requested)) return requested;
  for (let n = 2; ; n++) {
    const room = MAX_LENGTH - `-${n}`.length;
    const numbered = `${requested.slice(0, room).replace(/-+$/, '')}-${n}`;
    if (!taken.has(numbered)) return numbered;
  }
}
