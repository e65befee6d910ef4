/** The languages of content and mails, as in the GraphQL enum LanguageCode but in lower case. */
export const LANGUAGES = ['ro', 'en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One text in several languages; the default language is always present. */
export type LocalizedText = Partial<Record<Language, string | null>>;

export function isLanguage(value: string): value is Language {
  return (LANGUAGES as readonly string[]).includes(value);
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

/** The first supported language of an Accept-Language header, or null. Weights are ignored: browsers list by preference. */
export function acceptedLanguage(header: string | undefined): Language | null {
  for (const part of (header ?? '').split(',')) {
    const code = part.trim().slice(0, 2).toLowerCase();
    if (isLanguage(code)) return code;
  }
  return null;
}

/** The storefront has Romanian at the root and the other languages below a path prefix. */
const ROOT_LANGUAGE: Language = 'ro';

/** The address of a storefront page in a language: `/order/x`, `/fr/order/x`. */
export function storefrontPage(base: string, language: Language, path: string): string {
  return `${base}${language === ROOT_LANGUAGE ? '' : `/${language}`}${path}`;
}
