import { ref, shallowRef, watch, type Component, type Ref, type ShallowRef } from 'vue';
import { isCodeLoadingError, recover } from './code-loading';
import { useNotices } from './notices';

export interface LazyDialog {
  /** Null until its code is loaded. */
  component: Readonly<ShallowRef<Component | null>>;
  /** Set it to true to open the dialog. */
  isOpen: Ref<boolean>;
}

/**
 * A dialog whose code is fetched at its first opening.
 *
 * When loading fails, a notice is shown and the dialog counts as closed, so that pressing again retries.
 */
export function useLazyDialog(load: () => Promise<{ default: Component }>, isOpen = ref(false)): LazyDialog {
  const notices = useNotices();
  const component = shallowRef<Component | null>(null);

  watch(isOpen, (opened) => {
    if (opened && !component.value) void fetchCode();
  });

  async function fetchCode(): Promise<void> {
    try {
      component.value = (await load()).default;
    } catch (error) {
      isOpen.value = false;
      if (!isCodeLoadingError(error)) throw error;
      await recover(notices);
    }
  }

  return { component, isOpen };
}
