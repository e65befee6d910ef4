import { useClientHandle, useQuery } from '@urql/vue';
import { computed, nextTick, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useIntent } from '../app/useIntent';
import { CategoriesDocument, CategoryMoveDocument } from '../generated/categories/graphql';
import { useLastData } from '../ui/useLastData';
import { childrenOf } from './category-tree';
import type { TreePlace } from './category-tree';

/** The tree of categories, each before those below it, and moving one of them. */
export function useCategories() {
  const { t, n } = useI18n();
  const { client } = useClientHandle();
  const query = useQuery({
    query: CategoriesDocument,
    variables: {},
    requestPolicy: 'cache-and-network',
    // An empty shop returns none, and is to be read again when there is one.
    context: { additionalTypenames: ['Category'] },
  });
  const { kept, loading, failed } = useLastData(query);
  const categories = computed(() => kept.value?.categories ?? []);
  const intent = useIntent();
  /** What was done last, for who cannot see it. */
  const announcement = ref('');

  async function reload(): Promise<void> {
    await query.executeQuery({ requestPolicy: 'network-only' });
    // Until the response has reached the page.
    await nextTick();
  }

  /** Puts a category to another place, and the focus on it there. */
  async function moveCategory(id: string, place: TreePlace | null): Promise<void> {
    if (!place) return void (announcement.value = t('categories.noPlace'));
    const isMoved = await intent.send(async () => {
      const result = await client.mutation(CategoryMoveDocument, { input: { categoryId: id, ...place } });
      return { result, userErrors: result.data?.categoryMove.errors };
    }, t('categories.moved'));
    await reload();
    document.getElementById(rowId(id))?.focus();
    if (isMoved) announcement.value = whereIs(id);
  }

  function whereIs(id: string): string {
    const row = categories.value.find((category) => category.id === id);
    const beside = childrenOf(categories.value, row?.parent?.id ?? null);
    const at = beside.findIndex((other) => other.id === id);
    const [position, count] = [n(at + 1), n(beside.length)];
    return t('categories.movedTo', {
      name: row?.name,
      parent: row?.parent?.name ?? t('categories.top'),
      position,
      count,
    });
  }

  return {
    categories,
    loading,
    failed,
    reload,
    moveCategory,
    problems: intent.problems,
    busy: intent.busy,
    announcement,
  };
}

/** The id of the element that has the focus of a category's row. */
export const rowId = (categoryId: string): string => `category-${categoryId}`;
export type CategoryRow = ReturnType<typeof useCategories>['categories']['value'][number];
