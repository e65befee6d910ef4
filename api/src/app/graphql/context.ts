import type { FastifyReply, FastifyRequest } from 'fastify';
import { CART_COOKIE, CART_HEADER } from '../../domains/cart/index.js';
import { hasRefreshCookie } from '../../domains/identity/index.js';
import { languagesGroup, regionalGroup } from '../../domains/store/index.js';
import { acceptedLanguage, LANGUAGES, type Language } from '../../kernel/languages.js';
import type { ClientKind, CookieJar, RequestContext, Viewer } from '../../platform/graphql/context.js';
import { allowanceOf, RequestBudget } from '../../platform/graphql/limits/request-budget.js';
import { URLS_HEADER } from '../../platform/graphql/own-urls.js';
import { cookieJar, ownCookies } from '../http/cookies.js';
import type { Shop } from '../create-shop.js';

/** Identifies our own clients; its presence also proves that the request was not sent by a form of another site. */
export const CLIENT_HEADER = 'x-vitrine-client';

/** Builds the context of a request: caller, language and cart. */
export async function createContext(
  shop: Shop,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<RequestContext> {
  await shop.refresh();
  const { headers } = request;
  const client: ClientKind = headers[CLIENT_HEADER] === 'admin' ? 'admin' : 'storefront';
  const { authenticator } = shop.identity;
  const cookies = ownCookies(shop.env, request.cookies);
  const credentials = { authorization: headers.authorization ?? null, cookies, client };
  const { viewer, isRefused } = await authenticator.authenticate(credentials);
  return {
    ...baseContext(shop, viewer, client),
    ...(await languagesFor(shop, client, headers['accept-language'])),
    hasRefusedToken: isRefused,
    namedSessions: () => authenticator.sessionsNamedBy(credentials),
    isToRenew: !viewer && !headers.authorization && hasRefreshCookie(cookies, client),
    requestId: request.id,
    ip: request.ip,
    userAgent: headers['user-agent']?.slice(0, 200) ?? null,
    ...(wantsPaths(headers) && { urlPrefix: '' }),
    cartToken: single(headers[CART_HEADER]) ?? cookies[CART_COOKIE] ?? null,
    cookies: cookieJar(shop.env, request, reply),
  };
}

/** Buyers read the languages that the shop offers; staff work in all that there are. */
export async function languagesFor(
  shop: Shop,
  client: ClientKind,
  accepted: string | undefined,
): Promise<{ language: Language; defaultLanguage: Language }> {
  const { offered, defaultLanguage } = await shop.store.settings.get(languagesGroup);
  const language = acceptedLanguage(accepted, client === 'admin' ? LANGUAGES : offered) ?? defaultLanguage;
  return { language, defaultLanguage };
}

/** The parts of a context that do not depend on the transport. */
export function baseContext(
  shop: Shop,
  viewer: Viewer | null,
  client: ClientKind,
): Omit<RequestContext, 'language' | 'defaultLanguage'> {
  return {
    requestId: 'socket',
    ip: '',
    userAgent: null,
    client,
    timeZone: async () => (await shop.store.settings.get(regionalGroup)).timeZone,
    homeCountry: async () => (await shop.store.settings.get(regionalGroup)).homeCountry,
    urlPrefix: shop.env.http.publicUrl.replace(/\/+$/, ''),
    viewer,
    cartToken: null,
    cookies: NO_COOKIES,
    database: shop.database,
    logger: shop.logger,
    resolvers: shop.resolvers,
    budget: new RequestBudget(allowanceOf(viewer)),
  };
}

const NO_COOKIES: CookieJar = {
  get: () => undefined,
  set: () => undefined,
  clear: () => undefined,
  header: () => undefined,
};

/** Whether a client asked for URLs of this server as paths. */
export function wantsPaths(headers: FastifyRequest['headers']): boolean {
  return headers[URLS_HEADER] === 'relative';
}

function single(header: string | string[] | undefined): string | null {
  return typeof header === 'string' && header !== '' ? header : null;
}
