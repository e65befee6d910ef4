import { shallowRef } from 'vue';
import type { Router } from 'vue-router';

/*
 * The code of a page is fetched when the page is first gone to. That may fail for two reasons: the shop was updated and
 * the old files are gone, or the server cannot be reached. A full load cures the first; in the second it would replace
 * the admin, and whatever stands in it, with the browser's own error page. So the server is asked before.
 */

const LONGEST_WAIT_MS = 5_000;
/** A file that is missing from a server that answers would make the page load for ever. */
const LOAD_AGAIN_AFTER_MS = 10_000;
const LOADED_AT = 'vitrine-admin-loaded-again';

/** The address of the page that could not be opened; null while none waits. */
const waiting = shallowRef<string | null>(null);

/** Listens for code that does not arrive. `isAnswering` asks the server; `load` opens an address anew. */
export function watchForMissingCode(
  router: Router,
  { isAnswering = serverAnswers, load = (href: string) => location.assign(href) } = {},
): void {
  const open = async (href: string): Promise<void> => {
    if ((await isAnswering()) && mayLoad()) load(href);
    else waiting.value = href;
  };
  let isMoving = false;
  router.beforeEach(() => void (isMoving = true));
  router.afterEach(() => void (isMoving = false));
  // The page that was gone to: the router stays where it was.
  router.onError((_error, to) => {
    isMoving = false;
    void open(router.resolve(to.fullPath).href);
  });
  // A part of the page that is open, such as its editor of texts.
  window.addEventListener('vite:preloadError', () => {
    if (!isMoving) void open(location.pathname + location.search);
  });
  retry = async () => {
    const href = waiting.value;
    if (href && (await isAnswering())) load(href);
  };
}

let retry: () => Promise<void> = () => Promise.resolve();

/** For the notice: which page waits, and how to try it again. */
export const useMissingCode = () => ({
  waiting,
  retry: (): Promise<void> => retry(),
  dismiss: (): void => void (waiting.value = null),
});

async function serverAnswers(): Promise<boolean> {
  try {
    const answer = await fetch(import.meta.env.BASE_URL, {
      method: 'HEAD',
      cache: 'no-store',
      signal: AbortSignal.timeout(LONGEST_WAIT_MS),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

function mayLoad(): boolean {
  const now = Date.now();
  try {
    if (now - Number(sessionStorage.getItem(LOADED_AT)) < LOAD_AGAIN_AFTER_MS) return false;
    sessionStorage.setItem(LOADED_AT, String(now));
    return true;
  } catch {
    // Without storage nobody can tell a first load from a tenth.
    return false;
  }
}
