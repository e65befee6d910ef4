const MAX_LENGTH = 200;

/** What a person typed, taken apart for the database. */
export interface SearchText {
  /** For websearch_to_tsquery: "quoted phrases", -without and or. */
  readonly words: string;
  /** The word still being typed, letters and digits only: it matches as the beginning of a word. */
  readonly prefix: string;
  /** All of it. */
  readonly plain: string;
  /** What names may merely be alike to, when the words find little; empty when somebody chose words with care. */
  readonly alike: string;
}

/** Any text is safe to search for; null when there is nothing to look for. */
export function searchText(input: string | null | undefined): SearchText | null {
  // PostgreSQL's text cannot hold a NUL.
  const plain = (input ?? '').replaceAll('\0', ' ').normalize('NFC').slice(0, MAX_LENGTH).trim();
  if (!/[\p{L}\p{N}]/u.test(plain)) return null;
  // Inside a word punctuation separates, as in the stored vector (list-card.ts); before a word, minus means without.
  const words = plain.replace(/(?<=[\p{L}\p{N}\p{M}])[^\p{L}\p{N}\p{M}\s"]+(?=[\p{L}\p{N}])/gu, ' ');
  const last = /(?<![-\p{L}\p{N}\p{M}])[\p{L}\p{N}\p{M}]+$/u.exec(words);
  const before = last ? words.slice(0, last.index) : '';
  const insideQuotes = (words.match(/"/g)?.length ?? 0) % 2 === 1;
  const alike = /["\s]or\s|"|(^|\s)-/i.test(words) ? '' : plain;
  if (!last || insideQuotes || /(^|\s)or\s+$/i.test(before)) return { words, prefix: '', plain, alike };
  return { words: before, prefix: last[0], plain, alike };
}
