import type { IncomingMessage } from 'node:http';
import { stringifyDocument, type TypedDocumentNode } from '@urql/core';
import { PLAIN_CART, plainCart, wordsOf } from '../src/cart/plain-cart';
import { languageOfPath, pathInLanguage, rootLanguage } from '../src/app/messages/language';
import { BasketDocument, CartLineAddDocument } from '../src/generated/cart/graphql';
import { NO_PAGE } from './early-answers';
import type { CachedPage } from './page-cache';
import type { Passage } from './proxy';
import type { ShopWords } from './shop-words';
import { headersForApi, visitorOf } from './visitor';

/** Whether this is that page in any language. */
const isPage = (path: string, page: string): boolean => pathInLanguage(path, rootLanguage()) === page;
const LONGEST_FORM = 2_000;

/** Whether a request is the form of a product page, sent by a browser with scripts disabled or not loaded yet. */
export function isAdding({ method }: IncomingMessage, path: string): boolean {
  return method === 'POST' && isPage(path, '/cart/add');
}

/**
 * Adds the chosen variant to the visitor's cart and redirects to the cart page, which shows any error.
 *
 * Only forms of this shop's own pages are accepted. Against forms of other sites the API requires a header that no form
 * can send; here the browser's Origin and Sec-Fetch headers are checked instead.
 */
export async function addToCart(
  passage: Passage,
  request: IncomingMessage,
  path: string,
): Promise<CachedPage> {
  const cart = pathInLanguage('/cart', languageOfPath(path));
  const form = isOfOurPages(request, passage) ? await readForm(request) : null;
  if (!form) return goTo(cart);
  // The select for browsers without scripts follows the hidden field.
  const variantId = form.getAll('variantId').at(-1) ?? '';
  const quantity = Number(form.get('quantity') ?? 1);
  const input = { variantId, quantity: Number.isInteger(quantity) ? quantity : 1 };
  try {
    const { data, cookies } = await ask(passage, { request, path }, CartLineAddDocument, { input });
    const refused = data ? data.cartLineAdd.errors[0]?.code : 'UNKNOWN';
    return goTo(refused ? `${cart}?refused=${refused}` : cart, cookies);
  } catch {
    return goTo(`${cart}?refused=UNKNOWN`);
  }
}

/** The cart page with the visitor's lines, for browsers without scripts. It must not be cached. */
export async function withPlainCart(
  page: CachedPage,
  {
    passage,
    request,
    url,
    words,
  }: { passage: Passage; request: IncomingMessage; url: string; words: Pick<ShopWords, 'latest'> },
): Promise<CachedPage> {
  const path = url.split('?')[0] ?? '';
  if (!isPage(path, '/cart') || !page.body.includes(PLAIN_CART)) return page;
  const language = languageOfPath(path);
  const cart = request.headers.cookie
    ? await ask(passage, { request, path }, BasketDocument, {}).then(
        ({ data }) => data?.cart ?? null,
        () => null,
      )
    : null;
  const list = plainCart(cart, language, await wordsOf(language, await words.latest(language)));
  return { ...page, body: page.body.replace(PLAIN_CART, () => list) };
}

function isOfOurPages(request: IncomingMessage, { trustProxy }: Passage): boolean {
  const { host, scheme } = visitorOf(request, trustProxy);
  const { origin, 'sec-fetch-site': site } = request.headers;
  // Browsers write an origin in lower case and without its usual port; a proxy may pass the host on as it likes.
  const own = URL.parse(`${scheme}://${host}`)?.origin;
  return site === 'same-origin' || (own !== undefined && origin === own);
}

/** Null for anything that the shop's forms do not send. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
    return null;
  let text = '';
  for await (const part of request) {
    text += String(part);
    if (text.length > LONGEST_FORM) return null;
  }
  return new URLSearchParams(text);
}

/** Sends a request to the API as this visitor, with their cookies and no other header of the browser. */
async function ask<Data, Variables>(
  { apiUrl, trustProxy, storefrontSecret }: Passage,
  { request, path }: { request: IncomingMessage; path: string },
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<{ data: Data | null; cookies: string[] }> {
  const { cookie } = request.headers;
  const way = headersForApi(cookie ? { cookie } : {}, visitorOf(request, trustProxy), storefrontSecret);
  const answer = await fetch(new URL('/graphql', apiUrl), {
    method: 'POST',
    headers: {
      ...(way as Record<string, string>),
      'content-type': 'application/json',
      'accept-language': languageOfPath(path),
      'x-vitrine-client': 'storefront',
    },
    body: JSON.stringify({ query: stringifyDocument(document), variables }),
    signal: AbortSignal.timeout(6000),
  });
  const { data } = (await answer.json()) as { data?: Data | null };
  return { data: data ?? null, cookies: answer.headers.getSetCookie() };
}

function goTo(location: string, cookies: string[] = []): CachedPage {
  const headers = { ...NO_PAGE, location, 'cache-control': 'no-store' };
  const type = { 'content-type': 'text/plain; charset=utf-8' };
  return { status: 303, headers: { ...headers, ...type, 'set-cookie': cookies }, body: '', mayBeKept: false };
}
