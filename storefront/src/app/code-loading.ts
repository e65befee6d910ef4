import type { App } from 'vue';
import type { Router } from 'vue-router';
import { ofThisTab } from '@vitrine/client/storage';
import type { Notices } from './notices';

const RELOADED = 'vitrine.reloaded-for';

/** The browsers' error messages when a script or style file could not be fetched. */
const MESSAGES =
  /dynamically imported module|Importing a module script failed|Unable to preload CSS|error loading dynamically/i;

export function isCodeLoadingError(error: unknown): boolean {
  return error instanceof Error && MESSAGES.test(error.message);
}

/**
 * Shows a notice for every failure of the page's own code.
 *
 * Code is fetched when it is needed, so a press or a navigation can fail because the connection broke or because a
 * deploy removed the file. In the second case the page is reloaded once; in the first one a notice asks the user
 * to try again.
 */
export function watchForFailures(app: App, router: Router, notices: Notices): void {
  const report = (error: unknown, address?: string): void => {
    console.error(error);
    if (isCodeLoadingError(error)) void recover(notices, address);
    else notices.show('unexpected');
  };
  app.config.errorHandler = (error) => report(error);
  router.onError((error, to) => report(error, router.resolve(to).href));
  addEventListener('unhandledrejection', (event) => {
    if (!isCodeLoadingError(event.reason)) return;
    event.preventDefault();
    report(event.reason);
  });
  const reloadedFor = ofThisTab.get(RELOADED);
  if (reloadedFor !== null && reloadedFor === entryFile()) {
    ofThisTab.remove(RELOADED);
    notices.show('updated');
  }
}

/** Reloads the page, at most once, when a deploy replaced its code; otherwise shows a notice. */
export async function recover(notices: Notices, address = location.href): Promise<void> {
  const replacement = await replacedBy(address);
  const mayReload = replacement !== null && ofThisTab.get(RELOADED) !== replacement;
  if (mayReload && outlivesReload(RELOADED, replacement)) location.assign(address);
  else notices.show('part');
}

/** Stores the value. Without a storage that survives the reload, the reload could repeat for ever. */
function outlivesReload(name: string, value: string): boolean {
  try {
    sessionStorage.setItem(name, value);
    return true;
  } catch {
    return false;
  }
}

/** The entry file that the server now sends with this page, when it differs from the loaded one; null otherwise. */
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
