import { baseOf, languageOfPath } from '../src/app/messages/language';
import { renderPage, type RenderedPage } from '../src/entry-server';
import { failurePage } from './failure-page';
import type { CachedPage } from './page-cache';
import { alwaysSent, contentPolicy, isPreview } from './policy';
import { wordsFile, type ShopWords } from './shop-words';

export interface RendererDeps {
  template: string;
  apiUrl: URL;
  origin: string;
  cacheSeconds: number;
  preloads: (modules: ReadonlySet<string>, language: string) => string;
  words: ShopWords;
  /** The timeouts of a page and of one response of the API. */
  patience?: { page: number; answer: number };
}

/** Renders a page and its cache headers. Never throws: a page that fails or hangs becomes a plain 502. */
export async function drawPage(url: string, deps: RendererDeps): Promise<CachedPage> {
  const path = url.split('?')[0] ?? '/';
  const { 'x-frame-options': framing, ...sent } = alwaysSent;
  const headers: Record<string, string> = {
    ...sent,
    ...(framing && !isPreview(path) && { 'x-frame-options': framing }),
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentPolicy(path),
  };
  try {
    const page = await inTime(render(url, deps), deps.patience?.page ?? 9000);
    return answerFor(page, headers, deps.cacheSeconds);
  } catch (failure) {
    console.error(`Could not draw ${path}: ${failure instanceof Error ? failure.message : String(failure)}`);
    return {
      status: 502,
      headers: { ...headers, 'cache-control': 'no-store' },
      body: failurePage(baseOf(languageOfPath(url))),
      mayBeKept: false,
    };
  }
}

function render(
  url: string,
  { template, apiUrl, origin, preloads, words, patience }: RendererDeps,
): Promise<RenderedPage> {
  return renderPage({
    url,
    origin,
    template,
    apiUrl: new URL('/graphql', apiUrl).href,
    preloads: (modules) => preloads(modules, languageOfPath(url)),
    shopWords: async (language, version) => ({
      words: await words.of(language, version),
      file: wordsFile(language, version),
    }),
    fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(patience?.answer ?? 6000) }),
  });
}

/** Leads to another address of the shop: for good (301), or for now. */
export function movedPage(
  { status, to: location }: { readonly status: number; readonly to: string },
  headers: Readonly<Record<string, string>>,
  cacheSeconds: number,
): CachedPage {
  // A language may be the only one again, a product may get its former name back: of two ways that a browser remembers
  // each would lead to the other, without end.
  const isLasting = status === 301;
  const cacheControl = isLasting ? `public, max-age=0, s-maxage=${Math.max(cacheSeconds, 1)}` : 'no-store';
  return {
    status,
    headers: { ...headers, location, 'cache-control': cacheControl },
    body: '',
    mayBeKept: isLasting,
  };
}

function answerFor(page: RenderedPage, headers: Record<string, string>, cacheSeconds: number): CachedPage {
  if (page.redirect) return movedPage({ status: page.status, to: page.redirect }, headers, cacheSeconds);
  const isPublic = page.status === 200 && !page.isPrivate;
  const cacheControl = page.isPrivate
    ? 'private, no-store'
    : isPublic
      ? `public, max-age=0, s-maxage=${Math.max(cacheSeconds, 1)}, stale-while-revalidate=600`
      : 'no-store';
  return {
    status: page.status,
    headers: { ...headers, 'cache-control': cacheControl },
    body: page.html,
    // That something is missing is remembered here, but by no cache outside: it may exist in a moment.
    mayBeKept: isPublic || ((page.status === 404 || page.status === 410) && !page.isPrivate),
    ...(page.values ? { values: page.values } : {}),
  };
}

async function inTime<Result>(work: Promise<Result>, milliseconds: number): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not drawn within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}
