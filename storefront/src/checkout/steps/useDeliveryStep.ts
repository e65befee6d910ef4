import { useMutation } from '@urql/vue';
import { computed, nextTick, ref } from 'vue';
import { leadToTrouble } from '../../app/forms/lead-to-trouble';
import { userErrorsOf } from '../../app/forms/user-errors';
import {
  CartContactUpdateDocument,
  CartShippingMethodSelectDocument,
} from '../../generated/checkout/graphql';
import type { CheckoutCart } from '../useCheckout';
import { useMissingPhone } from './useMissingPhone';
import { useCheckoutMessages, useSignedOut } from '../useSignedOut';

/** The choice of a shipping method, with the phone number where the method requires one and none is known yet. */
export function useDeliveryStep(props: { cart: CheckoutCart }, done: () => void) {
  const errorMessages = useCheckoutMessages();
  const { noteUserErrors } = useSignedOut();
  const { executeMutation: saveMethod } = useMutation(CartShippingMethodSelectDocument);
  const { executeMutation: saveContact } = useMutation(CartContactUpdateDocument);
  const chosenId = ref<string | null>(
    props.cart.shippingMethod?.shippingMethodId ?? props.cart.shippingMethods[0]?.shippingMethodId ?? null,
  );
  const problems = ref<string[]>([]);
  const isSending = ref(false);
  const asksPhone = computed(() => {
    const chosen = props.cart.shippingMethods.find(
      ({ shippingMethodId }) => shippingMethodId === chosenId.value,
    );
    return Boolean(chosen?.phoneRequired) && !props.cart.phone && !props.cart.shippingAddress?.phone;
  });
  const { phone, phoneError, check } = useMissingPhone('', () => asksPhone.value);

  async function select(event: Event): Promise<void> {
    const form = event.currentTarget as HTMLElement;
    if (!chosenId.value || isSending.value) return;
    problems.value = [];
    isSending.value = true;
    try {
      const isTaken = check() && (!asksPhone.value || (await savePhone())) && (await choose(chosenId.value));
      if (isTaken) return done();
    } finally {
      isSending.value = false;
    }
    await nextTick();
    leadToTrouble(form);
  }

  /** Returns whether the phone number was saved; its error is shown at the field. */
  async function savePhone(): Promise<boolean> {
    const input = { email: props.cart.email ?? '', phone: phone.value };
    const { data, error } = await saveContact({ input });
    const errors = data?.cartContactUpdate.errors;
    noteUserErrors(errors);
    const [userError] = userErrorsOf(errors, error, errorMessages);
    if (userError?.path?.at(-1) === 'phone') phoneError.value = userError.message;
    else if (userError) problems.value = [userError.message];
    return !userError;
  }

  async function choose(shippingMethodId: string): Promise<boolean> {
    const { data, error } = await saveMethod({ input: { shippingMethodId } });
    const errors = data?.cartShippingMethodSelect.errors;
    noteUserErrors(errors);
    problems.value = errorMessages.ofOutcome(errors, error);
    return !problems.value.length;
  }

  return { chosenId, problems, isSending, asksPhone, phone, phoneError, select };
}
