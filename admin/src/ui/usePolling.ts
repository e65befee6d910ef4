import { onScopeDispose, watch } from 'vue';

const EVERY_MS = 2000;

/** Reloads every two seconds while something is still being processed, until the page is unmounted. */
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
