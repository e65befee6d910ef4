import { z } from 'zod';
import { readLocaleFile } from './locale-files.js';

/**
 * The code of a language, such as `ro` (ISO 639-1). Which there are is data: locales/languages.json. Whatever comes
 * from outside becomes one by `isLanguage` or by the GraphQL enum LanguageCode, whose names are the codes in capitals.
 */
export type Language = Lowercase<string>;

const languageData = z.object({
  code: z.custom<Language>((code) => typeof code === 'string' && /^[a-z]{2}$/.test(code)),
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

/** The languages of content, mails and documents in the order in which they are offered. */
const data: readonly LanguageData[] = z.array(languageData).min(1).parse(readLocaleFile('languages.json'));
const byCode = new Map(data.map((language) => [language.code, language]));

export const LANGUAGES: readonly Language[] = data.map(({ code }) => code);

/** The language of a shop that chooses none, and the one whose storefront pages have no path prefix. */
export const FIRST_LANGUAGE: Language = LANGUAGES[0] as Language;

/** One text in several languages; the default language is always present. */
export type LocalizedText = Partial<Record<Language, string | null>>;

export function isLanguage(value: string): value is Language {
  return byCode.has(value as Language);
}

/** What is known of a language; of the first one for a language that the shop no longer has, as in an old mail. */
export function languageDataOf(language: Language): LanguageData {
  return byCode.get(language) ?? (data[0] as LanguageData);
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

/** The address of a storefront page in a language: `/order/x` in the first one, `/fr/order/x` in another. */
export function storefrontPage(base: string, language: Language, path: string): string {
  return `${base}${language === FIRST_LANGUAGE ? '' : `/${language}`}${path}`;
}
