import { useClientHandle, useQuery } from '@urql/vue';
import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { messagesFor } from '../app/error-messages';
import { onVersion, readAgain } from '../app/seen-version';
import { useIntent } from '../app/useIntent';
import { errorsOf } from '../app/user-errors';
import {
  IntegrationsDocument,
  IntegrationTestDocument,
  IntegrationUpdateDocument,
} from '../generated/settings/graphql';
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

/** Saving, removing and trying out the values of one integration. */
export function useIntegration(shown: () => IntegrationCard, reload: () => Promise<void>) {
  const { t } = useI18n();
  const handle = useClientHandle();
  const intent = useIntent();
  const testing = ref(false);
  const testProblem = ref<string | null>(null);

  /** Stores or removes values; true when it is done. */
  async function save(values: readonly NewValue[]): Promise<boolean> {
    const { code, version } = shown();
    const isDone = await intent.send(
      () =>
        onVersion(version, async (expectedVersion) => {
          const input = { code, values: [...values], expectedVersion };
          const result = await handle.client.mutation(IntegrationUpdateDocument, { input });
          return { result, userErrors: result.data?.integrationUpdate.errors };
        }),
      t('integrations.saved'),
    );
    if (isDone || intent.userErrors.value.some(readAgain)) await reload();
    return isDone;
  }

  /** Tries the stored values out; what became of it is then the last test of the integration. */
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

  return {
    busy: intent.busy,
    problems: intent.problems,
    userErrors: intent.userErrors,
    forget: intent.forget,
    save,
    testing,
    testProblem,
    tryOut,
  };
}
