import codes from '../../../locales/iso-639-1.json';
import data from '../../../locales/languages.json';

/** The code of a language, such as `ro` (ISO 639-1). Which there are is data: locales/iso-639-1.json. */
export type Language = Lowercase<string>;

interface LanguageData {
  code: Language;
  /** Its name in itself. */
  name: string;
  /** BCP 47, for dates, numbers and names. */
  locale: string;
  /** What the first day of a month is called where it has a name of its own: `1er`. */
  firstDay?: string;
  direction: 'ltr' | 'rtl';
  /** Plural categories of CLDR in the order of a message's forms "one | few | other"; the last is for all others. */
  pluralForms: string[];
  /** What is written after an amount instead of the currency's code, by that code. */
  currencySymbols: Record<string, string | undefined>;
  /** True if it needs letters beyond Latin-1, which are in a font file of their own. */
  extendedLatin: boolean;
}

const list = data as unknown as readonly LanguageData[];
const rules = new Map<Language, Intl.PluralRules>();

/** The languages that the program has words in, in their order. Which ones a shop speaks is kept by its staff. */
export const LANGUAGES: readonly Language[] = list.map(({ code }) => code);

/** Every language of ISO 639-1. */
export const EVERY_LANGUAGE = codes as readonly Language[];

/** The first language of the program. */
export const FIRST_LANGUAGE: Language = LANGUAGES[0] ?? 'ro';

/** Whose words are read where neither a language nor the default one of the shop has any. */
const LAST_WORDS: Language = LANGUAGES.includes('en') ? 'en' : FIRST_LANGUAGE;

export const isLanguage = (text: string | null | undefined): text is Language =>
  EVERY_LANGUAGE.includes(text as Language);

export const hasWords = (language: string): boolean => list.some(({ code }) => code === language);

/** Whose words are read in a language: its own, else those of `main`, else those of the program's choice. */
export const wordsOf = (language: Language, main: Language): Language =>
  [language, main].find(hasWords) ?? LAST_WORDS;

const PLURAL_FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'];
const RIGHT_TO_LEFT = 'ae ar dv fa he ks ps sd ug ur yi'.split(' ');

/** What is known of a language: by the program, else by what Unicode says of it. Of the first one for an unknown code. */
export function languageDataOf(language: string): LanguageData {
  const known = list.find(({ code }) => code === language);
  if (known) return known;
  if (!isLanguage(language)) return list[0] as LanguageData;
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return {
    ...{ code: language, locale: language, currencySymbols: {}, extendedLatin: true },
    name: name.charAt(0).toLocaleUpperCase(language) + name.slice(1),
    direction: RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr',
    pluralForms: PLURAL_FORMS.filter((form) => (pluralCategories as string[]).includes(form)),
  };
}

/** The language's locale for dates, numbers and names, such as `en-GB`; a text that is no language is returned as it is. */
export function localeOf(language: string): string {
  return isLanguage(language) ? languageDataOf(language).locale : language;
}

/**
 * The index of a number's form in a message with so many forms. French says "0 pièce", English "0 pieces"; Romanian
 * has three forms: "1 piesă, 2 piese, 20 de piese", where zero and 101 to 119 go with the middle one.
 */
export function pluralForm(count: number, forms: number, language: Language): number {
  let rule = rules.get(language);
  if (!rule) rules.set(language, (rule = new Intl.PluralRules(localeOf(language))));
  const at = languageDataOf(language).pluralForms.indexOf(rule.select(count));
  return Math.min(at < 0 ? forms : at, forms - 1);
}

/**
 * A moment in words, such as "24 novembre 2026". As `Intl.DateTimeFormat` writes it, but for the first day of a month in
 * languages that call it the first: French has "1er décembre", which `Intl` writes "1 décembre".
 */
export function dateIn(language: string, at: Date, options: Intl.DateTimeFormatOptions): string {
  const format = new Intl.DateTimeFormat(localeOf(language), options);
  const { firstDay } = languageDataOf(language);
  if (!firstDay) return format.format(at);
  const parts = format.formatToParts(at);
  // A month in figures has its day in figures too: 01/12/2026.
  const isInWords = parts.some(({ type, value }) => type === 'month' && !/\d/.test(value));
  return parts
    .map(({ type, value }) => (type === 'day' && value === '1' && isInWords ? firstDay : value))
    .join('');
}

/** A language's name in another one, with a capital: "Roumain". */
export function languageName(code: string, language: string): string {
  const name =
    new Intl.DisplayNames([localeOf(language)], { type: 'language' }).of(code.toLowerCase()) ?? code;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
