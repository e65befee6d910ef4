import { onScopeDispose } from 'vue';
import { onReconnected } from '../../app/live';

/** Whoever was away for less has missed little. In milliseconds. */
const AWAY_MS = 30_000;

/** Calls `reload` when the user comes back to this tab after a while, and when the connection was lost and is there again. */
export function useReturn(reload: () => void): void {
  onReconnected(reload);
  let left = Date.now();
  const look = (): void => {
    if (document.visibilityState === 'hidden') left = Date.now();
    else if (Date.now() - left > AWAY_MS) reload();
  };
  document.addEventListener('visibilitychange', look);
  onScopeDispose(() => document.removeEventListener('visibilitychange', look));
}
