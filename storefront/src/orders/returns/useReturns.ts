import { useMutation } from '@urql/vue';
import { makeIntent } from '@vitrine/client/intent-key';
import { ref, type Ref } from 'vue';
import { useErrorMessages } from '../../app/messages/error-messages';
import { useI18n } from '../../app/messages/i18n';
import {
  ReturnCancelDocument,
  ReturnRequestDocument,
  type ReturnReason,
  type ReturnResolution,
} from '../../generated/orders/graphql';
import type { OrderHandle } from '../order-view';

export interface RequestedReturn {
  lines: { orderLineId: string; quantity: number; exchangeVariantId?: string }[];
  reason: ReturnReason;
  resolution: ReturnResolution;
  comment: string | null;
  photoIds: string[];
}

export interface ReturnRequests {
  /** Returns true when the request was accepted, false with the errors in `problems`. */
  request: (requested: RequestedReturn) => Promise<boolean>;
  sending: Ref<boolean>;
  problems: Ref<string[]>;
}

/** Requests a return, once however often the button is pressed. */
export function useReturnRequest(handle: OrderHandle): ReturnRequests {
  const { t } = useI18n();
  const errorMessages = useErrorMessages();
  const intent = makeIntent();
  const { executeMutation } = useMutation(ReturnRequestDocument);
  const sending = ref(false);
  const problems = ref<string[]>([]);

  async function request(requested: RequestedReturn): Promise<boolean> {
    if (sending.value) return false;
    sending.value = true;
    problems.value = [];
    try {
      return await send(requested);
    } finally {
      sending.value = false;
    }
  }

  async function send(requested: RequestedReturn): Promise<boolean> {
    const { data, error } = await executeMutation({
      input: { ...handle, ...requested, idempotencyKey: intent.keyFor(requested) },
    });
    const payload = data?.returnRequest;
    if (error || !payload) {
      // The request may exist: the key is kept, so that pressing again returns the outcome.
      problems.value = [error?.graphQLErrors.length ? errorMessages.ofFailure(error) : t('return.uncertain')];
      return false;
    }
    intent.settled();
    problems.value = payload.errors.map(errorMessages.ofError);
    return payload.errors.length === 0;
  }

  return { request, sending, problems };
}

export interface ReturnCancelling {
  callOff: (returnId: string) => Promise<void>;
  busyId: Ref<string | null>;
  problems: Ref<string[]>;
}

/** Cancels a return request. */
export function useReturnCancel(handle: OrderHandle): ReturnCancelling {
  const errorMessages = useErrorMessages();
  const intent = makeIntent();
  const { executeMutation } = useMutation(ReturnCancelDocument);
  const busyId = ref<string | null>(null);
  const problems = ref<string[]>([]);

  async function callOff(returnId: string): Promise<void> {
    if (busyId.value) return;
    busyId.value = returnId;
    try {
      await send(returnId);
    } finally {
      busyId.value = null;
    }
  }

  async function send(returnId: string): Promise<void> {
    const orderToken = 'orderToken' in handle ? handle.orderToken : null;
    const { data, error } = await executeMutation({
      input: { returnId, orderToken, idempotencyKey: intent.keyFor({ returnId }) },
    });
    if (data) intent.settled();
    problems.value = errorMessages.ofOutcome(data?.returnCancel.errors, error);
  }

  return { callOff, busyId, problems };
}
