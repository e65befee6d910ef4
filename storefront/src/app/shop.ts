import type { Client } from '@urql/core';
import { computed, inject, ref, type ComputedRef, type InjectionKey, type Ref } from 'vue';
import type { Router } from 'vue-router';
import { ShellFrameDocument, type ShellFrameQuery } from '../generated/shell/graphql';

export type Shop = ShellFrameQuery['shop'];

export const shopKey: InjectionKey<Ref<Shop | null>> = Symbol('the shop');

/**
 * The shop itself: its name, currency and contact. Loaded before the first page, because titles need the name, and a
 * price filter in the address the decimals of the currency. Part of the query of the page frame, so it costs no
 * request. Null when the request failed; the next navigation asks again.
 */
export function watchShop(router: Router, client: Client): Ref<Shop | null> {
  const shop = ref<Shop | null>(null);
  router.beforeResolve(async () => {
    if (shop.value) return;
    const { data } = await client.query(ShellFrameDocument, {}).toPromise();
    shop.value = data?.shop ?? null;
  });
  return shop;
}

export function useShop(): Ref<Shop | null> {
  const shop = inject(shopKey);
  if (!shop) throw new Error('useShop needs an app made by makeApp');
  return shop;
}

/** Whether prices contain a tax today; while that is not known, nothing is said about tax. */
export function useIsTaxed(): ComputedRef<boolean> {
  const shop = useShop();
  return computed(() => shop.value?.taxMode === 'TAXED');
}
