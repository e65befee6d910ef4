import { onScopeDispose, ref } from 'vue';
import type { Ref } from 'vue';

/** Whether the window matches this media query, updated on change. */
function useMedia(query: string): Ref<boolean> {
  const media = window.matchMedia(query);
  const matches = ref(media.matches);
  const update = (): void => {
    matches.value = media.matches;
  };
  media.addEventListener('change', update);
  onScopeDispose(() => media.removeEventListener('change', update));
  return matches;
}

/** True on a phone. Lists then draw cards instead of a table. */
export const useIsNarrow = (): Ref<boolean> => useMedia('(max-width: 767px)');

/** True where a table has room for every column beside the menu. */
export const useIsWide = (): Ref<boolean> => useMedia('(min-width: 96rem)');
