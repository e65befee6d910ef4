import { useQuery } from '@urql/vue';
import { computed, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useSession } from '../app/session';
import type { Answer } from '../app/useIntent';
import { SavedViewsDocument } from '../generated/saved-views/graphql';
import type { ViewTabFragment } from '../generated/saved-views/graphql';
import { useViewRequests, useViewSteps } from './useViewMutations';
import { addressOf, ALL, queryOf } from './view-address';

/** What is written about a view. */
export interface ViewFields {
  name: string;
  isShared: boolean;
  isDefault: boolean;
}

/**
 * The views of a list, and what can be done with them.
 *
 * @param shown the columns that are shown, where the user chose them
 * @param isInUse whether the user has begun something with the rows, which another view would take away
 */
export function useSavedViews(
  list: string,
  { shown, isInUse }: { shown: () => readonly string[] | undefined; isInUse: () => boolean },
) {
  const { can } = useSession();
  const route = useRoute();
  const router = useRouter();
  const routeName = route.name;
  const requests = useViewRequests(list);
  const { intent, update, remove, reorder, setFirst } = useViewSteps(requests);
  const { data } = useQuery({
    query: SavedViewsDocument,
    variables: { list },
    pause: !can('VIEW_WRITE'),
    requestPolicy: 'cache-and-network',
    context: { additionalTypenames: ['SavedView'] },
  });
  const views = computed(() => data.value?.savedViews ?? []);
  const isHere = (): boolean => route.name === routeName;
  const openId = computed(() => (isHere() ? route.query['view'] : undefined));
  const current = computed(() => views.value.find(({ id }) => id === openId.value));
  const addressNow = computed(() => addressOf(route.query));
  /** What a view of this moment keeps: with the columns, where they were chosen in this browser. */
  const addressToKeep = computed(() => {
    const columns = shown();
    return addressOf({ ...route.query, ...(columns && { columns: columns.join(',') }) });
  });

  const queryFor = (view: ViewTabFragment) => ({ ...queryOf(view.address), view: view.id });
  /** The whole list. With a view that is shown first it has to be said that this one is not meant. */
  const all = computed(() => (views.value.some(({ isDefault }) => isDefault) ? { view: ALL } : {}));
  const groupOf = ({ isShared }: ViewTabFragment) =>
    views.value.filter((other) => other.isShared === isShared);

  // An address that asks for nothing opens the view that is shown first. It is read while the list loads: rows may be
  // there before it, and whoever has chosen some of them keeps them.
  watch(
    views,
    (now) => {
      const first = now.find(({ isDefault }) => isDefault);
      const isPlain = isHere() && Object.keys(route.query).length === 0;
      if (first && isPlain && !isInUse()) void router.replace({ query: queryFor(first) });
    },
    { immediate: true },
  );

  return {
    ...{ views, current, addressNow, addressToKeep, all, intent, groupOf, queryFor, update, setFirst },

    async create({ name, isShared, isDefault }: ViewFields): Promise<Answer> {
      const answer = await requests.create({ name, isShared, address: addressToKeep.value });
      if (answer.made && isDefault) await setFirst(answer.made, true);
      if (answer.made) await router.push({ query: queryFor(answer.made) });
      return answer;
    },

    /** Sends what differs: whoever may not change a shared view may still have it shown first. */
    async edit(view: ViewTabFragment, { name, isShared, isDefault }: ViewFields): Promise<Answer> {
      const isOther = name !== view.name || isShared !== view.isShared;
      const answer: Answer = isOther ? await requests.update(view, { name, isShared }) : { result: {} };
      const isRefused = answer.result.error || answer.userErrors?.length;
      return isRefused || isDefault === view.isDefault ? answer : requests.setFirst(view, isDefault);
    },

    async remove(view: ViewTabFragment): Promise<void> {
      const wasOpen = current.value?.id === view.id;
      if ((await remove(view)) && wasOpen) await router.push({ query: all.value });
    },

    /** Changes places with the view before or after it in its group. */
    async moveView(view: ViewTabFragment, by: 1 | -1): Promise<void> {
      const ids = groupOf(view).map(({ id }) => id);
      const at = ids.indexOf(view.id);
      const other = ids[at + by];
      if (other === undefined) return;
      ids[at] = other;
      ids[at + by] = view.id;
      await reorder(view.isShared, ids);
    },
  };
}

export type SavedViews = ReturnType<typeof useSavedViews>;
