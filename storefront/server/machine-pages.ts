import { stringifyDocument } from '@urql/core';
import { LANGUAGES } from '@vitrine/client/languages';
import {
  learnLanguages,
  offeredBy,
  pathInLanguage,
  spokenBy,
  spokenLanguages,
  type Language,
} from '../src/app/messages/language';
import { SitemapDocument, type SitemapQuery } from '../src/generated/catalog/graphql';
import { ShellFrameDocument, type ShellFrameQuery } from '../src/generated/shell/graphql';

const closedToRobots = [
  '/cart',
  '/checkout',
  '/order',
  '/account',
  '/login',
  '/sign-up',
  '/forgot-password',
  '/reset-password',
  '/verify-email',
  '/change-email',
  '/search',
  '/preview',
];

/** The languages are those that pages were drawn in since the start; each of these pages says `noindex` itself too. */
export function robotsText(origin: string): string {
  const { root, offered } = spokenLanguages();
  const closed = [...new Set([root, ...LANGUAGES, ...offered])].flatMap((language) =>
    closedToRobots.map((path) => `Disallow: ${pathInLanguage(path, language)}`),
  );
  return ['User-agent: *', ...closed, `Sitemap: ${origin}/sitemap.xml`, ''].join('\n');
}

const MOST_PAGES = 1000;

/** What a telephone shows of the shop on its first screen: its name, its color and its icon. */
export async function manifestJson(apiUrl: URL): Promise<string> {
  const { shop } = await ask<ShellFrameQuery>(apiUrl, stringifyDocument(ShellFrameDocument), {});
  const { name, brand } = shop;
  const icons = brand.icon
    ? [{ src: brand.icon.url, sizes: '512x512', type: 'image/png' }]
    : [192, 512].map((size) => ({ src: `/icon-${size}.png`, sizes: `${size}x${size}`, type: 'image/png' }));
  return JSON.stringify({
    ...{ name, short_name: name, start_url: '/', display: 'browser' },
    ...{ background_color: '#FAF7F2', theme_color: brand.colors.accent, icons },
  });
}

/** Sitemap data of a page beside its address. */
interface Place {
  modifiedOn?: string;
  imageTag?: string;
  /** Its paths, where they differ by more than the prefix of the language. */
  paths?: Readonly<Record<string, string>>;
}

/** Every public page in every language that the shop offers. */
export async function sitemapXml(apiUrl: URL, origin: string): Promise<string> {
  const places = new Map<string, Place>([['/', {}]]);
  let offered: readonly Language[] = [];
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const data: SitemapQuery = await askForPage(apiUrl, after);
    learnLanguages(spokenBy(data.shop));
    ({ offered } = offeredBy(data.shop));
    for (const { slug } of data.categories.filter(isListed)) places.set(`/c/${slug}`, {});
    for (const { slug, modifiedOn, image } of data.products.nodes.filter(isListed)) {
      places.set(`/p/${slug}`, { modifiedOn, imageTag: image?.url1000 });
    }
    for (const { kind, modifiedOn, paths } of data.pages.filter(isListed)) {
      const byLanguage = Object.fromEntries(paths.map((one) => [one.language.toLowerCase(), one.path]));
      if (kind !== 'HOME') places.set(paths[0]?.path ?? '/', { modifiedOn, paths: byLanguage });
    }
    if (!data.products.pageInfo.hasNextPage) break;
    after = data.products.pageInfo.endCursor;
  }
  const entries = [...places].flatMap(([path, place]) =>
    offered.map((language) => entryFor(path, place, { language, offered, origin })),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">\n${entries.join('\n')}\n</urlset>\n`;
}

/** Whether search engines are to show the page, and at this address. */
function isListed({ seo }: { seo: { noindex: boolean; canonicalUrl?: string | null } }): boolean {
  return !seo.noindex && !seo.canonicalUrl;
}

function askForPage(apiUrl: URL, after: string | null): Promise<SitemapQuery> {
  return ask(apiUrl, stringifyDocument(SitemapDocument), { after });
}

/** Asks the API for nobody in particular, with its addresses as paths, for the storefront serves them too. */
export async function ask<Data>(
  apiUrl: URL,
  query: string,
  variables: object,
  language?: Language,
): Promise<Data> {
  const answer = await fetch(new URL('/graphql', apiUrl), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-vitrine-client': 'storefront',
      'x-vitrine-urls': 'relative',
      ...(language && { 'accept-language': language }),
    },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(6000),
  });
  const { data } = (await answer.json()) as { data?: Data };
  if (!data) throw new Error('the API gave no answer');
  return data;
}

function entryFor(
  path: string,
  { modifiedOn, imageTag, paths }: Place,
  { language, offered, origin }: { language: Language; offered: readonly Language[]; origin: string },
): string {
  const pathIn = (code: Language): string => paths?.[code] ?? pathInLanguage(path, code);
  const alternates = offered.map(
    (code) => `<xhtml:link rel="alternate" hreflang="${code}" href="${origin}${escaped(pathIn(code))}"/>`,
  );
  const location = `<loc>${origin}${escaped(pathIn(language))}</loc>`;
  const changed = modifiedOn ? `<lastmod>${modifiedOn}</lastmod>` : '';
  const image = imageTag
    ? `<image:image><image:loc>${escaped(imageTag.startsWith('/') ? origin + imageTag : imageTag)}</image:loc></image:image>`
    : '';
  return `<url>${location}${changed}${alternates.join('')}${image}</url>`;
}

function escaped(path: string): string {
  return encodeURI(path).replace(/&/g, '&amp;');
}
