import { createMemoryHistory, createRouter, type LocationQuery } from 'vue-router';
import { readChoice, readTerm, writeChoice } from '../src/catalog/listing/product-filters';
import { routes } from '../src/routes';

/** The address of a page as the cache knows it. */
export interface PageAddress {
  /** The one spelling of everything that asks for the same page. */
  readonly key: string;
  /** Parameters with values that only the page itself knows, such as the SKU of a variant: names to values. */
  readonly chosen: Readonly<Record<string, readonly string[]>>;
  /** The same page without these. */
  readonly base: string;
  /** Parameters that mean nothing, although the page in the browser would read them. */
  readonly meaningless: readonly string[];
}

const router = createRouter({ history: createMemoryHistory(), routes, sensitive: true });

/** A signed cursor of the API: its position, then the signature. */
const CURSOR = /^[\w-]{1,600}\.[\w-]{16}$/;

/** What a page reads of the parameters in its address; the others, such as `utm_source`, do not make it another page. */
const READERS: Readonly<Record<string, (query: LocationQuery) => Record<string, string>>> = {
  home: () => ({}),
  category: (query) => listing(query),
  search: (query) => {
    const q = readTerm(query);
    return { ...(q ? { q } : {}), ...listing(query) };
  },
  product: ({ variant }): Record<string, string> =>
    typeof variant === 'string' && variant ? { variant } : {},
  page: () => ({}),
  missing: () => ({}),
};

/**
 * The address under which a catalog page is rendered and cached: parameters that the page does not read, values that it
 * cannot read, and other spellings of the same do not cause it to be rendered again. Addresses of pages that are not
 * cached stay unchanged, and those that end in a slash, which are redirected.
 */
export function pageAddress(url: string): PageAddress {
  const { name, params, query } = router.resolve(url);
  const [path = '/'] = url.split('?', 1);
  const read = READERS[String(name)];
  if (!read || (path.endsWith('/') && path !== '/')) return plain(url);
  const said = read(query);
  const inOneSpelling = name === 'missing' ? path : router.resolve({ name: String(name), params }).path;
  const chosen = Object.entries(said).filter(([parameter]) => isChosen(parameter));
  return {
    key: withQuery(inOneSpelling, said),
    chosen: Object.fromEntries(chosen.map(([parameter, values]) => [parameter, listed(parameter, values)])),
    base: withQuery(inOneSpelling, said.q ? { q: said.q } : {}),
    meaningless: name !== 'missing' && typeof query.after === 'string' && !said.after ? ['after'] : [],
  };
}

/** The address with only these values of the parameters that only the page knows, and with all that it does not read. */
export function withValues(url: string, kept: Readonly<Record<string, readonly string[]>>): string {
  const [path = '/', search = ''] = url.split('?', 2);
  const parameters = new URLSearchParams(search);
  for (const [name, values] of Object.entries(kept)) {
    if (values.length > 0) parameters.set(name, values.join(','));
    else parameters.delete(name);
  }
  return parameters.size > 0 ? `${path}?${parameters}` : path;
}

function plain(url: string): PageAddress {
  return { key: url, chosen: {}, base: url, meaningless: [] };
}

function listing(query: LocationQuery): Record<string, string> {
  const { after } = query;
  return {
    ...(writeChoice(readChoice(query)) as Record<string, string>),
    ...(typeof after === 'string' && CURSOR.test(after) ? { after } : {}),
  };
}

function isChosen(parameter: string): boolean {
  return parameter === 'variant' || parameter === 'tag' || parameter.startsWith('f.');
}

function listed(parameter: string, values: string): string[] {
  return parameter === 'variant' ? [values] : values.split(',');
}

function withQuery(path: string, query: Record<string, string>): string {
  const parameters = new URLSearchParams(query);
  parameters.sort();
  return parameters.size > 0 ? `${path}?${parameters}` : path;
}
