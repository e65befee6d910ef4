import { lasting } from '@vitrine/client/storage';
import { createI18n } from 'vue-i18n';
import en from '../locales/en.json';
import fr from '../locales/fr.json';
import ro from '../locales/ro.json';

export const LANGUAGES = ['ro', 'en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED = 'vitrine-admin-language';

const isLanguage = (text: string | null | undefined): text is Language =>
  LANGUAGES.some((language) => language === text);

/** The stored choice, else the first of the browser's languages that the admin is translated into, else Romanian. */
export function preferredLanguage(): Language {
  const chosen = lasting.get(STORED);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'ro';
}

/** Romanian counts 1, then 0 and 2–19, then "20 de ...". Two forms are enough for the others. */
export function romanianPlural(count: number, forms: number): number {
  if (forms < 3) return count === 1 ? 0 : 1;
  if (count === 1) return 0;
  const lastTwo = count % 100;
  return count === 0 || (lastTwo > 0 && lastTwo < 20) ? 1 : 2;
}

/** French treats zero as one: "0 commande". */
const frenchPlural = (count: number, forms: number): number => (Math.abs(count) < 2 ? 0 : forms - 1);

export const i18n = createI18n({
  legacy: false,
  locale: 'ro',
  fallbackLocale: 'en',
  messages: { ro, en, fr },
  pluralRules: { ro: romanianPlural, fr: frenchPlural },
});

export function useLanguage(language: Language): void {
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
  lasting.set(STORED, language);
}

export const currentLanguage = (): Language => {
  const locale = i18n.global.locale.value;
  return isLanguage(locale) ? locale : 'en';
};
