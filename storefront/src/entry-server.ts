import './ui/base.css';
import type { Client } from '@urql/core';
import { createHead, transformHtmlTemplate } from '@unhead/vue/server';
import { renderToString } from 'vue/server-renderer';
import type { Messages } from './app/messages/i18n';
import {
  languageOfPath,
  learnLanguages,
  movedTo,
  spokenBy,
  spokenLanguages,
  type Language,
} from './app/messages/language';
import { makeApp } from './app/create-app';
import type { Shop } from './app/shop';
import { UrlResolveDocument } from './generated/urls/graphql';
import { NOTE_CLICKS } from './app/early/clicks';
import { withoutSlash } from './app/without-slash';

export interface RenderRequest {
  /** The requested path and query. */
  url: string;
  apiUrl: string;
  origin: string;
  template: string;
  preloads: (modules: ReadonlySet<string>) => string;
  fetch: typeof fetch;
  /** The words that staff of the shop wrote in a language, in a version, and the address of their file. */
  shopWords: (language: Language, version: string) => Promise<{ words: Messages | null; file: string }>;
}

export interface RenderedPage {
  status: number;
  redirect: string | null;
  isPrivate: boolean;
  /** What the parameters of the page's address may say: each name with its values. Null where the page reads none. */
  values: Record<string, string[]> | null;
  html: string;
}

const MOVED = { status: 301, isPrivate: false, values: null, html: '' };
/** The languages of the shop changed twice while one page was drawn. */
const FAILED: RenderedPage = { ...MOVED, status: 503, redirect: null };

/** Renders one page anonymously, without cookies. */
export async function renderPage(request: RenderRequest): Promise<RenderedPage> {
  const redirect = withoutSlash(request.url);
  if (redirect) return { ...MOVED, redirect };
  const page = await drawOnce(request);
  // What the shop said was another than what the page was begun with: once more, with that.
  return page ?? (await drawOnce(request)) ?? FAILED;
}

/** Null where root or main language have turned out to be others than those that the page was begun with. */
async function drawOnce(request: RenderRequest): Promise<RenderedPage | null> {
  const language = languageOfPath(request.url);
  const head = createHead({ disableDefaults: true });
  const { app, router, client, ssr, response, shop, learnShopWords } = await makeApp({
    apiUrl: request.apiUrl,
    language,
    origin: request.origin,
    head,
    fetch: request.fetch,
  });
  await router.push(request.url);
  await router.isReady();
  if (shop.value && learnLanguages(spokenBy(shop.value))) return null;
  const elsewhere = await leadingFrom(request.url, shop.value, client);
  if (elsewhere) return elsewhere;
  const version = shop.value?.wordsVersion;
  const written = version ? await request.shopWords(language, version) : null;
  if (written?.words) learnShopWords(written.words);

  const context: { modules?: Set<string> } = {};
  const body = await renderToString(app, context);
  const state = {
    origin: request.origin,
    queries: ssr.extractData(),
    spoken: spokenLanguages(),
    words: written?.words ? written.file : null,
  };
  // Replacer functions, because a product called "$&" would be expanded in a plain replacement string.
  const filled = request.template
    .replace('<!--app-->', () => body)
    .replace('<!--early-->', () => `<script>${NOTE_CLICKS}</script>`)
    .replace('<!--preload-->', () => request.preloads(context.modules ?? new Set()))
    .replace(
      '<!--state-->',
      () => `<script type="application/json" id="page-state">${inScript(state)}</script>`,
    );
  return { ...response, html: transformHtmlTemplate(head, filled) };
}

/**
 * Where a page is instead because of the language of its path; null where it is. For a language that the shop does not
 * offer a redirect that staff made comes first, as from the shop that was there before. No way is for ever: the language
 * may be offered again, or leave the root.
 */
async function leadingFrom(url: string, shop: Shop | null, client: Client): Promise<RenderedPage | null> {
  const to = movedTo(url, shop);
  if (!to) return null;
  const [path = '/'] = url.split('?', 1);
  const isOffered = spokenLanguages().offered.includes(languageOfPath(url));
  const made = isOffered ? null : (await client.query(UrlResolveDocument, { path }).toPromise()).data;
  const redirect = made?.urlResolve?.found === 'REDIRECT' ? made.urlResolve : null;
  if (redirect?.redirectTo && languageOfPath(redirect.redirectTo) !== languageOfPath(url))
    return { ...MOVED, status: redirect.code, redirect: redirect.redirectTo };
  return { ...MOVED, status: isOffered ? 301 : 302, redirect: to };
}

/** JSON that is safe inside a script element. */
function inScript(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}
