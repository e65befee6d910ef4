import { useQuery } from '@urql/vue';
import { computed, nextTick } from 'vue';
import { CustomFieldsDocument } from '../generated/custom-fields/graphql';
import { useLastData } from '../ui/useLastData';
import type { FieldsOfEntity } from './custom-fields-form';

/** The declared fields of one entity as they are stored. */
export function useCustomFields(id: () => string) {
  const query = useQuery({
    query: CustomFieldsDocument,
    variables: computed(() => ({ id: id() })),
    requestPolicy: 'cache-and-network',
  });
  const { kept, loading, failed } = useLastData(query);
  const set = computed(() => {
    const node = kept.value?.node;
    return node && 'customFieldSet' in node && node.id === id() ? node.customFieldSet : null;
  });
  const fields = computed(() => set.value?.fields ?? []);

  async function reload(): Promise<void> {
    await query.executeQuery({ requestPolicy: 'network-only' });
    // Until the response has reached the page.
    await nextTick();
  }

  /** What a form changes. */
  const entity = computed<FieldsOfEntity>(() => ({
    id: id(),
    version: set.value?.version ?? null,
    fields: fields.value,
  }));
  return { fields, entity, loading, failed, reload };
}
