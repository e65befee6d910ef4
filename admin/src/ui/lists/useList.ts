import { useQuery } from '@urql/vue';
import type { AnyVariables } from '@urql/core';
import { computed, onScopeDispose, ref, watch } from 'vue';
import type { Ref } from 'vue';
import { useFollowedJobs } from '../../jobs/followed-jobs';
import { bulkOfPlugins } from '../../plugins/plugin-messages';
import type { Tools } from '../useTools';
import type { List } from './define-list';
import { chipsOf } from './filters/filter-chips';
import type { FilterField, ListColumn } from './list';
import { useColumns } from './rows/useColumns';
import { useSelection } from './selection/useSelection';
import { useTools } from '../useTools';
import { useListRows } from './useListQuery';
import { useListState } from './useListState';
import { useReturn } from './useReturn';

/** For how long a new row is set off. In milliseconds. */
const FRESH_MS = 6000;

/** The list that a description stands for, at the current address. */
export function useList<
  Data,
  Variables extends AnyVariables,
  Row extends { id: string },
  Sort extends string,
  Key extends string,
>(list: List<Data, Variables, Row, Sort, Key>) {
  const tools = useTools();
  const controller = useListState<Sort, Key>(list.spec);
  const { state } = controller;
  const filter = computed(() => list.toFilter?.(state.value.filters) ?? {});
  const asked = computed(() => ({
    ...(list.search && { search: state.value.search || null }),
    ...(list.toFilter && { filter: filter.value }),
    ...(list.sorts && { sort: state.value.sort }),
  }));
  const query = useQuery({
    query: list.query,
    variables: computed(
      () => ({ ...(!list.whole && controller.page.value), ...asked.value }) as unknown as Variables,
    ),
    requestPolicy: 'cache-and-network',
    context: { additionalTypenames: [...list.types] },
  });
  async function reload(): Promise<void> {
    await query.executeQuery({ requestPolicy: 'network-only' });
  }
  const answer = useListRows(query, list.connection);
  const { freshIds, mark } = useFreshRows();
  useReturn(() => void reload());
  const bulk = [...(list.bulk ?? []), ...bulkOfPlugins(list.name)];
  if (bulk.length > 0) onEndOfJobs(() => void reload());
  list.live?.({ rows: answer.rows, state, isFirstPage: controller.isFirstPage, reload, mark });

  const fields = useFields(list, tools);
  const columns = computed(() => columnsOf(list, tools.value));
  const selection = useSelection(answer.rows, () => JSON.stringify(state.value));
  const actions = computed(() => bulk.filter(({ isFor }) => isFor?.(tools.value) !== false));
  const choice = useColumns<Sort>(list.name, () => columns.value, {
    named: () => state.value.columns,
    name: controller.setColumns,
  });
  return {
    definition: list,
    tools,
    ...controller,
    ...answer,
    filter,
    /** What the list is narrowed to, and its order, as the API is asked for it. */
    asked,
    reload,
    freshIds,
    fields,
    chips: computed(() =>
      chipsOf(fields.value, state.value.filters, {
        language: tools.value.locale,
        currency: tools.value.currency,
      }),
    ),
    sortChoices: computed(() =>
      (list.sorts ?? []).map((value) => ({ value, label: tools.value.t(`${list.sortMessages}.${value}`) })),
    ),
    columns,
    choice,
    selection,
    actions,
  };
}

export type ListView<
  Data,
  Variables extends AnyVariables,
  Row extends { id: string },
  Sort extends string,
  Key extends string,
> = ReturnType<typeof useList<Data, Variables, Row, Sort, Key>>;

/** Calls `reload` when a long job of the user has ended: it may have changed rows. */
function onEndOfJobs(reload: () => void): void {
  const { open } = useFollowedJobs();
  watch(
    () => open.value.length,
    (now, before) => now < before && reload(),
  );
}

function useFreshRows(): { freshIds: Ref<string[]>; mark: (id: string) => void } {
  const freshIds = ref<string[]>([]);
  const timers = new Set<ReturnType<typeof setTimeout>>();
  onScopeDispose(() => timers.forEach(clearTimeout));
  return {
    freshIds,
    mark: (id) => {
      freshIds.value = [id, ...freshIds.value];
      timers.add(setTimeout(() => (freshIds.value = freshIds.value.filter((one) => one !== id)), FRESH_MS));
    },
  };
}

function useFields<Row extends { id: string }, Sort extends string, Key extends string>(
  list: Pick<List<never, never, Row, Sort, Key>, 'filters' | 'choices'>,
  tools: Ref<Tools>,
): Ref<(FilterField & { key: Key })[]> {
  const fetched = list.choices?.();
  return computed(() =>
    (Object.keys(list.filters ?? {}) as Key[]).flatMap((key) => {
      const filter = list.filters?.[key];
      if (!filter || filter.isFor?.(tools.value) === false) return [];
      const choices = filter.choices?.(tools.value) ?? fetched?.[key]?.();
      return [
        {
          key,
          label: tools.value.t(filter.label),
          kind: filter.kind,
          ...(choices && { choices: [...choices] }),
        },
      ];
    }),
  );
}

function columnsOf<Row extends { id: string }, Sort extends string>(
  { columns }: Pick<List<never, never, Row, Sort>, 'columns'>,
  tools: Tools,
): ListColumn<Sort>[] {
  return Object.entries(columns)
    .filter(([, { isFor }]) => isFor?.(tools) !== false)
    .map(([key, { header, ...column }]) => ({ ...column, key, label: tools.t(header) }));
}
