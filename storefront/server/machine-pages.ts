import { languages, pathInLanguage } from '../src/app/language';

const closedToRobots = [
  '/cart',
  '/checkout',
  '/order',
  '/account',
  '/login',
  '/sign-up',
  '/forgot-password',
  '/reset-password',
  '/search',
];

export function robotsText(origin: string): string {
  const closed = languages.flatMap((language) =>
    closedToRobots.map((path) => `Disallow: ${pathInLanguage(path, language)}`),
  );
  return ['User-agent: *', ...closed, `Sitemap: ${origin}/sitemap.xml`, ''].join('\n');
}

interface Listing {
  data?: {
    products: { nodes: { slug: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
    categoryTree: { slug: string; children: { slug: string }[] }[];
  };
}

const QUERY =
  'query Sitemap($after: String) { products(first: 48, after: $after) { nodes { slug } pageInfo { hasNextPage endCursor } } categoryTree { slug children { slug } } }';
const MOST_PAGES = 1000;

/** Every public page in every language. */
export async function sitemapXml(apiUrl: URL, origin: string): Promise<string> {
  const paths = new Set<string>(['/']);
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const data: NonNullable<Listing['data']> = await askForPage(apiUrl, after);
    for (const { slug, children } of data.categoryTree) {
      for (const category of [slug, ...children.map((child) => child.slug)]) paths.add(`/c/${category}`);
    }
    for (const { slug } of data.products.nodes) paths.add(`/p/${slug}`);
    if (!data.products.pageInfo.hasNextPage) break;
    after = data.products.pageInfo.endCursor;
  }
  const entries = [...paths].flatMap((path) => languages.map((language) => entryFor(path, language, origin)));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${entries.join('\n')}\n</urlset>\n`;
}

async function askForPage(apiUrl: URL, after: string | null): Promise<NonNullable<Listing['data']>> {
  const answer = await fetch(new URL('/graphql', apiUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-vitrine-client': 'storefront' },
    body: JSON.stringify({ query: QUERY, variables: { after } }),
    signal: AbortSignal.timeout(6000),
  });
  const { data } = (await answer.json()) as Listing;
  if (!data) throw new Error('the API gave no list of products');
  return data;
}

function entryFor(path: string, language: (typeof languages)[number], origin: string): string {
  const alternates = languages.map(
    (code) =>
      `<xhtml:link rel="alternate" hreflang="${code}" href="${origin}${escaped(pathInLanguage(path, code))}"/>`,
  );
  return `<url><loc>${origin}${escaped(pathInLanguage(path, language))}</loc>${alternates.join('')}</url>`;
}

function escaped(path: string): string {
  return encodeURI(path).replace(/&/g, '&amp;');
}
