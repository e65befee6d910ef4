import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CookieJar } from '../platform/graphql/context.js';
import type { Env } from './env.js';

type CookieSettings = Pick<Env, 'isProduction' | 'storefrontUrl'> & {
  readonly http: { readonly publicUrl: string };
};
type Cookies = Readonly<Record<string, string | undefined>>;

/**
 * Browsers take a cookie of such a name only from the host itself, encrypted, for all its paths and without a domain. So
 * nobody who runs another subdomain of the shop's domain, or sits on an unencrypted line, can plant a cart or a session.
 */
const HOST_ONLY = '__Host-';

/** The prefix of every cookie's name: in production, where all addresses are encrypted; browsers refuse it elsewhere. */
function prefixOf({ isProduction, storefrontUrl, http }: CookieSettings): string {
  const isEncrypted = [storefrontUrl, http.publicUrl].every((address) => address.startsWith('https://'));
  return isProduction && isEncrypted ? HOST_ONLY : '';
}

/** The cookies that this shop set, by the names that its code knows; whatever else came along is left out. */
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
    // A narrower path is given up for the prefix: it keeps nobody out, the prefix does.
    set: (name, value, { expires, path = '/' }) =>
      void reply.setCookie(prefix + name, value, { ...options, expires, path: prefix ? '/' : path }),
    clear: (name) => void reply.clearCookie(prefix + name, options),
    header: (name, value) => void reply.header(name, value),
  };
}
