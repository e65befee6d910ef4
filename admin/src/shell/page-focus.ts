import { nextTick } from 'vue';
import type { Router } from 'vue-router';

/** What closes (a dialog, a menu) gives the focus back itself, a moment after it has gone. */
const GIVEN_BACK_WITHIN_MS = 100;

/** Drawing a page may take a moment after its address: its code, then its title. */
const LONGEST_WAIT_MS = 3000;

/**
 * Moves the focus to the heading of each page that is gone to, so that the keyboard and a screen reader start there and
 * not at the top of the menu. A page that focuses a field of its own keeps it there, and so does a change of filter.
 */
export function focusHeadings(router: Router): void {
  router.afterEach((to, from, failure) => {
    // The first page is the browser's own matter.
    if (failure || from.matched.length === 0 || to.path === from.path) return;
    const old = document.querySelector('main h1');
    void nextTick(() => focusWhenDrawn(Date.now() + LONGEST_WAIT_MS, old));
  });
}

function focusWhenDrawn(until: number, old: Element | null): void {
  const now = document.activeElement;
  const isHeld = now !== null && now !== document.body && document.contains(now);
  const heading = document.querySelector<HTMLElement>('main h1');
  if (heading && heading !== old) {
    if (isHeld && now.closest('main, [role="dialog"]')) return;
    focusHeading(heading);
    return;
  }
  if (Date.now() < until) requestAnimationFrame(() => focusWhenDrawn(until, old));
}

function focusHeading(heading: HTMLElement): void {
  heading.tabIndex = -1;
  heading.style.outline = 'none';
  heading.focus({ preventScroll: true });
}

/**
 * Moves the focus to the heading when the element that held it goes away: the button of a step that was taken, a row that
 * was removed. The browser would leave it to the page as a whole, where a screen reader says nothing.
 */
export function keepFocus(): void {
  let last: Element | null = null;
  document.addEventListener('focusin', ({ target }) => {
    last = target instanceof Element ? target : null;
  });
  new MutationObserver(() => {
    if (!last || document.contains(last)) return;
    last = null;
    setTimeout(() => {
      const heading = document.querySelector<HTMLElement>('main h1');
      if (heading && (document.activeElement ?? document.body) === document.body) focusHeading(heading);
    }, GIVEN_BACK_WITHIN_MS);
  }).observe(document.body, { childList: true, subtree: true });
}
