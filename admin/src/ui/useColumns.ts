import { lasting } from '@vitrine/client/storage';
import { computed, ref, watch } from 'vue';
import type { ListColumn } from './list';

/** Which columns a person wants to see, remembered per list in this browser. */
export function useColumns<Sort extends string>(listName: string, columns: () => ListColumn<Sort>[]) {
  const stored = `vitrine-admin-columns-${listName}`;
  const hidden = ref<string[]>(read(stored));
  watch(hidden, (keys) => lasting.set(stored, JSON.stringify(keys)));

  function toggle(key: string): void {
    hidden.value = hidden.value.includes(key)
      ? hidden.value.filter((other) => other !== key)
      : [...hidden.value, key];
  }

  return {
    toggle,
    isShown: (key: string): boolean => !hidden.value.includes(key),
    shown: computed(() =>
      columns().filter((column) => column.required || !hidden.value.includes(column.key)),
    ),
  };
}

function read(key: string): string[] {
  try {
    const value: unknown = JSON.parse(lasting.get(key) ?? '[]');
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  } catch {
    return [];
  }
}
