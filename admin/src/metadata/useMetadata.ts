import { useQuery } from '@urql/vue';
import { computed, nextTick } from 'vue';
import { MetadataDocument } from '../generated/metadata/graphql';
import { useLastData } from '../ui/useLastData';
import type { MetadataOf } from './metadata-form';

/** The metadata of one entity as it is stored. */
export function useMetadata(id: () => string) {
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
  const stored = computed<MetadataOf>(() => ({
    id: id(),
    version: node.value?.metadataVersion ?? null,
    metadata: node.value?.metadata ?? [],
    publicMetadata: node.value?.publicMetadata ?? [],
  }));

  async function reload(): Promise<void> {
    await query.executeQuery({ requestPolicy: 'network-only' });
    // Until the response has reached the page.
    await nextTick();
  }

  return { stored, loading, failed, reload };
}
