import { useQuery } from '@urql/vue';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { StaffProductsDocument } from '../generated/catalog/graphql';
import type { FilterChip, FilterField } from '../ui/lists/list';
import { useListRows } from '../ui/lists/useListQuery';
import { useListState } from '../ui/lists/useListState';
import { PRODUCT_STATUSES } from './product-fields';
import { AVAILABILITIES, productListSpec, toProductFilter } from './product-filter';
import type { ProductFilterKey } from './product-filter';
import { useCatalogChoices } from './useCatalogChoices';

const CONTEXT = { additionalTypenames: ['Product', 'ProductVariant'] };

/** The product list for the current address. */
export function useProductList() {
  const list = useListState(productListSpec);
  const variables = computed(() => ({
    ...list.page.value,
    search: list.state.value.search || null,
    filter: toProductFilter(list.state.value.filters),
    sort: list.state.value.sort,
  }));
  const query = useQuery({
    query: StaffProductsDocument,
    variables,
    requestPolicy: 'cache-and-network',
    context: CONTEXT,
  });
  const reload = (): void => {
    void query.executeQuery({ requestPolicy: 'network-only' });
  };
  return { list, reload, ...useListRows(query, (data) => data.staffProducts) };
}

/** Labels and chips of the filters of the product list. */
export function useProductFilterFields(chosen: () => Record<ProductFilterKey, string[]>) {
  const { t } = useI18n();
  const { categories, tags } = useCatalogChoices();

  const fields = computed((): (FilterField & { key: ProductFilterKey })[] => [
    {
      key: 'status',
      label: t('products.status'),
      kind: 'many',
      choices: PRODUCT_STATUSES.map((value) => ({ value, label: t(`productStatus.${value}`) })),
    },
    {
      key: 'availability',
      label: t('products.stock'),
      kind: 'many',
      choices: AVAILABILITIES.map((value) => ({ value, label: t(`availability.${value}`) })),
    },
    {
      key: 'category',
      label: t('products.category'),
      kind: 'one',
      choices: categories.value.map(({ slug, name, depth }) => ({
        value: slug,
        label: `${'— '.repeat(depth)}${name}`,
      })),
    },
    {
      key: 'tag',
      label: t('products.tag'),
      kind: 'one',
      choices: tags.value.map(({ slug, name }) => ({ value: slug, label: name })),
    },
  ]);
  const chips = computed((): (FilterChip & { key: ProductFilterKey })[] =>
    fields.value.flatMap((field) =>
      chosen()[field.key].map((value) => {
        const label = field.choices?.find((choice) => choice.value === value)?.label ?? value;
        return { key: field.key, value, text: `${field.label}: ${label.replace(/^(— )+/, '')}` };
      }),
    ),
  );
  return { fields, chips };
}
