import { computed, ref, watch } from 'vue';
import type { Ref } from 'vue';
import { mergeDraft } from './merge-draft';

/**
 * A working copy of what the server holds. `dirty` compares by content, so typing a letter and
 * deleting it again is no change. A fresh answer flows into the fields nobody edited.
 */
export function useDraft<T extends object>(source: () => T | undefined) {
  const draft = ref<T>() as Ref<T | undefined>;
  const saved = ref('');
  const dirty = computed(() => draft.value !== undefined && JSON.stringify(draft.value) !== saved.value);
  const baseline = (): T | undefined => (saved.value ? (JSON.parse(saved.value) as T) : undefined);

  function reset(): void {
    const fresh = source();
    if (!fresh) return;
    saved.value = JSON.stringify(fresh);
    draft.value = JSON.parse(saved.value) as T;
  }

  watch(
    source,
    (fresh) => {
      const base = baseline();
      if (!fresh || !dirty.value || !base || !draft.value) return reset();
      draft.value = JSON.parse(JSON.stringify(mergeDraft(draft.value, base, fresh))) as T;
      saved.value = JSON.stringify(fresh);
    },
    { immediate: true },
  );

  return {
    draft,
    dirty,
    reset,
    baseline,
    /** Takes what was sent as saved. What was typed since then stays an unsaved change. */
    accept: (sent: T): void => {
      saved.value = JSON.stringify(sent);
    },
  };
}
