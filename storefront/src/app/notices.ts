import { ofThisTab } from '@vitrine/client/storage';
import { inject, readonly, ref, type InjectionKey, type Ref } from 'vue';

/**
 * A notice of the page as a whole: "part" for code that could not be fetched, "updated" for a reload after a deploy,
 * "unexpected" for an internal error, "cartCut" for a merged cart with fewer units than the two carts had.
 */
export type Notice = 'part' | 'updated' | 'unexpected' | 'cartCut';

export interface Notices {
  /** Null without a notice. */
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

/** Stores a notice for the next page, where the browser's session storage is available. */
export function showAfterLoading(notice: Notice): void {
  ofThisTab.set(LATER, notice);
}

/** Shows the notice that the previous page stored. */
export function showLeftNotice(notices: Notices): void {
  if (ofThisTab.get(LATER) === 'cartCut') notices.show('cartCut');
  ofThisTab.remove(LATER);
}
