import { useMutation } from '@urql/vue';
import { makeIntent } from '@vitrine/client/intent-key';
import { ref, type Ref } from 'vue';
import { useErrorMessages } from '../app/error-messages';
import { useI18n } from '../app/i18n';
import {
  ReturnCancelDocument,
  ReturnRequestDocument,
  type ReturnReason,
  type ReturnResolution,
} from '../generated/orders/graphql';
import type { OrderHandle } from './order-view';

export interface RequestedReturn {
  lines: { orderLineId: string; quantity: number; exchangeVariantId?: string }[];
  reason: ReturnReason;
  resolution: ReturnResolution;
  comment: string | null;
  photoIds: string[];
}

export interface ReturnRequests {
  /** True once the shop has the request; false when `problems` says why not. */
  request: (requested: RequestedReturn) => Promise<boolean>;
  sending: Ref<boolean>;
  problems: Ref<string[]>;
}

/** Asks to send something back, once however often it is pressed. */
export function useReturnRequest(handle: OrderHandle): ReturnRequests {
  const { t } = useI18n();
  const words = useErrorMessages();
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
      // The shop may have it: the key stays, so that pressing again finds out.
      problems.value = [error?.graphQLErrors.length ? words.ofFailure(error) : t('return.uncertain')];
      return false;
    }
    intent.settled();
    problems.value = payload.errors.map(words.ofError);
    return payload.errors.length === 0;
  }

  return { request, sending, problems };
}

export interface ReturnCancelling {
  callOff: (returnId: string) => Promise<void>;
  busyId: Ref<string | null>;
  problems: Ref<string[]>;
}

/** Calls a return off: the buyer keeps the pieces after all. */
export function useReturnCancel(handle: OrderHandle): ReturnCancelling {
  const words = useErrorMessages();
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
    problems.value = words.ofOutcome(data?.returnCancel.errors, error);
  }

  return { callOff, busyId, problems };
}
