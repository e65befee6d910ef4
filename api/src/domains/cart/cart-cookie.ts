import { networksOf } from '../../kernel/networks.js';
import type { CookieJar, RequestContext } from '../../platform/graphql/context.js';
import type { CartOwner } from './cart-owner.js';

/** The HTTP-only cookie that holds a guest's cart token; over https with the prefix `__Host-`, as all of ours. */
export const CART_COOKIE = 'vitrine_cart';
/** The header with the token for clients without cookies, in requests and responses. */
export const CART_HEADER = 'x-cart-token';

const KEPT_DAYS = 60;

export function cartOwner({ viewer, cartToken, ip }: RequestContext): CartOwner {
  return { userId: viewer?.userId ?? null, token: cartToken, networks: networksOf(ip) };
}

/** Sends the token to the client, and uses it for the following fields of the same document. */
export function keepCartToken(context: RequestContext, token: string): void {
  const { cookies } = context;
  context.cartToken = token;
  cookies.set(CART_COOKIE, token, { expires: new Date(Date.now() + KEPT_DAYS * 86_400_000) });
  cookies.header(CART_HEADER, token);
}

export function forgetCartToken(cookies: CookieJar): void {
  cookies.clear(CART_COOKIE);
}
