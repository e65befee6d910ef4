import { inject, readonly, ref, type InjectionKey, type Ref } from 'vue';

/**
 * What a page says about itself when no form or button can: "part" is a piece of its own code that did not arrive,
 * "updated" a reload after the shop was renewed, "unexpected" a fault of ours.
 */
export type Notice = 'part' | 'updated' | 'unexpected';

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
