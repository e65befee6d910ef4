import { useClientHandle } from '@urql/vue';
import { computed, reactive } from 'vue';
import { OrderRefundPreviewDocument } from '../../generated/orders/graphql';
import { usePreview } from '../../ui/usePreview';
import { chargesLeft, emptyRefund, refundInput } from './refund-draft';
import type { OrderView } from '../useOrder';

/** The form of a refund, with the amount that the server calculates. */
export function useRefund(order: () => OrderView, currency: () => string) {
  const { client } = useClientHandle();
  const draft = reactive(emptyRefund([]));
  const input = computed(() => refundInput(order().id, draft, currency()));

  // The version is part of the input, so that the preview is requested again after a concurrent change.
  const { preview, checking, problems } = usePreview(
    () => (input.value ? { input: input.value, version: order().version } : null),
    async (question) => {
      const result = await client.query(
        OrderRefundPreviewDocument,
        { input: question.input },
        { requestPolicy: 'network-only' },
      );
      return { result, preview: result.data?.orderRefundPreview };
    },
  );

  return {
    draft,
    input,
    preview,
    checking,
    problems,
    begin: (): void => void Object.assign(draft, emptyRefund(order().lines, chargesLeft(order()))),
  };
}
