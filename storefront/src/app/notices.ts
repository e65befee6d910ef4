import { ofThisTab } from '@vitrine/client/storage';
import { inject, readonly, ref, type InjectionKey, type Ref } from 'vue';

/**
 * What a page says about itself when no form or button can: "part" is a piece of its own code that did not arrive,
 * "updated" a reload after the shop was renewed, "unexpected" a fault of ours,
 * "cartCut" a cart that holds fewer pieces than the two it was made of.
 */
export type Notice = 'part' | 'updated' | 'unexpected' | 'cartCut';

export interface Notices {
  /** Null while there is nothing to say. */
  current: Readonly<Ref<Notice | null>>;
  show: (notice: Notice) => void;
  dismiss: () => void;
}

export const noticesKey: InjectionKey<Notices> = Symbol('notices');

export function makeNotices(): Notices {
  const current = ref<Notice | null>(null);
  return {
    current: readonly(current),
    show: (notice) => (current.value = notice),
    dismiss: () => (current.value = null),
  };
}

export function useNotices(): Notices {
  return inject(noticesKey, makeNotices, true);
}

const LATER = 'vitrine.notice';

/** For a page that is about to be left: the next one shows it, where the browser keeps anything for this tab. */
export function showAfterLoading(notice: Notice): void {
  ofThisTab.set(LATER, notice);
}

/** Shows what the page before this one left to be said. */
export function showLeftNotice(notices: Notices): void {
  if (ofThisTab.get(LATER) === 'cartCut') notices.show('cartCut');
  ofThisTab.remove(LATER);
}
