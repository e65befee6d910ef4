import { useClientHandle, useQuery } from '@urql/vue';
import { computed, nextTick } from 'vue';
import { onVersion } from '../app/seen-version';
import type { Answer } from '../app/useIntent';
import { CustomFieldsDocument, CustomFieldsUpdateDocument } from '../generated/custom-fields/graphql';
import { useLastData } from '../ui/useLastData';

/** The declared fields of one entity: reading them, and writing changes on the version that was read. */
export function useCustomFields(id: () => string) {
  const handle = useClientHandle();
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

  function update(values: { name: string; value: unknown }[]): Promise<Answer> {
    return onVersion(set.value?.version, async (expectedVersion) => {
      const input = { nodeId: id(), expectedVersion, values };
      const result = await handle.client.mutation(CustomFieldsUpdateDocument, { input });
      return { result, userErrors: result.data?.customFieldsUpdate.errors };
    });
  }

  return { fields, loading, failed, reload, update };
}
