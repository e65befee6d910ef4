import { lasting } from '@vitrine/client/storage';
import { computed, ref, watch } from 'vue';
import type { ListColumn } from '../list';
import { useIsWide } from '../../useMedia';

type Choice = Record<string, boolean>;

/**
 * The visible columns of a list, stored per list in this browser. Columns are shown unless hidden by the user, except that
 * some are hidden until the user shows them: in a narrow window those for wide ones. An address that names columns, as
 * that of a saved view does, comes first, and a choice is then written into it.
 */
export function useColumns<Sort extends string>(
  listName: string,
  columns: () => ListColumn<Sort>[],
  address: { named: () => readonly string[] | undefined; name: (keys: string[]) => void },
) {
  const stored = `vitrine-admin-columns-${listName}`;
  const isWide = useIsWide();
  const chosen = ref<Choice>(read(stored));
  watch(chosen, (choice) => lasting.set(stored, JSON.stringify(choice)));

  const isShownNow = (column: ListColumn<Sort>): boolean =>
    column.required === true ||
    (address.named()?.includes(column.key) ??
      chosen.value[column.key] ??
      (!column.hidden && (!column.wideOnly || isWide.value)));
  const shown = computed(() => columns().filter(isShownNow));

  function toggle(key: string): void {
    const column = columns().find((candidate) => candidate.key === key);
    if (!column) return;
    const keys = shown.value.map((other) => other.key);
    if (address.named())
      address.name(isShownNow(column) ? keys.filter((other) => other !== key) : [...keys, key]);
    else chosen.value = { ...chosen.value, [key]: !isShownNow(column) };
  }

  return {
    toggle,
    /** Whether these columns were chosen, so that a saved view keeps them. */
    isChosen: computed(() => address.named() !== undefined || Object.keys(chosen.value).length > 0),
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
