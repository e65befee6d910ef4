import { parameters } from '../src/catalog/listing/product-filters';

/** The parameters that a page reads; a name that ends in a dot is a prefix (`f.material`). */
const LISTING = ['q', 'after', ...parameters];
const KNOWN: readonly (readonly [path: RegExp, names: readonly string[]])[] = [
  [/^\/(?:(?:en|fr)\/?)?$/, []],
  [/^\/(?:(?:en|fr)\/)?c\/[^/]+$/, LISTING],
  [/^\/(?:(?:en|fr)\/)?search$/, LISTING],
  [/^\/(?:(?:en|fr)\/)?p\/[^/]+$/, ['variant']],
];

/**
 * The address under which a catalog page is rendered and cached: without the parameters that it does not read, so that
 * `?utm_source=…` and invented ones do not cause the same page to be rendered again. Addresses of pages that are not
 * cached stay unchanged.
 */
export function pageAddress(url: string): string {
  const [path = '/', search] = url.split('?', 2);
  const names = KNOWN.find(([pattern]) => pattern.test(path))?.[1];
  if (!names || search === undefined) return url;
  const isRead = (name: string): boolean =>
    names.some((known) => (known.endsWith('.') ? name.startsWith(known) : name === known));
  const read = new URLSearchParams([...new URLSearchParams(search)].filter(([name]) => isRead(name)));
  read.sort();
  return read.size > 0 ? `${path}?${read}` : path;
}
