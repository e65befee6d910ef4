import { useQuery } from '@urql/vue';
import { computed } from 'vue';
import { CatalogChoicesDocument } from '../generated/catalog/graphql';
import type { CatalogCategoryFragment } from '../generated/catalog/graphql';

type Category = Omit<CatalogCategoryFragment, '__typename'>;

export interface CategoryChoice extends Category {
  depth: number;
}

type CategoryBranch = Category & { children?: CategoryBranch[] };

/** Categories (as a list with depth), tags, attributes and tax classes of the shop, as choices. */
export function useCatalogChoices() {
  const { data } = useQuery({
    query: CatalogChoicesDocument,
    variables: {},
    context: { additionalTypenames: ['Tag'] },
  });
  return {
    categories: computed(() => flatten(data.value?.categoryTree ?? [], 0)),
    tags: computed(() => data.value?.tags ?? []),
    attributes: computed(() => data.value?.attributes ?? []),
    taxClasses: computed(() => data.value?.taxClasses ?? []),
  };
}

function flatten(branches: readonly CategoryBranch[], depth: number): CategoryChoice[] {
  return branches.flatMap((branch) => [
    { id: branch.id, slug: branch.slug, name: branch.name, depth },
    ...flatten(branch.children ?? [], depth + 1),
  ]);
}
