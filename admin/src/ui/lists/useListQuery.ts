import type { CombinedError } from '@urql/core';
import { computed, ref, watch } from 'vue';
import type { Ref } from 'vue';
import type { PageInfo } from './list';

interface Connection<Row> {
  nodes: Row[];
  pageInfo: PageInfo;
  totalCount?: number | null;
}

interface ListAnswer<Data> {
  data: Ref<Data | undefined>;
  error: Ref<CombinedError | undefined>;
  fetching: Ref<boolean>;
  stale: Ref<boolean>;
}

/**
 * The states of a list: skeleton on the first load, dimmed rows while newer ones load.
 * The previous rows stay until the next ones are loaded, also when the address has changed already.
 */
export function useListRows<Data, Row extends { id: string }>(
  answer: ListAnswer<Data>,
  pick: (data: Data) => Connection<Row>,
) {
  const connection = computed(() => (answer.data.value ? pick(answer.data.value) : undefined));
  const rows = ref<Row[]>([]) as Ref<Row[]>;
  const pageInfo = ref<PageInfo>();
  const total = ref<number | null>(null);
  watch(
    connection,
    (now) => {
      if (!now) return;
      rows.value = now.nodes;
      pageInfo.value = now.pageInfo;
      total.value = now.totalCount ?? null;
    },
    { immediate: true },
  );
  const isBusy = computed(() => answer.fetching.value || answer.stale.value);

  return {
    rows,
    pageInfo,
    total,
    loading: computed(() => rows.value.length === 0 && answer.fetching.value),
    refreshing: computed(() => rows.value.length > 0 && isBusy.value),
    failed: computed(() => Boolean(answer.error.value) && !answer.fetching.value && !connection.value),
  };
}
