import { computed, ref, watch } from 'vue';
import type { Ref } from 'vue';
import { mergeDraft, putAt } from './merge-draft';
import type { Clash } from './merge-draft';
import { carriedOn } from './kept-drafts';
import type { OpenAttempt } from './kept-drafts';
import { useKeptDraft, type KeptUnder } from './useKeptDraft';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/**
 * A working copy of what the server holds. `dirty` compares by content, so typing a letter and
 * deleting it again is no change. A new response updates the fields that were not edited; where both
 * sides changed a field, the user decides before anything is saved.
 *
 * With `keptUnder`, what is typed outlives a reload and a lost session: it is merged into what the server holds by
 * then, in the same way, and `broughtBack` says since when it had been waiting.
 */
export function useDraft<T extends object>(source: () => T | undefined, keptUnder: KeptUnder = () => null) {
  const draft = ref<T>() as Ref<T | undefined>;
  const saved = ref('');
  const clashes = ref<Clash[]>([]);
  const dirty = computed(() => draft.value !== undefined && JSON.stringify(draft.value) !== saved.value);
  const baseline = (): T | undefined => (saved.value ? (JSON.parse(saved.value) as T) : undefined);
  const kept = useKeptDraft(keptUnder);
  /** Which object the form was begun for: on the same page another one may follow it. */
  let begunFor = '';
  const shownObject = (): string => JSON.stringify(keptUnder());

  function begin(fresh: T): void {
    begunFor = shownObject();
    clashes.value = [];
    kept.attempt.value = null;
    saved.value = JSON.stringify(fresh);
    draft.value = JSON.parse(saved.value) as T;
    kept.broughtBack.value = null;
  }

  /** Merges what was edited since `base` into what the server holds. */
  function mergeInto(fresh: T, mine: T, base: T): void {
    const { merged, clashes: found } = mergeDraft(mine, base, fresh);
    kept.attempt.value = carriedOn(kept.attempt.value, { mine, base, fresh, merged });
    draft.value = copy(merged);
    saved.value = JSON.stringify(fresh);
    const waiting = clashes.value.filter(({ name }) => !found.some((clash) => clash.name === name));
    clashes.value = [...waiting, ...found];
  }

  /** Begins with what the server holds, and with unsaved input that was kept. */
  function start(): void {
    const fresh = source();
    if (!fresh) return;
    begin(fresh);
    const earlier = kept.read();
    if (!earlier) return;
    kept.attempt.value = earlier.attempt ?? null;
    mergeInto(fresh, earlier.draft as T, earlier.base as T);
    if (dirty.value) kept.broughtBack.value = earlier.at;
    else if (!kept.attempt.value) kept.drop();
  }

  const note = (): void => kept.note(draft.value, baseline(), dirty.value);

  // Flushed synchronously, because a reload before saving must know the clashes as soon as the response arrives.
  watch(
    source,
    (fresh) => {
      const base = baseline();
      if (!fresh) return;
      if (!base || !draft.value || begunFor !== shownObject()) start();
      else if (dirty.value || kept.attempt.value) mergeInto(fresh, draft.value, base);
      else begin(fresh);
    },
    { immediate: true, flush: 'sync' },
  );
  watch([draft, saved], note, { deep: true });

  /** Goes back to what the server holds; unsaved input is gone for good. */
  function reset(): void {
    kept.drop();
    const fresh = source();
    if (fresh) begin(fresh);
  }

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
    start,
    reset,
    baseline,
    broughtBack: kept.broughtBack,
    /** Keeps nothing of the unsaved input any more: the user leaves without it. */
    forget: kept.drop,
    /** The request without an answer; null when there is none. */
    attempt: (): OpenAttempt | null => kept.attempt.value,
    /** Notes, before a request is sent, under which key it is; null once its outcome is known. */
    setAttempt: (now: OpenAttempt | null): void => {
      kept.attempt.value = now;
      note();
      kept.flush();
    },
    /** Marks what was sent as saved. Later input stays an unsaved change. */
    accept: (sent: T): void => {
      saved.value = JSON.stringify(sent);
      kept.broughtBack.value = null;
    },
  };
}
