import { nextTick } from 'vue';
import type { Router } from 'vue-router';

/** A closing dialog or menu returns the focus itself, a moment after it was removed. */
const GIVEN_BACK_WITHIN_MS = 100;

/** A page is rendered some time after its address changes, because its code and title load first. */
const LONGEST_WAIT_MS = 3000;

/**
 * Moves the focus to the heading of each opened page, so that the keyboard and a screen reader start there and not at
 * the top of the menu. The focus stays where a page focuses a field itself, and after a change of filter.
 */
export function focusHeadings(router: Router): void {
  router.afterEach((to, from, failure) => {
    // The browser handles the focus of the first page.
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
 * Moves the focus to the heading when the focused element is removed, such as the button of a completed action or a
 * removed row. The browser would move it to the document body, which screen readers do not announce.
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
