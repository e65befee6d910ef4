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
