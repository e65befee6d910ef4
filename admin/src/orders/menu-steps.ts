import type { ComponentPublicInstance, Ref } from 'vue';

/**
 * Lets entries of a menu open dialogs: only once the menu has closed and its button has the focus again, because a closing
 * dialog gives the focus back to where it was, and an entry of the closed menu is gone by then.
 */
export function useMenuSteps(button: Ref<ComponentPublicInstance | undefined>) {
  let chosen: (() => void) | undefined;

  function afterClosing(event: Event): void {
    const step = chosen;
    chosen = undefined;
    if (!step) return;
    // Otherwise the menu would focus its button a moment later, behind the dialog.
    event.preventDefault();
    (button.value?.$el as HTMLElement | undefined)?.focus();
    step();
  }

  return { choose: (step: () => void) => (chosen = step), afterClosing };
}
