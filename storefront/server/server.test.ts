// @vitest-environment node
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { PageCache, type CachedPage } from './page-cache';
import { manifestJson, sitemapXml } from './machine-pages';
import { isFile, missingFile } from './missing-files';
import { drawPage, type RendererDeps } from './page-renderer';
import { ShopWords } from './shop-words';
import { contentPolicy } from './policy';
import { readSettings } from './settings';

const template =
  '<!doctype html><html><head><!--early--><!--preload--></head><body><div id="app"><!--app--></div><!--state--></body></html>';
const evilName = 'Cana </script><script>alert(1)</script> $& „bună"';
const money = { __typename: 'Money', amount: 8900, currency: 'RON', decimal: '89.00' };
const seo = {
  __typename: 'Seo',
  title: evilName,
  description: 'O cană.',
  canonicalUrl: null,
  noindex: false,
  image: null as object | null,
};

function product(slug: string): object {
  const variant = {
    attributes: [],
    __typename: 'ProductVariant',
    id: 'v1',
    sku: 'MUG-1',
    name: evilName,
    availability: 'IN_STOCK',
    availableFrom: null,
    availableQuantity: null,
    price: money,
    compareAtPrice: null,
    optionValues: [],
    image: null,
  };
  return {
    __typename: 'Product',
    id: 'p1',
    slug,
    name: evilName,
    summary: null,
    description: null,
    labels: [],
    availability: 'IN_STOCK',
    discountPercent: null,
    priceRange: { __typename: 'PriceRange', min: money, max: money },
    compareAtPrice: null,
    images: [],
    breadcrumbs: [{ __typename: 'Category', id: 'c1', slug: 'cani', name: 'Căni' }],
    tags: [],
    attributes: [],
    options: [],
    variants: [variant],
    seo: {
      ...seo,
      ...(slug === 'dublura' && { canonicalUrl: 'https://other.example/cana' }),
      ...(slug === 'cu-poza' && { image: { __typename: 'ShareImage', url1000: '/media/own.webp' } }),
    },
  };
}

const shop = {
  __typename: 'Shop',
  name: 'Lut & Lână',
  currency: 'RON',
  defaultLanguage: 'RO',
  homeCountry: 'RO',
  languages: ['RO', 'EN', 'FR'],
  rootLanguage: 'RO',
  wordsVersion: null as string | null,
  timeZone: 'Europe/Bucharest',
  brand: {
    __typename: 'ShopBrand',
    colors: {
      ...{ __typename: 'BrandColors', accent: '#9c4524', onAccent: '#ffffff' },
      ...{ accentHover: '#772f17', accentText: '#9c4524' },
    },
    logo: null,
    icon: null,
    shareImage: { __typename: 'ShareImage', url1000: '/media/shop.webp' },
  },
  taxMode: 'TAXED',
  isOpen: true,
  holiday: null,
  freeShippingFrom: null,
  returnDays: 30,
  shippingMethods: [
    {
      ...{ __typename: 'ShippingMethodQuote', shippingMethodId: 'ship_1', name: 'Curier la ușă' },
      ...{ estimatedDaysMin: 1, estimatedDaysMax: 2, freeFrom: null },
      price: {
        __typename: 'TaxedMoney',
        gross: { __typename: 'Money', amount: 1990, currency: 'RON', decimal: '19.90' },
      },
    },
  ],
  contact: { __typename: 'ShopContact', email: 'salut@lut.example', phone: null, links: [] },
  seller: {
    ...{ __typename: 'ShopSeller', name: 'Lut SRL', address: ['Strada 1'], taxId: 'RO1' },
    registrationNumber: null,
  },
};
const crumb = { __typename: 'Category', id: 'c2', slug: 'secreta', name: 'Secretă', isHidden: true };
const hiddenCategory = {
  ...{ ...crumb, description: null, image: null, seo, parent: null, children: [] },
  breadcrumbs: [crumb],
};
const URLS: Record<string, object> = {
  '/p/mutata': { found: 'REDIRECT', code: 301, redirectTo: '/p/cana' },
  '/vara': { found: 'REDIRECT', code: 302, redirectTo: '/c/cani' },
  '/p/arhivata': { found: 'GONE', code: 410, redirectTo: null },
  '/catalog.php': { found: 'REDIRECT', code: 301, redirectTo: '/c/c%C4%83ni' },
  '/preturi-2019.pdf': { found: 'GONE', code: 410, redirectTo: null },
};
const answers: Record<string, (variables: { slug?: string; path?: string }) => object> = {
  UrlResolve: ({ path = '' }) => {
    const known = URLS[path];
    return { urlResolve: known ? { __typename: 'ResolvedUrl', ...known } : null };
  },
  ShellFrame: () => ({ shop, home: null, header: null, footer: null }),
  HomePage: () => ({ page: null }),
  ContentPage: () => ({ page: null }),
  PageWords: () => ({
    pageWords: {
      version: '00112233445566aa',
      words: [{ key: 'cart.add', text: 'In den Warenkorb' }],
    },
  }),
  ProductPage: ({ slug }) => ({
    shop,
    product: ['nimic', 'mutata', 'arhivata'].includes(slug ?? '')
      ? null
      : product(slug === 'cana-veche' ? 'cana' : (slug ?? '')),
  }),
  CategoryHead: ({ slug }) => ({ category: slug === 'secreta' ? hiddenCategory : null }),
  ProductList: () => ({
    products: {
      ...{ __typename: 'ProductConnection', nodes: [], totalCount: 0, facets: [] },
      ...{ priceBounds: null, pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null } },
    },
  }),
  Sitemap: () => ({
    shop,
    products: {
      nodes: [
        { slug: 'cana', seo },
        { slug: 'ascunsa', seo: { ...seo, noindex: true } },
        { slug: 'dublura', seo: { ...seo, canonicalUrl: 'https://other.example/cana' } },
      ],
      pageInfo: { hasNextPage: false },
    },
    categories: [],
    pages: [],
  }),
};

