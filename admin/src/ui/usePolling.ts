import { onScopeDispose, watch } from 'vue';

const EVERY_MS = 2000;

/** Looks again every two seconds for as long as something is still being worked on, and the page is there. */
export function usePolling(isWaiting: () => boolean, look: () => Promise<void>): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let gone = false;

  function plan(): void {
    clearTimeout(timer);
    if (!gone && isWaiting()) timer = setTimeout(() => void look().finally(plan), EVERY_MS);
  }

  watch(isWaiting, plan, { immediate: true });
  onScopeDispose(() => {
    gone = true;
    clearTimeout(timer);
  });
}
