import { useMutation } from '@urql/vue';
import { makeIntent } from '@vitrine/client/intent-key';
import { ref, type Ref } from 'vue';
import { useErrorMessages } from '../app/messages/error-messages';
import { useI18n } from '../app/messages/i18n';
import { OrderCancelByCustomerDocument } from '../generated/orders/graphql';
import type { OrderHandle } from './order-view';

export interface CancelOrder {
  /** Returns true when the order was cancelled, false with the errors in `problems`. */
  cancel: (reason: string) => Promise<boolean>;
  cancelling: Ref<boolean>;
  problems: Ref<string[]>;
}

/** Cancels an order, once however often the button is pressed. */
export function useCancelOrder(handle: OrderHandle): CancelOrder {
  const { t } = useI18n();
  const errorMessages = useErrorMessages();
  const intent = makeIntent();
  const { executeMutation } = useMutation(OrderCancelByCustomerDocument);
  const cancelling = ref(false);
  const problems = ref<string[]>([]);

  async function cancel(reason: string): Promise<boolean> {
    if (cancelling.value) return false;
    cancelling.value = true;
    problems.value = [];
    try {
      return await send(reason);
    } finally {
      cancelling.value = false;
    }
  }

  async function send(reason: string): Promise<boolean> {
    const requested = { ...handle, reason: reason.trim() || null };
    const { data, error } = await executeMutation({
      input: { ...requested, idempotencyKey: intent.keyFor(requested) },
    });
    const payload = data?.orderCancelByCustomer;
    if (error || !payload) {
      // The order may be cancelled: the key is kept, so that pressing again returns the outcome.
      problems.value = [error?.graphQLErrors.length ? errorMessages.ofFailure(error) : t('cancel.uncertain')];
      return false;
    }
    intent.settled();
    problems.value = payload.errors.map(errorMessages.ofError);
    return payload.errors.length === 0;
  }

  return { cancel, cancelling, problems };
}
