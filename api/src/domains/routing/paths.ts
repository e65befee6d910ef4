import { isLanguage, storefrontPage, type Language } from '../../kernel/languages.js';

/** A path of the storefront: its language, and the rest as it is in the language at the root of addresses. */
export interface LocalPath {
  readonly language: Language;
  readonly bare: string;
}

/** The longest path that can lead anywhere, in UTF-16 units. */
export const LONGEST_PATH = 300;

/** The storefront's own pages and what it passes on to the API: nothing else can be there. */
const RESERVED = [
  ...['account', 'cart', 'checkout', 'find-order', 'forgot-password', 'login', 'order', 'reset-password'],
  ...[
    'preview',
    'search',
    'sign-up',
    'assets',
    'documents',
    'graphql',
    'health',
    'media',
    'uploads',
    'robots.txt',
  ],
  ...['sitemap.xml', 'manifest.webmanifest', 'index.html', 'admin'],
];

/** Controls, blanks and halves of characters; no database and no header takes all of them. */
const NEVER_IN_PATH = /[\p{Cc}\p{Cs}\p{Z}\\]/u;

/**
 * A path in its one spelling: small letters, one slash between parts and none at the end, without query and fragment.
 * Percent codes are decoded, apart from those of `%`, `?` and `#`, which would mean something else then: the spelling
 * of a spelling is itself. Null for a text that is no path, or longer than 300 characters.
 */
export function normalPath(given: string): string | null {
  const [path = ''] = given.trim().split(/[?#]/, 1);
  if (!path.startsWith('/') || path.length > LONGEST_PATH * 3) return null;
  const plain = decoded(path);
  if (plain === null || NEVER_IN_PATH.test(plain)) return null;
  const parts = plain.toLowerCase().normalize('NFC').split('/').filter(Boolean);
  if (parts.some((part) => part === '.' || part === '..')) return null;
  const normal = `/${parts.join('/')}`.replace(/[%?#]/g, percentCode);
  return normal.length > LONGEST_PATH ? null : normal;
}

/** A normal path as it stands in an address: a header holds no other letters than those of ASCII. */
export function asUrl(normal: string): string {
  return normal.replace(/[^\w%/.~!$&'()*+,;=:@-]+/g, encodeURIComponent);
}

function percentCode(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16)}`;
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/**
 * The language of a normal path, and the path without its prefix. The language at the root has a prefix too, under which
 * its pages were before it came there: `inLanguage` leaves it out.
 */
export function splitLanguage(normal: string, rootLanguage: Language): LocalPath {
  const first = normal.split('/')[1] ?? '';
  return isLanguage(first)
    ? { language: first, bare: normal.slice(first.length + 1) || '/' }
    : { language: rootLanguage, bare: normal };
}

/** The path of a page in a language, with its prefix where it has one. */
export function inLanguage({ language, bare }: LocalPath, rootLanguage: Language): string {
  const path = storefrontPage('', { language, rootLanguage }, bare === '/' ? '' : bare);
  return path || '/';
}

/** Whether a normal path is that of a page which the storefront always has, or lies below one. */
export function isReserved(normal: string): boolean {
  const [, prefix = ''] = normal.split('/', 2);
  const bare = isLanguage(prefix) ? normal.slice(prefix.length + 1) || '/' : normal;
  const first = bare.split('/')[1] ?? '';
  return bare === '/' || RESERVED.includes(first);
}
