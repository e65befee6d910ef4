import { useQuery } from '@urql/vue';
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useCartChanges } from '../app/messages/cart-changes';
import { useSession } from '../app/session';
import {
  CheckoutDocument,
  type Checkout_CartFragment,
  type CheckoutQuery,
} from '../generated/checkout/graphql';

export const checkoutSteps = ['contact', 'address', 'delivery', 'review'] as const;
export type CheckoutStepName = (typeof checkoutSteps)[number];
export type CheckoutCart = Checkout_CartFragment;

export interface CheckoutState {
  data: Ref<CheckoutQuery | undefined>;
  cart: ComputedRef<CheckoutCart | null | undefined>;
  step: ComputedRef<CheckoutStepName>;
  isDone: (step: CheckoutStepName) => boolean;
  goTo: (step: CheckoutStepName) => Promise<void>;
  advance: () => Promise<void>;
  isLoading: ComputedRef<boolean>;
  hasFailed: ComputedRef<boolean>;
}

/**
 * The current step of the checkout.
 *
 * The step is in the address, so that the back button works; steps after the first incomplete one cannot be opened.
 */
export function useCheckout(): CheckoutState {
  const route = useRoute();
  const router = useRouter();
  const { customer } = useSession();
  // Waits for the session, because with an expired access cookie a customer would look like a guest.
  const isPaused = computed(() => customer.value === undefined);
  const { data, fetching, error, executeQuery } = useQuery({
    query: CheckoutDocument,
    variables: {},
    pause: isPaused,
    requestPolicy: 'cache-and-network',
  });
  useCartChanges(() => {
    if (!isPaused.value) void executeQuery({ requestPolicy: 'network-only' });
  });
  const cart = computed(() => data.value?.cart);
  const wasLoaded = ref(false);
  watch(data, (loaded) => loaded && (wasLoaded.value = true));

  const firstMissing = computed<CheckoutStepName>(() =>
    firstMissingStep(cart.value?.missingSteps ?? ['CONTACT']),
  );
  const step = computed<CheckoutStepName>(() => {
    const asked = checkoutSteps.find((name) => name === route.query.step);
    if (!asked) return firstMissing.value;
    return indexOf(asked) <= indexOf(firstMissing.value) ? asked : firstMissing.value;
  });

  // Written to the address once known; otherwise the step would change by itself when a response completes it.
  watch(wasLoaded, (loaded) => {
    if (loaded && !route.query.step) void router.replace({ query: { step: firstMissing.value } });
  });

  async function goTo(next: CheckoutStepName): Promise<void> {
    await router.push({ query: { step: next } });
  }

  return {
    data,
    cart,
    step,
    isDone: (name) => indexOf(name) < indexOf(firstMissing.value),
    goTo,
    advance: () => goTo(checkoutSteps[indexOf(step.value) + 1] ?? 'review'),
    isLoading: computed(() => !wasLoaded.value && (isPaused.value || fetching.value)),
    hasFailed: computed(() => Boolean(error.value) && !data.value),
  };
}

/** The checkout step of each of the API's missing steps. */
export function firstMissingStep(missing: readonly string[]): CheckoutStepName {
  if (missing.includes('CONTACT')) return 'contact';
  if (missing.includes('SHIPPING_ADDRESS')) return 'address';
  // The phone number belongs to the address step, or to the delivery step if only the shipping method requires it.
  return missing.includes('SHIPPING_METHOD') || missing.includes('PHONE') ? 'delivery' : 'review';
}

function indexOf(step: CheckoutStepName): number {
  return checkoutSteps.indexOf(step);
}
