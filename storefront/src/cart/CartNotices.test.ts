import { afterEach, expect, it, vi } from 'vitest';
import { h, provide, ref } from 'vue';
import { cartActionsKey, type CartActions } from '../app/cart-actions';
import { showInShop } from '../app/testing';
import CartNotices from './CartNotices.vue';

afterEach(() => vi.restoreAllMocks());

function noticesOf(keeps: boolean): string {
  if (!keeps) vi.spyOn(document, 'cookie', 'get').mockReturnValue('');
  const page = {
    setup() {
      provide(cartActionsKey, { warning: ref(null) } as unknown as CartActions);
      return () => h(CartNotices, { problems: [] });
    },
  };
  const { element, app } = showInShop(page, {});
  const text = element.textContent ?? '';
  app.unmount();
  return text;
}

it('a buyer whose browser blocks cookies reads why the cart keeps nothing', () => {
  expect(noticesOf(false)).toContain('Browserul tău blochează cookie-urile');
});

it('nobody else reads about cookies', () => {
  expect(noticesOf(true)).toBe('');
});
