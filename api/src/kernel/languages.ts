import { z } from 'zod';
import { readLocaleFile } from './locale-files.js';

/**
 * The code of a language, such as `ro` (ISO 639-1). Which there are is data: locales/iso-639-1.json. Whatever comes
 * from outside becomes one by `isLanguage` or by the GraphQL enum LanguageCode, whose names are the codes in capitals.
 */
export type Language = Lowercase<string>;

const languageCode = z.custom<Language>((code) => typeof code === 'string' && /^[a-z]{2}$/.test(code));

const languageData = z.object({
  code: languageCode,
  /** In English, for descriptions of the schema. */
  englishName: z.string().min(1),
  /** BCP 47, for dates, numbers and names of countries. */
  locale: z.string().min(2),
  /** What the first day of a month is called where it has a name of its own: `1er`. */
  firstDay: z.string().min(1).optional(),
  direction: z.enum(['ltr', 'rtl']),
  /** Plural categories of CLDR in the order of a message's forms "one | few | other"; the last is for all others. */
  pluralForms: z.array(z.enum(['zero', 'one', 'two', 'few', 'many', 'other'])).min(1),
});
export type LanguageData = z.infer<typeof languageData>;

/** The languages that the program has words in, in the order in which they are offered. */
const data: readonly LanguageData[] = z.array(languageData).min(1).parse(readLocaleFile('languages.json'));
const byCode = new Map(data.map((language) => [language.code, language]));

/**
 * Those that the program has words in: of the admin, and of a shop that chooses none. Which ones a shop speaks is kept by
 * its staff, out of `EVERY_LANGUAGE`.
 */
export const LANGUAGES: readonly Language[] = data.map(({ code }) => code);

/** Every language of ISO 639-1, by its code. */
export const EVERY_LANGUAGE: readonly Language[] = z
  .array(languageCode)
  .parse(readLocaleFile('iso-639-1.json'));

const every = new Set<string>(EVERY_LANGUAGE);

/** The language of a shop that chooses none. */
export const FIRST_LANGUAGE: Language = LANGUAGES[0] as Language;

/** Whose words are read where neither the language of a text nor the default one of the shop has any. */
const LAST_WORDS: Language = LANGUAGES.includes('en') ? 'en' : FIRST_LANGUAGE;

/** One text in several languages; the default language is always present. */
export type LocalizedText = Partial<Record<Language, string | null>>;

export function isLanguage(value: string): value is Language {
  return every.has(value);
}

/** Whether the program has words in a language. Those of another are written by staff, or are another's. */
export function hasWords(language: Language): boolean {
  return byCode.has(language);
}

/** Whose words are read in a language: its own, else those of the first of `others` that has any. */
export function wordsOf(language: Language, ...others: readonly Language[]): Language {
  return [language, ...others].find(hasWords) ?? LAST_WORDS;
}

const PLURAL_FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;
const RIGHT_TO_LEFT = new Set('ae ar dv fa he ks ps sd ug ur yi'.split(' '));
const derived = new Map<Language, LanguageData>();

/** What is known of a language: by its file, else by what Unicode says of it. Of the first one for what is no language. */
export function languageDataOf(language: Language): LanguageData {
  const known = byCode.get(language) ?? derived.get(language);
  if (known) return known;
  if (!isLanguage(language)) return data[0] as LanguageData;
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  const made: LanguageData = {
    code: language,
    englishName: new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language,
    locale: language,
    direction: RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr',
    pluralForms: PLURAL_FORMS.filter((form) => pluralCategories.includes(form)),
  };
  derived.set(language, made);
  return made;
}

/**
 * A moment in words, such as "24 novembre 2026". As `Intl.DateTimeFormat` writes it, but for the first day of a month in
 * languages that call it the first: French has "1er décembre", which `Intl` writes "1 décembre".
 */
export function dateIn(language: Language, at: Date, options: Intl.DateTimeFormatOptions): string {
  const format = new Intl.DateTimeFormat(languageDataOf(language).locale, options);
  const { firstDay } = languageDataOf(language);
  if (!firstDay) return format.format(at);
  const parts = format.formatToParts(at);
  // A month in figures has its day in figures too: 01/12/2026.
  const isInWords = parts.some(({ type, value }) => type === 'month' && !/\d/.test(value));
  return parts
    .map(({ type, value }) => (type === 'day' && value === '1' && isInWords ? firstDay : value))
    .join('');
}

/** The text in the requested language, else in the default one, else in any; null when there is none. */
export function localized(
  text: LocalizedText | null | undefined,
  language: Language,
  fallback: Language,
): string | null {
  if (!text) return null;
  return text[language] ?? text[fallback] ?? Object.values(text).find(Boolean) ?? null;
}

/** The languages in which something is written: those of the program first, then by their codes. */
export function writtenLanguages(text: LocalizedText): Language[] {
  const written = Object.keys(text).filter((code) => isLanguage(code) && Boolean(text[code]));
  return sortedLanguages(written as Language[]);
}

/** Each once: the languages of the program in their order, then the others as they are given. */
export function sortedLanguages(languages: readonly Language[]): Language[] {
  const given = new Set(languages);
  return [...LANGUAGES.filter((code) => given.has(code)), ...[...given].filter((code) => !hasWords(code))];
}

/** The first of the languages that an Accept-Language header names, or null. Weights are ignored: browsers list by preference. */
export function acceptedLanguage(
  header: string | undefined,
  languages: readonly Language[],
): Language | null {
  for (const part of (header ?? '').split(',')) {
    const code = part.trim().slice(0, 2).toLowerCase();
    const found = languages.find((language) => language === code);
    if (found) return found;
  }
  return null;
}

/** A language, and the one whose pages have no prefix. */
export interface AddressLanguage {
  readonly language: Language;
  readonly rootLanguage: Language;
}

/**
 * The address of a storefront page in a language: `/order/x` in the one at the root of addresses, `/fr/order/x` in
 * another.
 */
export function storefrontPage(
  base: string,
  { language, rootLanguage }: AddressLanguage,
  path: string,
): string {
  return `${base}${language === rootLanguage ? '' : `/${language}`}${path}`;
}
