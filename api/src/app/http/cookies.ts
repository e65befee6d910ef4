import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CookieJar } from '../../platform/graphql/context.js';
import type { Env } from '../settings/env.js';

type CookieSettings = Pick<Env, 'isProduction' | 'storefrontUrl'> & {
  readonly http: { readonly publicUrl: string };
};
type Cookies = Readonly<Record<string, string | undefined>>;

/**
 * Browsers accept a cookie with this prefix only from the host itself, over https, for all paths and without a domain.
 * So neither another subdomain of the shop's domain nor an attacker on an unencrypted connection can set a cart or a
 * session.
 */
const HOST_ONLY = '__Host-';

/** The prefix of every cookie's name: only in production, where all URLs use https; browsers refuse it elsewhere. */
function prefixOf({ isProduction, storefrontUrl, http }: CookieSettings): string {
  const isEncrypted = [storefrontUrl, http.publicUrl].every((address) => address.startsWith('https://'));
  return isProduction && isEncrypted ? HOST_ONLY : '';
}

/** The cookies that this shop set, by their names without prefix; all other cookies are dropped. */
export function ownCookies(settings: CookieSettings, sent: Cookies): Cookies {
  const prefix = prefixOf(settings);
  const own = Object.entries(sent).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value]));
}

/** Reads and writes the cookies of one request. */
export function cookieJar(settings: CookieSettings, request: FastifyRequest, reply: FastifyReply): CookieJar {
  const prefix = prefixOf(settings);
  const own = ownCookies(settings, request.cookies);
  const options = { httpOnly: true, sameSite: 'lax', secure: settings.isProduction, path: '/' } as const;
  return {
    get: (name) => own[name],
    // With the prefix, browsers require the path `/`; the prefix protects better than a narrower path would.
    set: (name, value, { expires, path = '/' }) =>
      void reply.setCookie(prefix + name, value, { ...options, expires, path: prefix ? '/' : path }),
    clear: (name) => void reply.clearCookie(prefix + name, options),
    header: (name, value) => void reply.header(name, value),
  };
}
