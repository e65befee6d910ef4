import type { Page } from 'playwright-core';
import { inAdmin, inShop } from './visitor.ts';

/*
 * A page is there when a person sees what it is about. A load event, or half a second without network, says nothing of
 * it: on a busy machine the page is drawn later.
 */

/** Opens a page of the shop, by its path or whole address, and waits until its scripts run and nothing on it is grey. */
export async function openInShop(page: Page, path: string): Promise<void> {
  await page.goto(path.startsWith('http') ? path : inShop(path));
  await untilShopIsDrawn(page);
}

/** Waits until the scripts of the shop have taken over this page and what it fetches is there. */
export async function untilShopIsDrawn(page: Page): Promise<void> {
  // The server sends the note with every page, and the scripts take it away once the page is theirs.
  await page.locator('.late-note').waitFor({ state: 'detached' });
  await page.waitForFunction(() => !document.querySelector('main .skeleton, main [aria-busy=true]'));
}

/** Opens a page of the admin, by its path or whole address, and waits until it and its rows are there. */
export async function openInAdmin(page: Page, path: string): Promise<void> {
  await page.goto(path.startsWith('http') ? path : inAdmin(path));
  await untilAdminIsDrawn(page);
}

/** Waits until the page of the admin has its heading and nothing on it is loading. */
export async function untilAdminIsDrawn(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('main h1')?.textContent && !document.querySelector('main [aria-busy=true]'),
  );
}

/** Waits until nothing of the page fades or moves: only then its colors and places are what they stay. */
export function untilStill(page: Page): Promise<void> {
  return page.evaluate(stillness);
}

/** In the page: the transitions of what has just changed begin with the next frame; those that never end are not waited for. */
async function stillness(): Promise<void> {
  const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  await nextFrame();
  await nextFrame();
  const passing = document
    .getAnimations()
    .filter(
      ({ effect, playState }) =>
        playState === 'running' && Number.isFinite(Number(effect?.getComputedTiming().endTime)),
    );
  await Promise.allSettled(passing.map(({ finished }) => finished));
}
