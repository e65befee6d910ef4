import {
  EVERY_LANGUAGE,
  FIRST_LANGUAGE,
  isLanguage,
  wordsOf,
  type Language,
} from '@vitrine/client/languages';

export type { Language };

/** Every language that a shop can speak: a path may begin with each. */
export const languages = EVERY_LANGUAGE;

/** What the shop says of its languages, as far as addresses and words depend on it. */
export interface SpokenLanguages {
  /** Whose pages have no prefix. */
  readonly root: Language;
  /** Whose words are read where the storefront has none in a language. */
  readonly main: Language;
  /** In which buyers may read the shop. */
  readonly offered: readonly Language[];
}

/**
 * Those of the shop that this process, or this page, is of. A server learns them from the first page that it draws, and
 * again from each one: `learnLanguages`.
 */
let spoken: SpokenLanguages = { root: FIRST_LANGUAGE, main: FIRST_LANGUAGE, offered: [] };

export const spokenLanguages = (): SpokenLanguages => spoken;

/** Takes what the shop says now. Returns whether root or main language are others, so that a page has to be drawn again. */
export function learnLanguages(known: SpokenLanguages): boolean {
  const isNew = known.root !== spoken.root || known.main !== spoken.main;
  spoken = known;
  return isNew;
}

/** The language whose pages have no path prefix. */
export const rootLanguage = (): Language => spoken.root;

/** The language whose words of the storefront are read in this one. */
export const baseOf = (language: Language): Language => wordsOf(language, spoken.main);

function prefixOf(path: string): Language | null {
  const first = path.split(/[/?#]/)[1];
  return isLanguage(first) ? first : null;
}

/** The language of a path. Determined by the path alone, so that pages can be cached by address. */
export function languageOfPath(path: string): Language {
  return prefixOf(path) ?? spoken.root;
}

/**
 * The same page in another language: `/en/c/mugs?sort=new` becomes `/c/mugs?sort=new` in the one at the root. Whatever was
 * asked for, it is a path of the shop: `/en//evil.example` without its prefix would be read as another host.
 */
export function pathInLanguage(path: string, language: Language): string {
  const prefix = prefixOf(path);
  const bare = prefix ? path.slice(prefix.length + 1) : path;
  const rooted = `/${bare.replace(/^[/\\]+/, '')}`;
  if (language === spoken.root) return rooted;
  return rooted === '/' ? `/${language}` : `/${language}${rooted}`.replace(/^(\/\w\w)\/(?=[?#])/, '$1');
}

/** What the shop says of the languages of its buyers, as the API names them. */
export interface ShopLanguages {
  readonly languages: readonly string[];
  readonly defaultLanguage: string;
  readonly rootLanguage: string;
}

const asCode = (name: string): Language => name.toLowerCase() as Language;

export const spokenBy = (shop: ShopLanguages): SpokenLanguages => ({
  root: asCode(shop.rootLanguage),
  main: asCode(shop.defaultLanguage),
  offered: shop.languages.map(asCode),
});

/**
 * In which languages buyers may read the shop, and which of them is shown to those who ask for none; only the one at the
 * root while it is not known.
 */
export function offeredBy(shop: ShopLanguages | null): { offered: readonly Language[]; main: Language } {
  if (!shop) return { offered: [spoken.root], main: spoken.root };
  return { offered: shop.languages.map(asCode), main: asCode(shop.defaultLanguage) };
}

/**
 * Where a page is instead: without the prefix that its language had before it came to the root of addresses, or in the
 * default language where the shop does not offer the one of the path. Null where it is. Both may change again.
 */
export function movedTo(path: string, shop: ShopLanguages | null): string | null {
  if (!shop) return null;
  const { offered, main } = offeredBy(shop);
  if (!offered.includes(languageOfPath(path))) return pathInLanguage(path, main);
  return prefixOf(path) === spoken.root ? pathInLanguage(path, spoken.root) : null;
}
