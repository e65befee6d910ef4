import type { Client } from '@urql/core';
import { inject, ref, type InjectionKey, type Ref } from 'vue';
import type { Router } from 'vue-router';
import { ShellFrameDocument } from '../generated/shell/graphql';

export const shopCurrencyKey: InjectionKey<Ref<string | null>> = Symbol('currency of the shop');

/**
 * The shop's currency, read before a page whose address narrows by price: what "100.5" is in the smallest unit rests
 * on how many decimals the currency has. Asked together with what every page's frame needs, so no page asks more.
 * Null before that, and when the shop did not answer.
 */
export function watchCurrency(router: Router, client: Client): Ref<string | null> {
  const currency = ref<string | null>(null);
  router.beforeResolve(async ({ query }) => {
    if (currency.value !== null || (query.min === undefined && query.max === undefined)) return;
    const { data } = await client.query(ShellFrameDocument, {}).toPromise();
    currency.value = data?.shop.currency ?? null;
  });
  return currency;
}

export function useShopCurrency(): Ref<string | null> {
  const currency = inject(shopCurrencyKey);
  if (!currency) throw new Error('useShopCurrency needs an app made by makeApp');
  return currency;
}
