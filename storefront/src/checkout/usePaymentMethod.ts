import { computed, ref, type ComputedRef, type WritableComputedRef } from 'vue';
import type { PaymentMethod } from '../generated/checkout/graphql';
import type { CheckoutCart } from './useCheckout';

/** How the buyer wants to pay, and the cart with what is due then. */
export function usePaymentMethod(cart: () => CheckoutCart | null | undefined): {
  method: WritableComputedRef<PaymentMethod>;
  cartToPay: ComputedRef<CheckoutCart | null | undefined>;
} {
  const chosen = ref<PaymentMethod | null>(null);
  // What was chosen may not be offered any more where the goods now go.
  const method = computed<PaymentMethod>({
    get() {
      const methods = cart()?.paymentMethods ?? [];
      return methods.find((offered) => offered === chosen.value) ?? methods[0] ?? 'CARD';
    },
    set: (choice) => (chosen.value = choice),
  });
  const cartToPay = computed(() => {
    const shown = cart();
    if (!shown || method.value === 'CARD') return shown;
    return { ...shown, tenders: shown.tendersOffline, due: shown.dueOffline };
  });
  return { method, cartToPay };
}