let api: Server;
let deps: RendererDeps;
const cookiesSeen: (string | undefined)[] = [];

beforeAll(async () => {
  api = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://api.test');
    cookiesSeen.push(request.headers.cookie);
    if (url.searchParams.get('variables')?.includes('stricat')) return void response.destroy();
    if (url.searchParams.get('variables')?.includes('lent')) return;
    const answer = (name: string, variables: { slug?: string; path?: string }): void => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ data: { __typename: 'Query', ...answers[name]?.(variables) } }));
    };
    const name = url.searchParams.get('operationName');
    if (name) return answer(name, JSON.parse(url.searchParams.get('variables') ?? '{}') as object);
    // What is posted is not named in the address.
    void json(request).then((posted) => {
      const { query, variables } = posted as { query: string; variables?: object };
      answer(/query (\w+)/.exec(query)?.[1] ?? '', variables ?? {});
    });
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const apiUrl = new URL(`http://127.0.0.1:${(api.address() as AddressInfo).port}`);
  deps = {
    template,
    apiUrl,
    origin: 'https://lutsilana.test',
    cacheSeconds: 10,
    preloads: () => '',
    words: new ShopWords(apiUrl),
    // Only ends what hangs: the first page of a busy machine takes seconds.
    patience: { page: 30_000, answer: 20_000 },
  };
});
afterAll(() => {
  api.closeAllConnections();
  api.close();
});

