import { useClientHandle, useQuery } from '@urql/vue';
import { computed, ref } from 'vue';
import { messagesFor } from '../app/error-messages';
import { errorsOf } from '../app/user-errors';
import { IntegrityHistoryDocument, IntegrityReportDocument } from '../generated/system/graphql';
import type { ReportFragment } from '../generated/system/graphql';

const NIGHTS = 14;

/** The integrity checks: run on demand, with the results of the nightly runs. */
export function useIntegrity() {
  const { client } = useClientHandle();
  const now = ref<ReportFragment | null>(null);
  const checking = ref(false);
  const problem = ref('');
  const history = useQuery({
    query: IntegrityHistoryDocument,
    variables: { first: NIGHTS },
    requestPolicy: 'cache-and-network',
  });
  const nights = computed(() => history.data.value?.integrityHistory ?? []);

  async function check(): Promise<void> {
    if (checking.value) return;
    checking.value = true;
    const result = await client.query(IntegrityReportDocument, {}, { requestPolicy: 'network-only' });
    checking.value = false;
    const [first] = errorsOf(result);
    problem.value = first ? messagesFor(first) : '';
    if (result.data) now.value = result.data.integrityReport;
  }

  return {
    /** The latest report: the one just made, else that of last night. */
    report: computed(() => now.value ?? nights.value[0] ?? null),
    nights,
    loading: computed(() => history.fetching.value && !history.data.value),
    failed: computed(() => Boolean(history.error.value) && !history.data.value),
    reload: (): void => void history.executeQuery({ requestPolicy: 'network-only' }),
    checking,
    problem,
    check,
  };
}

/** Failed checks first, those with most violations on top; the rest in the server's order. */
export const worstFirst = (checks: ReportFragment['checks']): ReportFragment['checks'] =>
  [...checks].sort((a, b) => b.violations - a.violations);
