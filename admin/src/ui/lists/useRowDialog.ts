import { ref } from 'vue';

/** A dialog about one row of a list, or about a new one. The row is found by its id, because it may be read again meanwhile. */
export function useRowDialog() {
  const isOpen = ref(false);
  const id = ref('');
  return {
    isOpen,
    open: (rowId = ''): void => {
      id.value = rowId;
      isOpen.value = true;
    },
    isRow: (rowId: string): boolean => rowId === id.value,
    rowOf: <Row extends { id: string }>(rows: readonly Row[]): Row | undefined =>
      rows.find((row) => row.id === id.value),
  };
}
