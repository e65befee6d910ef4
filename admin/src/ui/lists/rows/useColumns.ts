import { lasting } from '@vitrine/client/storage';
import { computed, ref, watch } from 'vue';
import type { ListColumn } from '../list';
import { useIsWide } from '../../useMedia';

type Choice = Record<string, boolean>;

/**
 * The visible columns of a list, stored per list in this browser. Columns are shown unless hidden by the user, except
 * that some are hidden until the user shows them: in a narrow window those for wide ones.
 */
export function useColumns<Sort extends string>(listName: string, columns: () => ListColumn<Sort>[]) {
  const stored = `vitrine-admin-columns-${listName}`;
  const isWide = useIsWide();
  const chosen = ref<Choice>(read(stored));
  watch(chosen, (choice) => lasting.set(stored, JSON.stringify(choice)));

  const isShownNow = (column: ListColumn<Sort>): boolean =>
    column.required === true ||
    (chosen.value[column.key] ?? (!column.hidden && (!column.wideOnly || isWide.value)));

  function toggle(key: string): void {
    const column = columns().find((candidate) => candidate.key === key);
    if (column) chosen.value = { ...chosen.value, [key]: !isShownNow(column) };
  }

  const shown = computed(() => columns().filter(isShownNow));
  return {
    toggle,
    isShown: (key: string): boolean => shown.value.some((column) => column.key === key),
    shown,
  };
}

function read(key: string): Choice {
  try {
    const value: unknown = JSON.parse(lasting.get(key) ?? '{}');
    // An older version stored only the keys of hidden columns.
    if (Array.isArray(value))
      return Object.fromEntries(
        value.filter((item) => typeof item === 'string').map((item) => [item, false]),
      );
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter(([, shown]) => typeof shown === 'boolean'));
  } catch {
    return {};
  }
}
