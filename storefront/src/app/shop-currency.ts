import type { Client } from '@urql/core';
import { inject, ref, type InjectionKey, type Ref } from 'vue';
import type { Router } from 'vue-router';
import { ShellFrameDocument } from '../generated/shell/graphql';

export const shopCurrencyKey: InjectionKey<Ref<string | null>> = Symbol('currency of the shop');

/**
 * The shop's currency, loaded before a page with a price filter in its address, because the value of "100.5" in minor
 * units depends on the currency's decimals. Part of the query of the page frame, so it costs no request.
 * Null before that, and when the request failed.
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
