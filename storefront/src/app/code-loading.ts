import type { App } from 'vue';
import type { Router } from 'vue-router';
import { ofThisTab } from '@vitrine/client/storage';
import type { Notices } from './notices';

const RELOADED = 'vitrine.reloaded-for';

/** What browsers say when a part of the page's code, or its style, could not be fetched. */
const WORDS =
  /dynamically imported module|Importing a module script failed|Unable to preload CSS|error loading dynamically/i;

export function isCodeLoadingError(error: unknown): boolean {
  return error instanceof Error && WORDS.test(error.message);
}

/**
 * Sees to it that no failure of the page's own code is silent.
 *
 * Code is fetched when it is needed, so a press or a navigation can fail because the connection broke or because a
 * deploy removed the file. In the second case the page is loaded anew, once; in the first one the shopper is told and
 * can press again.
 */
export function watchForFailures(app: App, router: Router, notices: Notices): void {
  const tell = (error: unknown, address?: string): void => {
    console.error(error);
    if (isCodeLoadingError(error)) void recover(notices, address);
    else notices.show('unexpected');
  };
  app.config.errorHandler = (error) => tell(error);
  router.onError((error, to) => tell(error, router.resolve(to).href));
  addEventListener('unhandledrejection', (event) => {
    if (!isCodeLoadingError(event.reason)) return;
    event.preventDefault();
    tell(event.reason);
  });
  const reloadedFor = ofThisTab.get(RELOADED);
  if (reloadedFor !== null && reloadedFor === entryFile()) {
    ofThisTab.remove(RELOADED);
    notices.show('updated');
  }
}

/** Loads the page anew when a deploy replaced the code it was made from, at most once; otherwise says what to do. */
export async function recover(notices: Notices, address = location.href): Promise<void> {
  const replacement = await replacedBy(address);
  const mayReload = replacement !== null && ofThisTab.get(RELOADED) !== replacement;
  if (mayReload && outlivesReload(RELOADED, replacement)) location.assign(address);
  else notices.show('part');
}

/** Keeps the value. Without a storage that survives the reload, one that does not help would repeat for ever. */
function outlivesReload(name: string, value: string): boolean {
  try {
    sessionStorage.setItem(name, value);
    return true;
  } catch {
    return false;
  }
}

/** The entry file that the server now sends with this page, when it is another one than ours; null otherwise. */
async function replacedBy(address: string): Promise<string | null> {
  try {
    const answer = await fetch(address, { cache: 'no-store', headers: { accept: 'text/html' } });
    const sent = ENTRY.exec(await answer.text())?.[0] ?? null;
    return sent !== null && sent !== entryFile() ? sent : null;
  } catch {
    return null;
  }
}

const ENTRY = /\/assets\/index-[\w-]+\.js/;

function entryFile(): string | null {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
  return ENTRY.exec(script?.src ?? '')?.[0] ?? null;
}
