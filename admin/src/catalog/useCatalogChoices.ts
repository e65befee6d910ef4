import { useQuery } from '@urql/vue';
import { computed } from 'vue';
import { CatalogChoicesDocument } from '../generated/catalog/graphql';
import type { CatalogCategoryFragment } from '../generated/catalog/graphql';

type Category = Omit<CatalogCategoryFragment, '__typename'>;

export interface CategoryChoice extends Category {
  depth: number;
}

/** Categories (as a list with depth), tags, attributes and tax classes of the shop, as choices. */
export function useCatalogChoices() {
  const { data, executeQuery } = useQuery({
    query: CatalogChoicesDocument,
    variables: {},
    context: {
      additionalTypenames: ['Tag', 'Category', 'TaxClass', 'TaxRate', 'ProductAttribute', 'AttributeValue'],
    },
  });
  return {
    categories: computed(() =>
      (data.value?.categories ?? []).map((category) => ({ ...category, depth: category.depth - 1 })),
    ),
    tags: computed(() => data.value?.tags ?? []),
    attributes: computed(() => data.value?.attributes ?? []),
    taxClasses: computed(() => data.value?.taxClasses ?? []),
    reload: async (): Promise<void> => {
      await executeQuery({ requestPolicy: 'network-only' });
    },
  };
}
