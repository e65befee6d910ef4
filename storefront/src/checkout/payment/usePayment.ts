import { useClientHandle } from '@urql/vue';
import { computed, onBeforeUnmount, onMounted, ref, type ComputedRef, type Ref } from 'vue';
import {
  PaymentStatusRefreshDocument,
  PayOrderDocument,
  type PaymentProgressFragment,
  type PayOrderMutation,
  type WarningCode,
} from '../../generated/checkout/graphql';

type Begun = PayOrderMutation['paymentSessionCreate'];
type OrderToPay = NonNullable<Begun['paymentStatus']>['order'];
export type PaymentSession = NonNullable<Begun['paymentSession']>;

/** The state of the payment page. "waiting" is the time between the customer's confirmation and the bank's. */
export type PayStage = 'loading' | 'missing' | 'failed' | 'pay' | 'waiting' | 'paid' | 'closed';

export interface PaymentStatus {
  stage: ComputedRef<PayStage>;
  session: Ref<PaymentSession | null>;
  progress: Ref<PaymentProgressFragment | null>;
  /** The order; set by the first response and kept. */
  order: Ref<OrderToPay | null>;
  /** True when waiting takes unusually long. */
  isLate: Ref<boolean>;
  /** True while the payment provider is unreachable. */
  isUnreachable: Ref<boolean>;
  /** Applies the status returned by a mutation. */
  accept: (status: PaymentProgressFragment) => void;
  /** Starts polling the status until it is final, after the customer has confirmed. */
  wait: () => void;
  load: () => Promise<void>;
}

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 5000;
/** Most banks respond within this time; the others need hours. */
const LATE_AFTER = 20_000;

/** The payment of an order. All state comes from the API, so a reload or the back button loses nothing. */
export function usePayment(orderToken: string): PaymentStatus {
  const { client } = useClientHandle();
  const session = ref<PaymentSession | null>(null);
  const progress = ref<PaymentProgressFragment | null>(null);
  const order = ref<OrderToPay | null>(null);
  const isLate = ref(false);
  const isUnreachable = ref(false);
  const hasLoaded = ref(false);
  const hasFailed = ref(false);
  const isConfirmed = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = FIRST_PAUSE;
  let waitingSince: number | null = null;

  const stage = computed<PayStage>(() => {
    if (hasFailed.value && !progress.value) return 'failed';
    if (!hasLoaded.value) return 'loading';
    if (!progress.value) return 'missing';
    return stageOf(
      progress.value,
      isConfirmed.value && !progress.value.failureCode,
      Boolean(session.value?.clientSecret),
    );
  });

  async function load(): Promise<void> {
    hasFailed.value = false;
    const { data, error } = await client.mutation(PayOrderDocument, { orderToken }).toPromise();
    hasFailed.value = Boolean(error);
    if (data) begin(data.paymentSessionCreate);
    // After the first response, a network failure or a rate limit only delays the next poll.
    if (stage.value === 'waiting') askLater();
  }

  function begin({ paymentSession, paymentStatus, warnings }: Begun): void {
    session.value = paymentSession ?? null;
    progress.value = paymentStatus ?? null;
    order.value = paymentStatus?.order ?? order.value;
    isUnreachable.value = warnings.some(saysUnreachable);
    hasLoaded.value = true;
  }

  function askLater(): void {
    waitingSince ??= Date.now();
    isLate.value = Date.now() - waitingSince > LATE_AFTER;
    clearTimeout(timer);
    timer = setTimeout(() => void askAgain(), pause);
    pause = Math.min(pause * 1.5, LONGEST_PAUSE);
  }

  async function askAgain(): Promise<void> {
    // A session that is still being created has no client secret yet, so the whole payment is reloaded, not only its status.
    if (!session.value?.clientSecret && !isConfirmed.value) {
      await load();
      return;
    }
    const { data } = await client.mutation(PaymentStatusRefreshDocument, { orderToken }).toPromise();
    isUnreachable.value = data?.paymentStatusRefresh.warnings.some(saysUnreachable) ?? isUnreachable.value;
    if (data?.paymentStatusRefresh.paymentStatus) accept(data.paymentStatusRefresh.paymentStatus);
    if (stage.value === 'waiting') askLater();
  }

  function accept(status: PaymentProgressFragment): void {
    progress.value = status;
    if (status.failureCode && status.canPay) {
      isConfirmed.value = false;
      waitingSince = null;
    }
  }

  function wait(): void {
    isConfirmed.value = true;
    // The decline reason of the last attempt would look like one of this attempt.
    if (progress.value) progress.value = { ...progress.value, failureCode: null };
    waitingSince = null;
    pause = FIRST_PAUSE;
    askLater();
  }

  /** A page that is restored from the back/forward cache may be outdated. */
  function wakeUp(event: Event): void {
    const isFromMemory = event.type === 'pageshow' && (event as PageTransitionEvent).persisted;
    const isSeenAgain = event.type === 'visibilitychange' && document.visibilityState === 'visible';
    if (isFromMemory) void load();
    else if (isSeenAgain && stage.value === 'waiting') void askAgain();
  }

  onMounted(() => {
    void load();
    addEventListener('pageshow', wakeUp);
    document.addEventListener('visibilitychange', wakeUp);
  });
  onBeforeUnmount(() => {
    clearTimeout(timer);
    removeEventListener('pageshow', wakeUp);
    document.removeEventListener('visibilitychange', wakeUp);
  });

  return { stage, session, progress, order, isLate, isUnreachable, accept, wait, load };
}

function saysUnreachable({ code }: { code: WarningCode }): boolean {
  return code === 'PAYMENT_UNREACHABLE';
}

export function stageOf(
  { status, canPay, isFinal }: Pick<PaymentProgressFragment, 'status' | 'canPay' | 'isFinal'>,
  isConfirmed: boolean,
  hasSecret: boolean,
): PayStage {
  if (status === 'CAPTURED' || (isFinal && status === 'AUTHORIZED')) return 'paid';
  if (isFinal) return 'closed';
  return canPay && hasSecret && !isConfirmed ? 'pay' : 'waiting';
}
