import { computed, ref } from 'vue';
import { useUnsaved } from '../ui/forms/useUnsaved';

export interface UploadRow {
  id: number;
  name: string;
  /** 0 to 1. */
  progress: number;
  problem: string;
  file: File;
}

/**
 * Uploads files one after the other, so that they keep the order in which they were dropped. A failed one stays in the
 * list with its reason and can be retried.
 *
 * @param take sends one file and returns what is wrong, or nothing; `row.progress` follows it
 */
export function useUploads(take: (row: UploadRow) => Promise<string>, taken: () => Promise<void>) {
  const rows = ref<UploadRow[]>([]);
  const busy = ref(false);
  let lastId = 0;
  useUnsaved(() => busy.value);

  function add(files: readonly File[]): void {
    rows.value.push(
      ...files.map((file) => ({ id: ++lastId, name: file.name, progress: 0, problem: '', file })),
    );
    void work();
  }

  function retry(row: UploadRow): void {
    row.problem = '';
    row.progress = 0;
    void work();
  }

  async function work(): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    for (let row = nextRow(); row; row = nextRow()) {
      row.problem = await take(row);
      if (row.problem) continue;
      await taken();
      drop(row);
    }
    busy.value = false;
  }

  const nextRow = (): UploadRow | undefined => rows.value.find((row) => !row.problem);
  const drop = (row: UploadRow): void => {
    rows.value = rows.value.filter(({ id }) => id !== row.id);
  };

  return { rows, busy: computed(() => busy.value), add, retry, drop };
}
