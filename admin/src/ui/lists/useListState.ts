import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { LocationQuery, LocationQueryRaw } from 'vue-router';

export const PAGE_SIZES = [25, 50, 100] as const;

export interface ListSpec<Sort extends string, Key extends string> {
  sorts: readonly Sort[];
  defaultSort: Sort;
  filters: readonly Key[];
}

export interface ListState<Sort extends string, Key extends string> {
  search: string;
  sort: Sort;
  size: number;
  filters: Record<Key, string[]>;
  after?: string;
  before?: string;
  /** The saved view that was opened last. */
  view?: string;
  /** The columns that are shown, where the address says so: those of a saved view. */
  columns?: string[];
}

/** Reads a list's state from the address. Unknown values are left out, so that an old link still opens. */
export function readListState<Sort extends string, Key extends string>(
  query: LocationQuery,
  spec: ListSpec<Sort, Key>,
): ListState<Sort, Key> {
  const sort = spec.sorts.find((candidate) => candidate === one(query['sort']));
  const size = PAGE_SIZES.find((candidate) => String(candidate) === one(query['size']));
  const after = one(query['after']);
  const before = one(query['before']);
  return {
    search: one(query['q']) ?? '',
    sort: sort ?? spec.defaultSort,
    size: size ?? PAGE_SIZES[0],
    filters: mapKeys(spec.filters, (key) => one(query[key])?.split(',').filter(Boolean) ?? []),
    ...(after ? { after } : before ? { before } : {}),
    ...optional('view', one(query['view'])),
    ...optional('columns', one(query['columns'])?.split(',').filter(Boolean)),
  };
}

/** The shortest address for a state: default values are left out. */
export function writeListState<Sort extends string, Key extends string>(
  state: ListState<Sort, Key>,
  spec: ListSpec<Sort, Key>,
): LocationQueryRaw {
  const query: LocationQueryRaw = {};
  if (state.search) query['q'] = state.search;
  if (state.sort !== spec.defaultSort) query['sort'] = state.sort;
  if (state.size !== PAGE_SIZES[0]) query['size'] = String(state.size);
  for (const key of spec.filters) {
    if (state.filters[key].length > 0) query[key] = state.filters[key].join(',');
  }
  if (state.after) query['after'] = state.after;
  else if (state.before) query['before'] = state.before;
  if (state.columns) query['columns'] = state.columns.join(',');
  if (state.view) query['view'] = state.view;
  return query;
}

export interface PageVariables {
  first?: number;
  after?: string;
  last?: number;
  before?: string;
}

/** The API's pagination arguments: forward from a cursor, or backward from one. */
export function pageVariables(
  state: Pick<ListState<string, string>, 'size' | 'after' | 'before'>,
): PageVariables {
  if (state.before) return { last: state.size, before: state.before };
  return state.after ? { first: state.size, after: state.after } : { first: state.size };
}

/** Keeps search, sort, filters, page size and cursor of a list in the address, so that back, reload and sharing work. */
export function useListState<Sort extends string, Key extends string>(spec: ListSpec<Sort, Key>) {
  const route = useRoute();
  const router = useRouter();
  const routeName = route.name;
  // During navigation the address already belongs to the next page, so the list keeps its last state.
  const state: ComputedRef<ListState<Sort, Key>> = computed((before) =>
    before && route.name !== routeName ? before : readListState(route.query, spec),
  );

  function show(next: ListState<Sort, Key>, how: 'push' | 'replace' = 'push'): void {
    void router[how]({ query: writeListState(next, spec) });
  }
  /** Anything but paging returns to the first page, because the cursor belongs to another order of rows. */
  function change(part: Partial<ListState<Sort, Key>>, how: 'push' | 'replace' = 'push'): void {
    show({ ...state.value, after: undefined, before: undefined, ...part }, how);
  }

  return {
    state,
    page: computed(() => pageVariables(state.value)),
    isFirstPage: computed(() => !state.value.after && !state.value.before),
    isNarrowed: computed(
      () => state.value.search !== '' || spec.filters.some((key) => state.value.filters[key].length > 0),
    ),
    setSearch: (search: string): void => change({ search: search.trim() }, 'replace'),
    setSort: (sort: Sort): void => change({ sort }),
    setSize: (size: number): void => change({ size }),
    setFilter: (key: Key, values: string[]): void =>
      change({ filters: { ...state.value.filters, [key]: values } }),
    setColumns: (columns: string[]): void => show({ ...state.value, columns }, 'replace'),
    clear: (): void => change({ search: '', filters: mapKeys(spec.filters, () => []) }),
    goAfter: (cursor: string): void => change({ after: cursor }),
    goBefore: (cursor: string): void => change({ before: cursor }),
    goFirst: (): void => change({}),
  };
}

export type ListController<Sort extends string, Key extends string> = ReturnType<
  typeof useListState<Sort, Key>
>;

const optional = <Name extends string, Value>(name: Name, value: Value | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { [K in Name]?: Value };

const one = (value: LocationQuery[string] | undefined): string | undefined =>
  (Array.isArray(value) ? value[0] : value) ?? undefined;

function mapKeys<Key extends string, Value>(
  keys: readonly Key[],
  make: (key: Key) => Value,
): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<Key, Value>;
}