describe('a page', () => {
  it('of a product says by whom it is sent and how long that takes, as staff keep it', async () => {
    const page = await drawPage('/p/cana', deps);
    expect(page.body).toContain('Curier la ușă, 1–2 zile lucrătoare.');
  });

  it('of a product says what search engines want to know, whatever the product is called', async () => {
    const page = await drawPage('/p/cana', deps);
    expect(page.status).toBe(200);
    expect(page.body).toMatch(/<html [^>]*lang="ro"/);
    expect(page.body).toContain(
      '<link rel="alternate" hreflang="en" href="https://lutsilana.test/en/p/cana">',
    );
    // In a quoted attribute the name is harmless; everywhere else it must be escaped.
    expect(page.body.replace(/="[^"]*"/g, '')).not.toContain('<script>alert(1)');
    const data = [...page.body.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(
      ([, json]) => JSON.parse(json ?? '') as Record<string, unknown>,
    );
    expect(data[0]).toMatchObject({ '@type': 'Product', name: evilName });
    expect((data[0]!.offers as object[])[0]).toMatchObject({
      price: '89.00',
      priceCurrency: 'RON',
      availability: 'https://schema.org/InStock',
    });
    expect(data[1]).toMatchObject({ '@type': 'BreadcrumbList' });
    const state =
      /<script type="application\/json" id="page-state">(.*?)<\/script>/s.exec(page.body)?.[1] ?? '';
    expect(JSON.stringify(JSON.parse(state))).toContain('alert(1)');
    expect(page.headers['cache-control']).toContain('public');
  });

  it('that is also elsewhere names that address to search engines, and no languages of its own', async () => {
    const { body } = await drawPage('/p/dublura', deps);

    expect(body).toContain('<link rel="canonical" href="https://other.example/cana">');
    expect(body).not.toContain('hreflang="fr" href');
  });

  it('of a product says which variants its address may name', async () => {
    expect((await drawPage('/p/cana', deps)).values).toEqual({ variant: ['MUG-1'] });
  });

  it('of a product that moved leads to its present address, in the same language', async () => {
    const page = await drawPage('/en/p/cana-veche', deps);
    expect([page.status, page.headers.location]).toEqual([301, '/en/p/cana']);
  });

  it.each(['/p/nimic', '/c/nimic', '/pagina/care/lipseste'])(
    'that is not there answers 404: %s',
    async (url) => {
      const page = await drawPage(url, deps);
      expect(page.status).toBe(404);
      expect(page.body).toContain('noindex');
      // Here for some seconds; by caches outside, never.
      expect([page.mayBeKept, page.headers['cache-control']]).toEqual([true, 'no-store']);
    },
  );

  it.each([
    ['/p/mutata', 301, '/p/cana'],
    ['/vara', 302, '/c/cani'],
    ['/Search', 301, '/search'],
    ['//en/c/cani', 301, '/en/c/cani'],
    ['/en//CART', 301, '/en/cart'],
  ])('that is somewhere else by now leads there: %s', async (url, status, location) => {
    const page = await drawPage(url, deps);

    expect([page.status, page.headers.location]).toEqual([status, location]);
  });

  it.each([
    ['/p/cu-poza', 'own'],
    ['/p/cana', 'shop'],
  ])('is shared with its own image, else with that of the shop: %s', async (url, image) => {
    const page = await drawPage(url, deps);

    expect(page.body).toContain(
      `<meta property="og:image" content="https://lutsilana.test/media/${image}.webp">`,
    );
  });

  it('that was taken down for good says so, to people and to search engines', async () => {
    const page = await drawPage('/p/arhivata', deps);

    expect(page.status).toBe(410);
    expect(page.body).toContain('Nu mai este aici');
    expect([page.mayBeKept, page.headers['cache-control']]).toEqual([true, 'no-store']);
  });

  it('of a category that is hidden is there for who has its address, and search engines are asked to leave it out', async () => {
    const page = await drawPage('/c/secreta', deps);
    expect(page.status).toBe(200);
    expect(page.body).toContain('<meta name="robots" content="noindex">');
  });

  it.each([
    ['/catalog.php', 301, '/c/c%C4%83ni'],
    ['/preturi-2019.pdf', 410, undefined],
    ['/wp-login.php', 404, undefined],
    ['/assets/old.js', 404, undefined],
  ])(
    'of another shop system, or a file, leads on as well, or is gone: %s',
    async (path, status, location) => {
      const file = await missingFile({ apiUrl: deps.apiUrl, pageCacheSeconds: 10 }, path);

      expect([isFile(path), file.status, file.headers['location']]).toEqual([true, status, location]);
    },
  );

  it('that ends like one of another shop system is no file where it can be a page of this one', () => {
    expect(['/pagina.html', '/c/cani', '/p/cana-1.5', '/'].map(isFile)).toEqual([false, false, false, false]);
  });

  it('about one person is never kept by anybody and not indexed', async () => {
    const page = await drawPage('/cart', deps);
    expect(page.headers['cache-control']).toBe('private, no-store');
    expect(page.body).toContain('<meta name="robots" content="noindex">');
  });

  it.each(['/p/stricat', '/p/lent'])(
    'answers 502 when the API breaks or does not answer: %s',
    async (url) => {
      const page = await drawPage(url, { ...deps, patience: { page: 1500, answer: 700 } });
      expect(page.status).toBe(502);
      expect(page.body).toContain('Magazinul nu răspunde acum');
    },
  );

  it('is drawn without anybody’s cookies', () => {
    expect(cookiesSeen.filter(Boolean)).toEqual([]);
  });
});

describe('the look of the shop', () => {
  const plain = shop.brand;
  afterEach(() => Object.assign(shop, { brand: plain }));
  const logo = { __typename: 'BrandImage', url: '/media/brand/logo.png', width: 800, height: 200 };
  const icon = { __typename: 'BrandImage', url: '/media/brand/icon.png' };

  it('without a logo each page has the name in letters, and the icon of the program', async () => {
    const { body } = await drawPage('/p/cana', deps);

    expect(body).toMatch(/Lut<!--\[-->|Lut<!--|>Lut/);
    expect(body).toContain('<link rel="icon" sizes="32x32" href="/favicon.ico">');
  });

  it('colors every page and the browser around it, in an attribute that the policy allows', async () => {
    const colors = { ...plain.colors, accent: '#ffd800', onAccent: '#1f1b16', accentText: '#6b5a00' };
    Object.assign(shop, { brand: { ...plain, colors } });

    const { body, headers } = await drawPage('/p/cana', deps);

    expect(body).toMatch(
      /<html[^>]* style="--clay:\s?#6b5a00;\s?--clay-fill:\s?#ffd800;\s?--clay-deep:\s?#772f17;\s?--on-clay:\s?#1f1b16;?"/,
    );
    expect(body).toContain('<meta name="theme-color" content="#ffd800">');
    expect(headers['content-security-policy']).toContain("style-src-attr 'unsafe-inline'");
    expect(body).not.toContain('<style');
  });

  it('shows a logo in place of the name, with the name for whoever does not see it, and its icon in the tab', async () => {
    Object.assign(shop, { brand: { ...plain, logo, icon } });

    const { body } = await drawPage('/p/cana', deps);

    expect(body).toMatch(/<img src="\/media\/brand\/logo.png" width="800" height="200" alt="Lut &amp; Lână"/);
    expect(body).toContain('href="/media/brand/icon.png"');
    expect(body).not.toContain('favicon');
  });

  it('tells a telephone that puts it on its first screen the name, color and icon of this shop', async () => {
    Object.assign(shop, { brand: { ...plain, icon } });

    expect(JSON.parse(await manifestJson(deps.apiUrl))).toMatchObject({
      ...{ name: 'Lut & Lână', theme_color: '#9c4524' },
      icons: [{ src: '/media/brand/icon.png', sizes: '512x512', type: 'image/png' }],
    });
  });
});

describe('the page cache', () => {
  const page = (mayBeKept: boolean): CachedPage => ({ status: 200, headers: {}, body: 'x', mayBeKept });

  it('draws a page once for everybody who comes at the same time', async () => {
    const render = vi.fn(async () => page(true));
    const cache = new PageCache(10);
    await Promise.all([cache.get('/', render), cache.get('/', render), cache.get('/', render)]);
    expect(render).toHaveBeenCalledTimes(1);
  });

  it('draws it again when its time is over, and each time when it may not be kept', async () => {
    let now = 0;
    const cache = new PageCache(10, () => now);
    const render = vi.fn(async () => page(true));
    await cache.get('/', render);
    now = 11_000;
    await cache.get('/', render);
    expect(render).toHaveBeenCalledTimes(2);
    const privateRender = vi.fn(async () => page(false));
    await cache.get('/cart', privateRender);
    await cache.get('/cart', privateRender);
    expect(privateRender).toHaveBeenCalledTimes(2);
  });

  it('keeps what is missing too, but so many invented addresses never displace a page', async () => {
    const cache = new PageCache(10);
    const missing = vi.fn(async () => ({ ...page(true), status: 404 }));
    const render = vi.fn(async () => page(true));
    await cache.get('/p/cana', render);

    for (let number = 0; number < 1_000; number++) await cache.get(`/p/${number}`, missing);
    await cache.get('/p/999', missing);
    await cache.get('/p/cana', render);

    expect([missing.mock.calls.length, render.mock.calls.length]).toEqual([1_000, 1]);
    await cache.get('/p/0', missing);
    expect(missing).toHaveBeenCalledTimes(1_001);
  });
});

it('lets only the payment page load the payment provider', () => {
  expect(contentPolicy('/en/checkout/pay/token')).toContain('https://js.stripe.com');
  expect(contentPolicy('/p/cana')).not.toContain('stripe');
  expect(contentPolicy('/p/cana')).toMatch(/script-src 'self' 'sha256-[\w+/]{43}=';/);
});

it('lists every mistake in the settings at once', () => {
  expect(() =>
    readSettings({ STOREFRONT_PORT: 'abc', API_URL: 'nowhere', STOREFRONT_URL: 'ftp://x' }),
  ).toThrow(/STOREFRONT_PORT[^]*API_URL[^]*STOREFRONT_URL/);
  expect(readSettings({})).toMatchObject({ port: 3000, origin: 'http://localhost:3000' });
  expect(readSettings({ STOREFRONT_URL: 'HTTPS://Shop.Example./', API_URL: ' ' })).toMatchObject({
    origin: 'https://shop.example',
  });
});

describe('in a shop that offers French and English only, French first', () => {
  beforeAll(() => void Object.assign(shop, { languages: ['EN', 'FR'], defaultLanguage: 'FR' }));
  afterAll(() => void Object.assign(shop, { languages: ['RO', 'EN', 'FR'], defaultLanguage: 'RO' }));

  it.each([
    ['/', '/fr'],
    ['/p/cana?variant=MUG-1', '/fr/p/cana?variant=MUG-1'],
    ['/order/of-a-mail', '/fr/order/of-a-mail'],
  ])('a Romanian page leads to the French one, for as long as it stays so: %s', async (url, location) => {
    const page = await drawPage(url, deps);
    expect([page.status, page.headers.location]).toEqual([302, location]);
    // Neither here nor in a browser: when Romanian is the only language again, the French page leads back.
    expect([page.mayBeKept, page.headers['cache-control']]).toEqual([false, 'no-store']);
  });

  it('pages, the switch and the list for search engines name those two, and French for everybody else', async () => {
    const { status, body } = await drawPage('/en/p/cana', deps);
    expect(status).toBe(200);
    const named = [...body.matchAll(/<link rel="alternate" hreflang="(.*?)" href="(.*?)">/g)];
    expect(named.map(([, language, address]) => [language, address])).toEqual([
      ['en', 'https://lutsilana.test/en/p/cana'],
      ['fr', 'https://lutsilana.test/fr/p/cana'],
      ['x-default', 'https://lutsilana.test/fr/p/cana'],
    ]);
    expect(body).toContain('href="/fr/p/cana" lang="fr"');
    expect(body).not.toContain('lang="ro"');

    const sitemap = await sitemapXml(deps.apiUrl, deps.origin);
    expect([...sitemap.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address]) => address)).toEqual([
      'https://lutsilana.test/en',
      'https://lutsilana.test/fr',
      'https://lutsilana.test/en/p/cana',
      'https://lutsilana.test/fr/p/cana',
    ]);
    expect(sitemap).not.toContain('hreflang="ro"');
  });
});

describe('in a shop to which staff added German, at the root of addresses', () => {
  beforeAll(
    () =>
      void Object.assign(shop, {
        ...{ languages: ['RO', 'DE'], defaultLanguage: 'RO', rootLanguage: 'DE' },
        wordsVersion: '00112233445566aa',
      }),
  );
  afterAll(async () => {
    const before = { languages: ['RO', 'EN', 'FR'], defaultLanguage: 'RO', rootLanguage: 'RO' };
    Object.assign(shop, { ...before, wordsVersion: null });
    await drawPage('/', deps);
  });

  it('a page without a prefix is German: in the words of staff, and in those of the default language where there are none', async () => {
    const { status, body } = await drawPage('/p/cana', deps);
    expect(status).toBe(200);
    expect(body).toMatch(/<html[^>]* lang="de"/);
    expect(body).toContain('In den Warenkorb');
    // „Deschide coșul”, which nobody has written in German yet.
    expect(body).toContain('Deschide coșul');
    expect(body).toContain('"words":"/words/de.00112233445566aa.json"');
    expect([...body.matchAll(/hreflang="(.*?)" href="(.*?)">/g)].slice(0, 3).map(([, ...of]) => of)).toEqual([
      ['ro', 'https://lutsilana.test/ro/p/cana'],
      ['de', 'https://lutsilana.test/p/cana'],
      ['x-default', 'https://lutsilana.test/ro/p/cana'],
    ]);
  });

  it.each([
    ['/de/p/cana?variant=MUG-1', 301, '/p/cana?variant=MUG-1'],
    ['/de', 301, '/'],
    ['/fr/p/cana', 302, '/ro/p/cana'],
  ])('an address of before leads on: %s', async (url, status, location) => {
    const page = await drawPage(url, deps);
    expect([page.status, page.headers.location]).toEqual([status, location]);
    expect(page.headers['cache-control']).not.toContain('immutable');
  });

  it('its words are a file that may be kept for ever under its version, and under no other', async () => {
    const words = new ShopWords(deps.apiUrl);
    const own = await words.file('/words/de.00112233445566aa.json');
    expect([own.status, own.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect(JSON.parse(own.body)).toEqual({ cart: { add: 'In den Warenkorb' } });
    const former = await words.file('/words/de.ffffffffffffffff.json');
    expect([former.status, former.headers['cache-control']]).toEqual([200, 'no-store']);
  });
});
