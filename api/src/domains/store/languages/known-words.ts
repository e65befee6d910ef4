import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { wordsOf, type Language } from '../../../kernel/languages.js';
import { LOCALES_FOLDER, readLocaleFile } from '../../../kernel/locale-files.js';

/** Words that only staff read: of the shop's owner, and of invitations to work in the shop. */
const OF_STAFF = /^(?:owner-alert|staff-)/;

/** What buyers read of the program's own words. */
export const WORD_AREAS = ['INTERFACE', 'MAILS', 'DOCUMENTS'] as const;
export type WordArea = (typeof WORD_AREAS)[number];

/** A word of the interface that staff may write in a language. */
export interface KnownWord {
  /** `file:key`. */
  readonly key: string;
  readonly area: WordArea;
  readonly text: string;
}

const known = new Map<Language, readonly KnownWord[]>();

/** Every word of the program that buyers read, as it is in a language, or in the one that is read instead of it. */
export function knownWords(language: Language, defaultLanguage: Language): readonly KnownWord[] {
  const base = wordsOf(language, defaultLanguage);
  let words = known.get(base);
  if (!words) known.set(base, (words = wordsIn(base)));
  return words;
}

function wordsIn(base: Language): KnownWord[] {
  const mails = readdirSync(join(LOCALES_FOLDER, base, 'mails'))
    .map((name) => name.replace(/\.json$/, ''))
    .filter((name) => !OF_STAFF.test(name))
    .sort();
  return [
    ...['storefront', 'storefront-orders', 'storefront-server'].flatMap((file) =>
      words('INTERFACE', file, readLocaleFile(`${base}/${file}.json`)),
    ),
    // Other words of this file are those of the settings, which staff read.
    ...words('INTERFACE', 'api', {
      facets: (readLocaleFile(`${base}/api.json`) as { facets: object }).facets,
    }),
    ...mails.flatMap((name) => words('MAILS', `mails/${name}`, readLocaleFile(`${base}/mails/${name}.json`))),
    ...words('DOCUMENTS', 'documents', readLocaleFile(`${base}/documents.json`)),
  ];
}

function words(area: WordArea, file: string, messages: unknown, start = ''): KnownWord[] {
  return Object.entries(messages as object).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string'
      ? [{ key: `${file}:${start}${name}`, area, text: value }]
      : words(area, file, value, `${start}${name}.`),
  );
}

/** The names in braces, which the program puts values in place of. */
export function placeholdersOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].sort();
}
