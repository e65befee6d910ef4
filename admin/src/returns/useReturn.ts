import { useClientHandle, useQuery, useSubscription } from '@urql/vue';
import { computed, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { onVersion } from '../app/seen-version';
import { useIntent } from '../app/useIntent';
import type { Answer } from '../app/useIntent';
import {
  ReturnApproveDocument,
  ReturnDocument,
  ReturnExchangeDocument,
  ReturnOrderUpdatedDocument,
  ReturnReceiveDocument,
  ReturnRefundDocument,
  ReturnRejectDocument,
} from '../generated/returns/graphql';
import type { ReceivedLine } from './return-messages';
import { useLastData } from '../ui/useLastData';

/** One return with all its actions. After a concurrent change the user gets an error and the reloaded return. */
export function useReturn(id: () => string) {
  const { t } = useI18n();
  const handle = useClientHandle();
  const intent = useIntent();
  const query = useQuery({
    query: ReturnDocument,
    variables: computed(() => ({ id: id() })),
    requestPolicy: 'cache-and-network',
  });
  const { kept, loading, failed } = useLastData(query);
  const requested = computed(() => kept.value?.return ?? null);
  const reload = async (): Promise<void> => {
    await query.executeQuery({ requestPolicy: 'network-only' });
  };

  // The provider settles a refund after the response of the API; the order's events report when that is done.
  const changes = useSubscription({
    query: ReturnOrderUpdatedDocument,
    variables: computed(() => ({ orderId: requested.value?.order.id ?? '' })),
    pause: () => !requested.value,
  });
  watch(changes.data, (answer) => {
    if (answer?.orderUpdated.orderId === requested.value?.order.id) void reload();
  });

  async function run(
    send: (step: { returnId: string; expectedVersion: number; idempotencyKey: string }) => Promise<Answer>,
    done: string,
  ): Promise<boolean> {
    const current = requested.value;
    if (!current) return false;
    const isDone = await intent.send(
      (idempotencyKey) =>
        onVersion(current.version, (expectedVersion) =>
          send({ returnId: current.id, expectedVersion, idempotencyKey }),
        ),
      done,
    );
    if (!isDone && intent.userErrors.value[0]?.code !== 'NETWORK') await reload();
    return isDone;
  }

  const approve = (note: string): Promise<boolean> =>
    run(async (step) => {
      const result = await handle.client.mutation(ReturnApproveDocument, {
        input: { ...step, note: note || null },
      });
      return { result, userErrors: result.data?.returnApprove.errors };
    }, t('returns.approved'));

  const reject = (note: string): Promise<boolean> =>
    run(async (step) => {
      const result = await handle.client.mutation(ReturnRejectDocument, {
        input: { ...step, note: note || null },
      });
      return { result, userErrors: result.data?.returnReject.errors };
    }, t('returns.rejected'));

  const receive = (lines: ReceivedLine[]): Promise<boolean> =>
    run(async (step) => {
      const result = await handle.client.mutation(ReturnReceiveDocument, { input: { ...step, lines } });
      return { result, userErrors: result.data?.returnReceive.errors };
    }, t('returns.received'));

  /** With `amount`, in minor units, that amount is refunded instead of the value of the received units. */
  const refund = (sums: { shipping: number | null; amount: number | null }): Promise<boolean> =>
    run(async (step) => {
      const result = await handle.client.mutation(ReturnRefundDocument, { input: { ...step, ...sums } });
      return { result, userErrors: result.data?.returnRefund.errors };
    }, t('refund.done'));

  const exchange = (): Promise<boolean> =>
    run(async (input) => {
      const result = await handle.client.mutation(ReturnExchangeDocument, { input });
      return { result, userErrors: result.data?.returnExchange.errors };
    }, t('returns.exchanged'));

  const { busy, problems, begin, forget } = intent;
  return {
    requested,
    reload,
    loading,
    failed,
    steps: { busy, problems, begin, forget, approve, reject, receive, refund, exchange },
  };
}

export type ReturnView = NonNullable<ReturnType<typeof useReturn>['requested']['value']>;
export type ReturnSteps = ReturnType<typeof useReturn>['steps'];
