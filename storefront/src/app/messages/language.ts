import { FIRST_LANGUAGE, LANGUAGES, type Language } from '@vitrine/client/languages';

export type { Language };
export const languages = LANGUAGES;

/** The language whose pages have no path prefix. */
export const defaultLanguage = FIRST_LANGUAGE;

/** The language of a path. Determined by the path alone, so that pages can be cached by address. */
export function languageOfPath(path: string): Language {
  const first = path.split(/[/?#]/)[1];
  return languages.find((language) => language === first && language !== defaultLanguage) ?? defaultLanguage;
}

/** The same page in another language: `/en/c/mugs?sort=new` becomes `/c/mugs?sort=new` in the default one. */
export function pathInLanguage(path: string, language: Language): string {
  const current = languageOfPath(path);
  const bare = current === defaultLanguage ? path : path.slice(current.length + 1) || '/';
  const rooted = bare.startsWith('/') ? bare : `/${bare}`;
  if (language === defaultLanguage) return rooted;
  return rooted === '/' ? `/${language}` : `/${language}${rooted}`.replace(/^(\/\w\w)\/(?=[?#])/, '$1');
}

/** What the shop says of the languages of its buyers, as the API names them. */
export interface ShopLanguages {
  readonly languages: readonly string[];
  readonly defaultLanguage: string;
}

/**
 * In which languages buyers may read the shop, and which of them is shown to those who ask for none; all while it is not
 * known.
 */
export function offeredBy(shop: ShopLanguages | null): { offered: readonly Language[]; main: Language } {
  if (!shop) return { offered: languages, main: defaultLanguage };
  return {
    offered: languages.filter((language) => shop.languages.includes(language.toUpperCase())),
    main: shop.defaultLanguage.toLowerCase() as Language,
  };
}

/** Where a page is instead whose language the shop does not offer; null for one that it does. */
export function movedTo(path: string, shop: ShopLanguages | null): string | null {
  const { offered, main } = offeredBy(shop);
  return offered.includes(languageOfPath(path)) ? null : pathInLanguage(path, main);
}
