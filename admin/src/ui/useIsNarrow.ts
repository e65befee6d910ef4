import { onScopeDispose, ref } from 'vue';
import type { Ref } from 'vue';

/** True on a phone. Lists then draw cards instead of a table. */
export function useIsNarrow(): Ref<boolean> {
  const media = window.matchMedia('(max-width: 767px)');
  const isNarrow = ref(media.matches);
  const update = (): void => {
    isNarrow.value = media.matches;
  };
  media.addEventListener('change', update);
  onScopeDispose(() => media.removeEventListener('change', update));
  return isNarrow;
}
