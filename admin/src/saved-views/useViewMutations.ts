import { useClientHandle } from '@urql/vue';
import { useI18n } from 'vue-i18n';
import { useIntent } from '../app/useIntent';
import {
  SavedViewCreateDocument,
  SavedViewDefaultSetDocument,
  SavedViewDeleteDocument,
  SavedViewReorderDocument,
  SavedViewUpdateDocument,
} from '../generated/saved-views/graphql';
import type { SavedViewCreateInput, ViewTabFragment } from '../generated/saved-views/graphql';

interface ViewChange {
  name?: string;
  isShared?: boolean;
  address?: string;
}

/** Its answer holds no view by which the cache would know what to read again. */
const OF_VIEWS = { additionalTypenames: ['SavedView'] };

/** The mutations of the views of a list. Each says what it did in a notice, and returns false when it was refused. */
export function useViewMutations(list: string) {
  const { t } = useI18n();
  const { client } = useClientHandle();
  const intent = useIntent();

  return {
    intent,

    /** Returns the new view; null when it was refused. */
    async create(input: Omit<SavedViewCreateInput, 'list'>): Promise<ViewTabFragment | null> {
      let made: ViewTabFragment | null = null;
      await intent.send(
        async () => {
          const result = await client.mutation(SavedViewCreateDocument, { input: { ...input, list } });
          made = result.data?.savedViewCreate.view ?? null;
          return { result, userErrors: result.data?.savedViewCreate.errors };
        },
        t('views.saved', { name: input.name }),
      );
      return made;
    },

    update: ({ id, version, name }: ViewTabFragment, change: ViewChange): Promise<boolean> =>
      intent.send(
        async () => {
          const input = { viewId: id, expectedVersion: version, ...change };
          const result = await client.mutation(SavedViewUpdateDocument, { input });
          return { result, userErrors: result.data?.savedViewUpdate.errors };
        },
        t('views.saved', { name: change.name ?? name }),
      ),

    remove: ({ id, name }: ViewTabFragment): Promise<boolean> =>
      intent.send(
        async () => {
          const input = { viewId: id };
          const result = await client.mutation(SavedViewDeleteDocument, { input }, OF_VIEWS);
          return { result, userErrors: result.data?.savedViewDelete.errors };
        },
        t('views.deleted', { name }),
      ),

    reorder: (isShared: boolean, viewIds: string[]): Promise<boolean> =>
      intent.send(async () => {
        const result = await client.mutation(SavedViewReorderDocument, {
          input: { list, isShared, viewIds },
        });
        return { result, userErrors: result.data?.savedViewReorder.errors };
      }, t('views.moved')),

    setFirst: ({ id, name }: ViewTabFragment, isFirst: boolean): Promise<boolean> =>
      intent.send(
        async () => {
          const input = { list, viewId: isFirst ? id : null };
          const result = await client.mutation(SavedViewDefaultSetDocument, { input });
          return { result, userErrors: result.data?.savedViewDefaultSet.errors };
        },
        t(isFirst ? 'views.isFirst' : 'views.isNotFirst', { name }),
      ),
  };
}
