import { onBeforeUnmount, onMounted } from 'vue';

const CHANNEL = 'vitrine.cart';

let channel: BroadcastChannel | undefined;

/** Null where the browser has none, or takes it away together with storage. */
function sharedChannel(): BroadcastChannel | null {
  try {
    channel ??= new BroadcastChannel(CHANNEL);
    return channel;
  } catch {
    return null;
  }
}

/** Tells the shop's other tabs that the cart is another one now. */
export function announceCartChange(): void {
  if (!import.meta.env.SSR) sharedChannel()?.postMessage('changed');
}

/**
 * Calls `changed` when the cart may be another one than the page shows: another tab changed it, or the page is looked
 * at again or brought back from the browser's memory.
 */
export function useCartChanges(changed: () => void): void {
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') changed();
  };
  const onShow = (event: PageTransitionEvent): void => {
    if (event.persisted) changed();
  };
  onMounted(() => {
    sharedChannel()?.addEventListener('message', changed);
    document.addEventListener('visibilitychange', onVisible);
    addEventListener('pageshow', onShow);
  });
  onBeforeUnmount(() => {
    sharedChannel()?.removeEventListener('message', changed);
    document.removeEventListener('visibilitychange', onVisible);
    removeEventListener('pageshow', onShow);
  });
}
