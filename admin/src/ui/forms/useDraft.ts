import { computed, ref, watch } from 'vue';
import type { Ref } from 'vue';
import { mergeDraft, putAt } from './merge-draft';
import type { Clash } from './merge-draft';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/**
 * A working copy of what the server holds. `dirty` compares by content, so typing a letter and
 * deleting it again is no change. A new response updates the fields that were not edited; where both
 * sides changed a field, the user decides before anything is saved.
 */
export function useDraft<T extends object>(source: () => T | undefined) {
  const draft = ref<T>() as Ref<T | undefined>;
  const saved = ref('');
  const clashes = ref<Clash[]>([]);
  const dirty = computed(() => draft.value !== undefined && JSON.stringify(draft.value) !== saved.value);
  const baseline = (): T | undefined => (saved.value ? (JSON.parse(saved.value) as T) : undefined);

  function reset(): void {
    const fresh = source();
    if (!fresh) return;
    clashes.value = [];
    saved.value = JSON.stringify(fresh);
    draft.value = JSON.parse(saved.value) as T;
  }

  // Flushed synchronously, because a reload before saving must know the clashes as soon as the response arrives.
  watch(
    source,
    (fresh) => {
      const base = baseline();
      if (!fresh) return;
      if (!dirty.value || !base || !draft.value) return reset();
      const { merged, clashes: found } = mergeDraft(draft.value, base, fresh);
      draft.value = copy(merged);
      saved.value = JSON.stringify(fresh);
      const waiting = clashes.value.filter(({ name }) => !found.some((clash) => clash.name === name));
      clashes.value = [...waiting, ...found];
    },
    { immediate: true, flush: 'sync' },
  );

  /** Resolves a clash with one of its values. */
  function decide(name: string, side: 'mine' | 'theirs'): void {
    const clash = clashes.value.find((candidate) => candidate.name === name);
    clashes.value = clashes.value.filter((candidate) => candidate !== clash);
    if (clash && side === 'theirs' && draft.value) putAt(draft.value, name, copy(clash.theirs));
  }

  return {
    draft,
    dirty,
    clashes,
    decide,
    reset,
    baseline,
    /** Marks what was sent as saved. Later input stays an unsaved change. */
    accept: (sent: T): void => {
      saved.value = JSON.stringify(sent);
    },
  };
}
