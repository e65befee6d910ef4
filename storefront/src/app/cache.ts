import type { Exchange } from '@urql/core';
import { cacheExchange, type Cache, type UpdateResolver } from '@urql/exchange-graphcache';
import { announceCartChange } from './messages/cart-changes';
import { idLessTypes, possibleTypes } from 'virtual:schema-types';

const noKey = (): null => null;

/** Normalised cache. Types without an id are stored within their parent. */
export function shopCache(): Exchange {
  return cacheExchange({
    possibleTypes,
    keys: Object.fromEntries(idLessTypes.map((name) => [name, noKey])),
    updates: {
      Mutation: {
        cartCreate: keepCart,
        cartLineAdd: keepCart,
        cartLineUpdate: keepCart,
        cartLineRemove: keepCart,
        // The cart has become an order.
        checkoutComplete: announceCartChange,
        addressCreate: forgetMe,
        addressUpdate: forgetMe,
        addressDelete: forgetMe,
      },
    },
  });
}

/** The first line creates the cart: without the link, `Query.cart` would stay null until the next page load. */
const keepCart: UpdateResolver = (result, _args, cache) => {
  const payload = Object.values(result)[0] as { cart?: { __typename: 'Cart'; id: string } | null } | null;
  if (payload?.cart) cache.link('Query', 'cart', payload.cart);
  announceCartChange();
};

const forgetMe: UpdateResolver = (_result, _args, cache: Cache) => {
  cache.invalidate('Query', 'me');
};
