import { afterEach, expect, it, vi } from 'vitest';
import { nextTick, shallowReactive } from 'vue';
import { showInShop } from '../../app/testing';
import StickyAddBar from './StickyAddBar.vue';

afterEach(() => vi.unstubAllGlobals());

it('offers price and button for as long as the real button is off the screen, from the first moment on', async () => {
  let see: (isIntersecting: boolean) => void = () => undefined;
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(found: (entries: { isIntersecting: boolean }[]) => void) {
        see = (isIntersecting) => found([{ isIntersecting }]);
      }
      observe(): void {}
      disconnect(): void {}
    },
  );
  const price = { amount: 8900, currency: 'RON', decimal: '89.00' };
  const props = shallowReactive({
    watched: null as HTMLElement | null,
    name: 'Cana',
    price,
    soldOut: false,
    busy: false,
  });
  const { element } = showInShop(StickyAddBar, props);
  // The real button stands in the same page and is there a moment later.
  props.watched = document.createElement('div');
  const isThere = async (isButtonSeen: boolean): Promise<boolean> => {
    see(isButtonSeen);
    await nextTick();
    return element.textContent?.includes('89,00') ?? false;
  };
  await nextTick();

  // Below the screen, on it, and above it.
  expect([await isThere(false), await isThere(true), await isThere(false)]).toEqual([true, false, true]);
});
