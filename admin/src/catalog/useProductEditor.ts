import { useQuery } from '@urql/vue';
import { computed } from 'vue';
import { StaffProductDocument } from '../generated/catalog/graphql';
import { useForm } from '../ui/forms/useForm';
import { useLastData } from '../ui/useLastData';
import { productForm } from './product-form';

/** The form of one product with what it is read by. */
export function useProductEditor(id: () => string) {
  const query = useQuery({
    query: StaffProductDocument,
    variables: computed(() => ({ id: id() })),
    requestPolicy: 'cache-and-network',
  });
  const { kept, loading, failed } = useLastData(query);
  const product = computed(() => kept.value?.staffProduct ?? null);
  const reload = async (): Promise<void> => {
    await query.executeQuery({ requestPolicy: 'network-only' });
  };
  const form = useForm(productForm, () => product.value ?? undefined, reload);
  return { product, form, reload, loading, failed };
}

export type EditedProduct = NonNullable<ReturnType<typeof useProductEditor>['product']['value']>;
