import { FIRST_LANGUAGE, LANGUAGES, storefrontPage, type Language } from '../../kernel/languages.js';

/** A path of the storefront: its language, and the rest as it is in the first language. */
export interface LocalPath {
  readonly language: Language;
  readonly bare: string;
}

/** The longest path that can lead anywhere. */
export const LONGEST_PATH = 300;

/** The storefront's own pages and what it passes on to the API: nothing else can be there. */
const RESERVED = [
  ...['account', 'cart', 'checkout', 'find-order', 'forgot-password', 'login', 'order', 'reset-password'],
  ...['search', 'sign-up', 'assets', 'documents', 'graphql', 'health', 'media', 'uploads', 'robots.txt'],
  ...['sitemap.xml', 'manifest.webmanifest', 'index.html', 'admin'],
];

/**
 * A path in its one spelling: small letters, one slash between parts and none at the end, percent codes of Unicode
 * decoded, without query and fragment. Null for a text that is no path, or longer than 300 characters.
 */
export function normalPath(given: string): string | null {
  const [path = ''] = given.trim().split(/[?#]/, 1);
  if (!path.startsWith('/') || path.length > LONGEST_PATH * 3) return null;
  const plain = decoded(path);
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (plain === null || /[\u0000-\u0020\u007f\\]/.test(plain)) return null;
  const parts = plain.normalize('NFC').toLowerCase().split('/').filter(Boolean);
  if (parts.some((part) => part === '.' || part === '..')) return null;
  const normal = `/${parts.join('/')}`;
  return normal.length > LONGEST_PATH ? null : normal;
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** The language of a normal path, and the path without its prefix. */
export function splitLanguage(normal: string): LocalPath {
  const first = normal.split('/')[1];
  const language = LANGUAGES.find((code) => code === first && code !== FIRST_LANGUAGE);
  return language
    ? { language, bare: normal.slice(language.length + 1) || '/' }
    : { language: FIRST_LANGUAGE, bare: normal };
}

/** The path of a page in a language, with its prefix. */
export function inLanguage({ language, bare }: LocalPath): string {
  const path = storefrontPage('', language, bare === '/' ? '' : bare);
  return path || '/';
}

/** Whether a normal path is that of a page which the storefront always has, or lies below one. */
export function isReserved(normal: string): boolean {
  const { bare } = splitLanguage(normal);
  const first = bare.split('/')[1] ?? '';
  return bare === '/' || RESERVED.includes(first);
}
