import { useMutation } from '@urql/vue';
import { computed, nextTick, ref, watch } from 'vue';
import { useAddressForm } from '../../addresses/useAddressForm';
import { addressFields, toAddressInput, type AddressLike } from '../../app/forms/address-form';
import { leadToTrouble } from '../../app/forms/lead-to-trouble';
import { userErrorsOf } from '../../app/forms/user-errors';
import { typedBefore } from '../../app/forms/typed-text';
import type { FormError } from '../../app/forms/use-form';
import { CartAddressesUpdateDocument, type CheckoutQuery } from '../../generated/checkout/graphql';
import { useShop } from '../../app/shop';
import { useMissingPhone } from './useMissingPhone';
import { usePhoneRequired } from './usePhoneRequired';
import { useCheckoutMessages, useSignedOut } from '../useSignedOut';
import type { CheckoutCart } from '../useCheckout';

type Customer = CheckoutQuery['me'];
export const NEW_ADDRESS = 'new';

/** Shipping and billing address of the cart, saved ones or new ones. */
export function useAddressStep(cart: CheckoutCart, customer: Customer, done: () => void) {
  const errorMessages = useCheckoutMessages();
  const { noteUserErrors } = useSignedOut();
  const { executeMutation } = useMutation(CartAddressesUpdateDocument);
  const { saved, chosenId, chosen } = useSavedAddresses(cart, customer);
  const billingSame = ref(typedBefore('billing') ? false : cart.billingSameAsShipping);
  const problems = ref<string[]>([]);
  const isSending = ref(false);

  const home = useShop().value?.homeCountry ?? '';
  const start = cart.shippingAddress ?? { ...nameOf(customer, cart.phone), countryCode: home };
  const shipping = useAddressForm(addressFields(start, home), async () => [], {
    at: ['shippingAddress'],
    keep: 'shipping',
    needsPhone: () => phoneRequired.value,
  });
  const phoneRequired = usePhoneRequired(() => chosen.value?.countryCode ?? shipping.values.countryCode);
  // A saved address without a phone number needs one where the shipping method requires it.
  const asksPhone = computed(() => chosen.value !== null && !chosen.value.phone && !cart.phone);
  const missingPhone = useMissingPhone(
    cart.phone ?? customer?.phone,
    () => asksPhone.value && phoneRequired.value,
  );
  const { phone, phoneError } = missingPhone;
  watch(chosen, () => (phoneError.value = undefined));
  const billing = useAddressForm(
    addressFields(cart.billingSameAsShipping ? null : cart.billingAddress, home),
    async () => [],
    { at: ['billingAddress'], keep: 'billing' },
  );

  async function deliver(): Promise<FormError[]> {
    const delivery = chosen.value
      ? { ...chosen.value, phone: chosen.value.phone ?? (phone.value || null) }
      : shipping.values;
    const input = {
      shippingAddress: toAddressInput(delivery),
      billingAddress: billingSame.value ? null : toAddressInput(billing.values),
    };
    const { data, error } = await executeMutation({ input });
    noteUserErrors(data?.cartAddressesUpdate.errors);
    return userErrorsOf(data?.cartAddressesUpdate.errors, error, errorMessages);
  }

  /** Each form shows the errors of its own address; other errors are shown above both. */
  function show(userErrors: readonly FormError[]): void {
    const of = (form: string): FormError[] => userErrors.filter(({ path }) => path?.[0] === form);
    if (chosen.value) refuseChosen(of('shippingAddress'));
    else shipping.refuse(of('shippingAddress'));
    billing.refuse(of('billingAddress'));
    const others = userErrors.filter(({ path }) => !/^(shipping|billing)Address$/.test(path?.[0] ?? ''));
    problems.value.push(...others.map(({ message }) => message));
  }

  /** Errors of a saved address are corrected in the form, which is filled with that address. */
  function refuseChosen(userErrors: readonly FormError[]): void {
    const ofPhone = userErrors.find(({ path }) => path?.at(-1) === 'phone');
    phoneError.value = asksPhone.value ? ofPhone?.message : undefined;
    const others = userErrors.filter((userError) => !asksPhone.value || userError !== ofPhone);
    if (!chosen.value || !others.length) return;
    const filled = addressFields(chosen.value, home);
    Object.assign(shipping.values, filled);
    chosenId.value = NEW_ADDRESS;
    // After the form has cleared the region of the previous country.
    void nextTick(() => {
      Object.assign(shipping.values, { region: filled.region, city: filled.city });
      shipping.refuse(others);
    });
  }

  async function send(event: Event): Promise<void> {
    const form = event.currentTarget as HTMLElement;
    if (isSending.value) return;
    isSending.value = true;
    problems.value = [];
    try {
      const shippingFits = chosen.value ? missingPhone.check() : shipping.check();
      const billingFits = billingSame.value || billing.check();
      if (!shippingFits || !billingFits) return;
      const userErrors = await deliver();
      show(userErrors);
      if (userErrors.length) return;
      shipping.forget();
      billing.forget();
      done();
    } finally {
      isSending.value = false;
      await new Promise(requestAnimationFrame);
      if (form.isConnected) leadToTrouble(form);
    }
  }

  return {
    ...{ saved, chosenId, billingSame, shipping, billing, send, problems, isSending },
    ...{ phone, asksPhone, phoneError, phoneRequired },
  };
}

/** The customer's saved addresses; the cart's one is chosen, else the default one. */
function useSavedAddresses(cart: CheckoutCart, customer: Customer) {
  const saved = customer?.addresses ?? [];
  const preset = saved.find(({ isDefaultShipping }) => isDefaultShipping) ?? saved[0];
  const matching = (address: AddressLike): string => {
    const text = JSON.stringify(toAddressInput(address));
    return saved.find((known) => JSON.stringify(toAddressInput(known.address)) === text)?.id ?? NEW_ADDRESS;
  };
  // Unsent input takes precedence over the cart's address, and that over the default one.
  const chosenId = ref<string | null>(
    typedBefore('shipping')
      ? NEW_ADDRESS
      : cart.shippingAddress
        ? matching(cart.shippingAddress)
        : (preset?.id ?? NEW_ADDRESS),
  );
  const chosen = computed(() => saved.find(({ id }) => id === chosenId.value)?.address ?? null);
  return { saved, chosenId, chosen };
}

function nameOf(customer: Customer, cartPhone: string | null | undefined): Omit<AddressLike, 'countryCode'> {
  return {
    firstName: customer?.firstName ?? '',
    lastName: customer?.lastName ?? '',
    phone: cartPhone ?? customer?.phone ?? null,
    line1: '',
    city: '',
    postalCode: '',
  };
}
