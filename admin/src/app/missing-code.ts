import { shallowRef } from 'vue';
import type { Router } from 'vue-router';
import { isFetchingPart } from '../plugins/fetch-part';

/*
 * The code of a page is fetched when the page is first opened. That may fail for two reasons: the shop was updated and
 * the old files are gone, or the server cannot be reached. A full load cures the first; in the second it would replace
 * the admin, with any unsaved input, by the browser's own error page. So the server is probed before.
 */

const LONGEST_WAIT_MS = 5_000;
/** Without this limit, a file that is missing from a reachable server would make the page reload for ever. */
const LOAD_AGAIN_AFTER_MS = 10_000;
const LOADED_AT = 'vitrine-admin-loaded-again';

/** The address of the page that could not be opened; null when there is none. */
const waiting = shallowRef<string | null>(null);

/**
 * Handles code that cannot be fetched. `hasUnsaved` says whether the open page holds input that is not saved; `isAnswering`
 * probes the server; `load` opens an address with a full page load.
 */
export function watchForMissingCode(
  router: Router,
  {
    hasUnsaved,
    isAnswering = serverAnswers,
    load = (href: string) => location.assign(href),
  }: {
    readonly hasUnsaved: () => boolean;
    readonly isAnswering?: () => Promise<boolean>;
    readonly load?: (href: string) => void;
  },
): void {
  const open = async (href: string, mayLose: () => boolean): Promise<void> => {
    if ((await isAnswering()) && mayLose() && mayLoad()) load(href);
    else waiting.value = href;
  };
  let isMoving = false;
  router.beforeEach(() => void (isMoving = true));
  router.afterEach(() => void (isMoving = false));
  // The code of the next page is missing: the router stays on the current one.
  router.onError((_error, to) => {
    isMoving = false;
    // Whoever has unsaved input was asked before leaving it.
    void open(router.resolve(to.fullPath).href, () => true);
  });
  // The code of a part of the open page is missing, such as the rich text editor.
  window.addEventListener('vite:preloadError', () => {
    // Where a part of a plugin is missing, the place of it says so: the page around it is not loaded again for that.
    if (isFetchingPart()) return;
    // The server may answer again by the time it is probed: a load by itself would take what was typed meanwhile.
    if (!isMoving) void open(location.pathname + location.search, () => !hasUnsaved() && !isDialogOpen());
  });
  retry = async () => {
    const href = waiting.value;
    if (href && (await isAnswering())) load(href);
  };
}

let retry: () => Promise<void> = () => Promise.resolve();

/** For the notice: which page could not be opened, and how to retry. */
export const useMissingCode = () => ({
  waiting,
  retry: (): Promise<void> => retry(),
  dismiss: (): void => void (waiting.value = null),
});

/** What is entered in a dialog is known to no page. */
function isDialogOpen(): boolean {
  return document.querySelector('[role=dialog]') !== null;
}

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
    // Without storage a first reload cannot be told from a tenth.
    return false;
  }
}
