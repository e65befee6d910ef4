import { onBeforeUnmount, onMounted } from 'vue';

const CHANNEL = 'vitrine.cart';

let channel: BroadcastChannel | undefined;

/** Null where the browser has none, or disables it together with storage. */
function sharedChannel(): BroadcastChannel | null {
  try {
    channel ??= new BroadcastChannel(CHANNEL);
    return channel;
  } catch {
    return null;
  }
}

/** Notifies the shop's other tabs that the cart has changed. */
export function announceCartChange(): void {
  if (!import.meta.env.SSR) sharedChannel()?.postMessage('changed');
}

/** What shows the cart on this page. */
const readers = new Set<() => void>();

/** For a change that was not made by the shop's own mutations: this page reads its cart again, and the other tabs do. */
export function readCartAgain(): void {
  for (const read of readers) read();
  announceCartChange();
}

/**
 * Calls `changed` when the cart may differ from what the page shows: another tab changed it, or the page becomes
 * visible again or is restored from the browser's back/forward cache.
 */
export function useCartChanges(changed: () => void): void {
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') changed();
  };
  const onShow = (event: PageTransitionEvent): void => {
    if (event.persisted) changed();
  };
  onMounted(() => {
    readers.add(changed);
    sharedChannel()?.addEventListener('message', changed);
    document.addEventListener('visibilitychange', onVisible);
    addEventListener('pageshow', onShow);
  });
  onBeforeUnmount(() => {
    readers.delete(changed);
    sharedChannel()?.removeEventListener('message', changed);
    document.removeEventListener('visibilitychange', onVisible);
    removeEventListener('pageshow', onShow);
  });
}
