import { nextTick } from 'vue';

/** A button that was clicked, or a form that was sent, with the button that sent it. */
type Click = readonly [element: HTMLElement, submitter?: HTMLElement | null];

declare global {
  interface Window {
    /** What was clicked since the page was shown; null once its scripts run. */
    early?: Click[] | null;
  }
}

/**
 * Stands in every page, before anything that can be clicked: notes clicks that only the scripts can answer, while they
 * are still under way. Links and forms with an address of their own work without scripts and are left to the browser.
 */
export const NOTE_CLICKS = `early=[];addEventListener("click",e=>{let b=e.target.closest("button[type=button]");b&&early&&early.push([b])},!0);addEventListener("submit",e=>{let f=e.target;early&&!f.getAttribute("action")&&(e.preventDefault(),early.push([f,e.submitter]))},!0)`;

/**
 * Clicks again what was clicked before the page could answer, in the same order. A dialog opens, and a form is sent, only
 * if that was clicked last: whoever went on to something else no longer waits for it.
 */
export async function clickAgain(): Promise<void> {
  const clicks = window.early ?? [];
  window.early = null;
  for (const [at, [element, submitter]] of clicks.entries()) {
    // Each changes what the next one finds, as two clicks of “one more” do.
    await nextTick();
    // The button may belong to something that this visitor is not shown.
    if (!element.isConnected) continue;
    const isLast = at === clicks.length - 1;
    if (element instanceof HTMLFormElement) {
      if (isLast) element.requestSubmit(submitter);
    } else if (isLast || element.getAttribute('aria-haspopup') === null) element.click();
  }
}
