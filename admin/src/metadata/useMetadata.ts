import { useClientHandle, useQuery } from '@urql/vue';
import { computed, nextTick } from 'vue';
import { onVersion } from '../app/seen-version';
import type { Answer } from '../app/useIntent';
import { MetadataDocument, MetadataUpdateDocument } from '../generated/metadata/graphql';
import { useLastData } from '../ui/useLastData';
import type { MetadataChanges, StoredMetadata } from './metadata-draft';

/** The metadata of one entity: reading it, and writing changes on the version that was read. */
export function useMetadata(id: () => string) {
  const handle = useClientHandle();
  const query = useQuery({
    query: MetadataDocument,
    variables: computed(() => ({ id: id() })),
    requestPolicy: 'cache-and-network',
  });
  const { kept, loading, failed } = useLastData(query);
  const node = computed(() => {
    const found = kept.value?.node;
    return found && 'publicMetadata' in found && found.id === id() ? found : null;
  });
  const stored = computed<StoredMetadata>(() => ({
    metadata: node.value?.metadata ?? [],
    publicMetadata: node.value?.publicMetadata ?? [],
  }));

  async function reload(): Promise<void> {
    await query.executeQuery({ requestPolicy: 'network-only' });
    // Until the response has reached the page.
    await nextTick();
  }

  function update(changes: MetadataChanges): Promise<Answer> {
    return onVersion(node.value?.metadataVersion, async (expectedVersion) => {
      const input = { nodeId: id(), expectedVersion, ...changes };
      const result = await handle.client.mutation(MetadataUpdateDocument, { input });
      return { result, userErrors: result.data?.metadataUpdate.errors };
    });
  }

  return { stored, loading, failed, reload, update };
}
