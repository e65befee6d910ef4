const MAX_LENGTH = 200;

/** A search term, prepared for the database. */
export interface SearchText {
  /** For websearch_to_tsquery: "quoted phrases", -without and or. */
  readonly words: string;
  /** The word still being typed, letters and digits only: matched as the beginning of a word. */
  readonly prefix: string;
  /** The whole term. */
  readonly plain: string;
  /** The text that names may merely resemble if the words find little; empty if the term uses operators. */
  readonly alike: string;
}

/** Accepts any text; null if there is nothing to search for. */
export function searchText(input: string | null | undefined): SearchText | null {
  // PostgreSQL's text cannot contain NUL.
  const plain = (input ?? '').replaceAll('\0', ' ').normalize('NFC').slice(0, MAX_LENGTH).trim();
  if (!/[\p{L}\p{N}]/u.test(plain)) return null;
  // Inside a word punctuation separates, as in the stored vector (product-projection.ts); before a word, minus means
  // without.
  const words = plain.replace(/(?<=[\p{L}\p{N}\p{M}])[^\p{L}\p{N}\p{M}\s"]+(?=[\p{L}\p{N}])/gu, ' ');
  const last = /(?<![-\p{L}\p{N}\p{M}])[\p{L}\p{N}\p{M}]+$/u.exec(words);
  const before = last ? words.slice(0, last.index) : '';
  const insideQuotes = (words.match(/"/g)?.length ?? 0) % 2 === 1;
  const alike = /["\s]or\s|"|(^|\s)-/i.test(words) ? '' : plain;
  if (!last || insideQuotes || /(^|\s)or\s+$/i.test(before)) return { words, prefix: '', plain, alike };
  return { words: before, prefix: last[0], plain, alike };
}
