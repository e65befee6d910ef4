import { useQuery } from '@urql/vue';
import { computed } from 'vue';
import { EditableOrderDocument } from '../generated/order-editing/graphql';
import { useLastData } from '../ui/useLastData';

/**
 * The order of a draft or an edit as it is stored, always read from the server. While it is read again, and when that
 * fails, the last one stays. Without an id there is none.
 */
export function useEditableOrder(id: () => string | undefined, withCustomer: () => boolean = () => false) {
  const query = useQuery({
    query: EditableOrderDocument,
    variables: computed(() => ({ id: id() ?? '', withCustomer: withCustomer() })),
    pause: () => !id(),
    requestPolicy: 'network-only',
  });
  const { kept, loading, failed } = useLastData(query);
  const readAgain = async (): Promise<void> =>
    void (await query.executeQuery({ requestPolicy: 'network-only' }));
  return {
    order: computed(() => kept.value?.order ?? null),
    loading: computed(() => Boolean(id()) && loading.value),
    failed,
    readAgain,
    /** The same for a button that does not wait. */
    reload: (): void => void readAgain(),
  };
}
