import { NO_PAGE } from './early-answers';
import { pageAddress, withValues, type PageAddress } from './page-address';
import { type CachedPage, type PageCache } from './page-cache';

type Values = NonNullable<CachedPage['values']>;

/** So many pages whose values are remembered. */
const MOST_PAGES = 1_000;
/** Values that are known are taken for so long without asking the page again; an unknown one asks it at once. */
const KNOWN_FOR_MS = 600_000;

/**
 * The pages of the catalogue by the addresses that visitors ask for. What an address cannot mean is left out with a
 * redirect, so that invented filters and variants cost one render of the page without them, however many there are.
 */
export class Pages {
  private readonly known = new Map<string, { values: Values; until: number }>();

  constructor(
    private readonly cache: PageCache,
    private readonly draw: (address: string) => Promise<CachedPage>,
    private readonly now: () => number = Date.now,
  ) {}

  async at(url: string): Promise<CachedPage> {
    const address = pageAddress(url);
    if (address.meaningless.length > 0)
      return movedTo(withValues(url, Object.fromEntries(address.meaningless.map((name) => [name, []]))));
    if (Object.keys(address.chosen).length === 0 || this.isKnown(address)) return this.get(address.key);
    const base = await this.get(address.base);
    if (base.status === 302) return movedWith(base, address.key);
    if (base.status !== 200) return base;
    // A page that says nothing about its values, such as a search without a term, reads none.
    if (!base.values) return this.get(address.key);
    this.remember(address.base, base.values);
    return this.isKnown(address)
      ? this.get(address.key)
      : movedTo(withValues(url, onlyKnown(address.chosen, base.values)));
  }

  private get(key: string): Promise<CachedPage> {
    return this.cache.get(key, () => this.draw(key));
  }

  private isKnown({ base, chosen }: PageAddress): boolean {
    const found = this.known.get(base);
    if (!found || found.until <= this.now()) return false;
    return Object.entries(chosen).every(([name, values]) =>
      values.every((value) => valuesOf(found.values, name).includes(value)),
    );
  }

  private remember(base: string, values: Values): void {
    this.known.delete(base);
    this.known.set(base, { values, until: this.now() + KNOWN_FOR_MS });
    const oldest = this.known.keys().next().value;
    if (this.known.size > MOST_PAGES && oldest !== undefined) this.known.delete(oldest);
  }
}

/** The same page in another language, which decides there about filters and variants. Nothing is drawn for them here. */
function movedWith(page: CachedPage, key: string): CachedPage {
  const [path = '/'] = String(page.headers['location'] ?? '/').split('?', 1);
  const [, search] = key.split('?', 2);
  return { ...page, headers: { ...page.headers, location: search ? `${path}?${search}` : path } };
}

function valuesOf(values: Values, name: string): readonly string[] {
  return Object.hasOwn(values, name) ? (values[name] ?? []) : [];
}

function onlyKnown(chosen: PageAddress['chosen'], values: Values): PageAddress['chosen'] {
  return Object.fromEntries(
    Object.entries(chosen).map(([name, asked]) => [
      name,
      asked.filter((value) => valuesOf(values, name).includes(value)),
    ]),
  );
}

/** Not for ever: a filter or variant may exist tomorrow. */
function movedTo(location: string): CachedPage {
  return {
    status: 302,
    headers: {
      ...NO_PAGE,
      location,
      'cache-control': 'no-store',
      'content-type': 'text/plain; charset=utf-8',
    },
    body: '',
    mayBeKept: false,
  };
}
