import { useClientHandle } from '@urql/vue';
import { useI18n } from 'vue-i18n';
import { useIntent } from '../app/useIntent';
import type { Answer } from '../app/useIntent';
import {
  SavedViewCreateDocument,
  SavedViewDefaultSetDocument,
  SavedViewDeleteDocument,
  SavedViewReorderDocument,
  SavedViewUpdateDocument,
} from '../generated/saved-views/graphql';
import type { SavedViewCreateInput, ViewTabFragment } from '../generated/saved-views/graphql';

export interface ViewChange {
  name?: string;
  isShared?: boolean;
  address?: string;
}

/** Its answer holds no view by which the cache would know what to read again. */
const OF_VIEWS = { additionalTypenames: ['SavedView'] };

/** The mutations of the views of a list, as a form sends them. */
export function useViewRequests(list: string) {
  const { client } = useClientHandle();
  return {
    /** `made` is the new view; null when it was refused. */
    async create(
      input: Omit<SavedViewCreateInput, 'list'>,
    ): Promise<Answer & { made: ViewTabFragment | null }> {
      const result = await client.mutation(SavedViewCreateDocument, { input: { ...input, list } });
      const { view = null, errors } = result.data?.savedViewCreate ?? {};
      return { result, userErrors: errors, made: view };
    },

    async update({ id, version }: ViewTabFragment, change: ViewChange): Promise<Answer> {
      const input = { viewId: id, expectedVersion: version, ...change };
      const result = await client.mutation(SavedViewUpdateDocument, { input });
      return { result, userErrors: result.data?.savedViewUpdate.errors };
    },

    async remove({ id }: ViewTabFragment): Promise<Answer> {
      const input = { viewId: id };
      const result = await client.mutation(SavedViewDeleteDocument, { input }, OF_VIEWS);
      return { result, userErrors: result.data?.savedViewDelete.errors };
    },

    async reorder(isShared: boolean, viewIds: string[]): Promise<Answer> {
      const result = await client.mutation(SavedViewReorderDocument, { input: { list, isShared, viewIds } });
      return { result, userErrors: result.data?.savedViewReorder.errors };
    },

    /** Makes it the view that the list opens with, or none. */
    async setFirst({ id }: ViewTabFragment, isFirst: boolean): Promise<Answer> {
      const input = { list, viewId: isFirst ? id : null };
      const result = await client.mutation(SavedViewDefaultSetDocument, { input });
      return { result, userErrors: result.data?.savedViewDefaultSet.errors };
    },
  };
}

type Requests = ReturnType<typeof useViewRequests>;

/** The steps of the menu of a view. Each says what it did in a notice, and returns false when it was refused. */
export function useViewSteps(requests: Requests) {
  const { t } = useI18n();
  const intent = useIntent();
  return {
    intent,
    update: (view: ViewTabFragment, change: ViewChange): Promise<boolean> =>
      intent.send(() => requests.update(view, change), t('views.saved', { name: change.name ?? view.name })),
    remove: (view: ViewTabFragment): Promise<boolean> =>
      intent.send(() => requests.remove(view), t('views.deleted', { name: view.name })),
    reorder: (isShared: boolean, viewIds: string[]): Promise<boolean> =>
      intent.send(() => requests.reorder(isShared, viewIds), t('views.moved')),
    setFirst: (view: ViewTabFragment, isFirst: boolean): Promise<boolean> =>
      intent.send(
        () => requests.setFirst(view, isFirst),
        t(isFirst ? 'views.isFirst' : 'views.isNotFirst', { name: view.name }),
      ),
  };
}
