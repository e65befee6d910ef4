import { useClientHandle, useQuery } from '@urql/vue';
import { computed, ref } from 'vue';
import { messagesFor } from '../app/error-messages';
import { errorsOf } from '../app/user-errors';
import { IntegrationsDocument, IntegrationTestDocument } from '../generated/settings/graphql';
import type { IntegrationCardFragment } from '../generated/settings/graphql';
import { useLastData } from '../ui/useLastData';

export type IntegrationCard = IntegrationCardFragment;

/** A value to be stored; null removes what is. */
export interface NewValue {
  readonly name: string;
  readonly value: string | null;
}

/** The services outside the shop with what is known of their values. */
export function useIntegrations() {
  const query = useQuery({ query: IntegrationsDocument, variables: {}, requestPolicy: 'cache-and-network' });
  const { kept, loading, failed } = useLastData(query);
  const reload = async (): Promise<void> => {
    await query.executeQuery({ requestPolicy: 'network-only' });
  };
  return { integrations: computed(() => kept.value?.integrations ?? []), loading, failed, reload };
}

/** Trying the stored values of one integration out; what became of it is then its last test. */
export function useIntegrationTest(shown: () => IntegrationCard, reload: () => Promise<void>) {
  const handle = useClientHandle();
  const testing = ref(false);
  const testProblem = ref<string | null>(null);

  async function tryOut(): Promise<void> {
    if (testing.value) return;
    testing.value = true;
    testProblem.value = null;
    const result = await handle.client.mutation(IntegrationTestDocument, { input: { code: shown().code } });
    const [error] = errorsOf(result, result.data?.integrationTest.errors);
    testProblem.value = error ? messagesFor(error) : null;
    await reload();
    testing.value = false;
  }

  return { testing, testProblem, tryOut };
}
