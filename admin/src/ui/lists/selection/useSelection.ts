import { computed, ref, watch } from 'vue';
import type { Ref } from 'vue';

/**
 * The chosen rows of a list: some of the page, or all that match. They are of what is in sight: whoever goes to another
 * page, or narrows the list, begins anew.
 *
 * @param address what the rows follow from: with another one nothing is chosen
 */
export function useSelection(rows: Ref<readonly { id: string }[]>, address: () => string) {
  const ids = ref<ReadonlySet<string>>(new Set());
  const isAll = ref(false);
  /** From which row on a range is chosen. */
  let anchor: string | null = null;

  function clear(): void {
    ids.value = new Set();
    isAll.value = false;
    anchor = null;
  }
  watch(address, clear);
  // Rows that went away by themselves are chosen no longer.
  watch(rows, (now) => {
    const here = new Set(now.map(({ id }) => id));
    if ([...ids.value].some((id) => !here.has(id)))
      ids.value = new Set([...ids.value].filter((id) => here.has(id)));
  });

  /** Chooses a row or gives it up; with `range` every row from the one before it on. */
  function toggle(id: string, range = false): void {
    const shown = rows.value.map((row) => row.id);
    const now = new Set(isAll.value ? shown : ids.value);
    const isOn = !now.has(id);
    const [from, to] = [anchor === null ? -1 : shown.indexOf(anchor), shown.indexOf(id)].toSorted(
      (a, b) => a - b,
    );
    const those = range && from !== undefined && from >= 0 ? shown.slice(from, (to ?? from) + 1) : [id];
    for (const one of those)
      if (range || isOn) now.add(one);
      else now.delete(one);
    isAll.value = false;
    ids.value = now;
    anchor = id;
  }

  const isPage = computed(
    () => rows.value.length > 0 && (isAll.value || rows.value.every(({ id }) => ids.value.has(id))),
  );
  return {
    ids: computed(() => ids.value),
    isAll: computed(() => isAll.value),
    isPage,
    isAny: computed(() => isAll.value || ids.value.size > 0),
    has: (id: string): boolean => isAll.value || ids.value.has(id),
    toggle,
    togglePage: (): void => {
      const wasPage = isPage.value;
      clear();
      if (!wasPage) ids.value = new Set(rows.value.map(({ id }) => id));
    },
    chooseAll: (): void => void (isAll.value = true),
    clear,
  };
}

export type Selection = ReturnType<typeof useSelection>;
