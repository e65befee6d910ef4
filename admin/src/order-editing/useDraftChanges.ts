import { computed, reactive, ref } from 'vue';
import { mergeDraft, putAt } from '../ui/forms/drafts/merge-draft';
import type { Clash } from '../ui/forms/drafts/merge-draft';
import type { OrderDraft } from './draft-order';

const copy = (draft: OrderDraft): OrderDraft => JSON.parse(JSON.stringify(draft)) as OrderDraft;

/** Changes of a draft since it was read, merged with concurrent changes. */
export function useDraftChanges(empty: OrderDraft) {
  const draft = reactive<OrderDraft>(copy(empty));
  const untouched = ref(JSON.stringify(draft));
  const dirty = computed(() => JSON.stringify(draft) !== untouched.value);
  const clashes = ref<Clash[]>([]);

  /** Marks the current form values as saved. */
  function settle(): void {
    untouched.value = JSON.stringify(draft);
  }

  function start(fresh: OrderDraft): void {
    clashes.value = [];
    Object.assign(draft, copy(fresh));
    settle();
  }

  /** Merges concurrent changes into the fields that were not edited here. */
  function takeIn(fresh: OrderDraft): void {
    if (!dirty.value) return start(fresh);
    const base = JSON.parse(untouched.value) as OrderDraft;
    const { merged, clashes: found } = mergeDraft(copy(draft), base, copy(fresh));
    clashes.value = found;
    untouched.value = JSON.stringify(fresh);
    Object.assign(draft, merged);
  }

  function decide(name: string, side: 'mine' | 'theirs'): void {
    const clash = clashes.value.find((candidate) => candidate.name === name);
    clashes.value = clashes.value.filter((candidate) => candidate !== clash);
    if (clash && side === 'theirs') putAt(draft, name, clash.theirs);
  }

  return { draft, dirty, clashes, decide, start, takeIn, settle };
}
