import { useMutation } from '@urql/vue';
import { computed, ref } from 'vue';
import { addressFields, addressSchema, toAddressInput, type AddressLike } from '../app/address-form';
import { useErrorWords } from '../app/error-words';
import { refusalsOf } from '../app/refusals';
import { useForm, type Refusal } from '../app/use-form';
import { CartAddressesUpdateDocument, type CheckoutQuery } from '../generated/checkout/graphql';
import type { CheckoutCart } from './useCheckout';

type Customer = CheckoutQuery['me'];
export const NEW_ADDRESS = 'new';

/** Delivery and billing address of the cart, taken from the customer's saved ones or typed in. */
export function useAddressStep(cart: CheckoutCart, customer: Customer, done: () => void) {
  const words = useErrorWords();
  const { executeMutation } = useMutation(CartAddressesUpdateDocument);
  const saved = customer?.addresses ?? [];
  const preset = saved.find(({ isDefaultShipping }) => isDefaultShipping) ?? saved[0];
  // An address the cart already has wins over the default one: the customer typed it.
  const chosenId = ref<string | null>(
    cart.shippingAddress ? matching(cart.shippingAddress) : (preset?.id ?? NEW_ADDRESS),
  );
  const billingSame = ref(cart.billingSameAsShipping);

  const chosen = computed(() => saved.find(({ id }) => id === chosenId.value)?.address ?? null);
  const start = cart.shippingAddress ?? (customer ? nameOf(customer) : null);
  const shipping = useForm(addressSchema, addressFields(start), async (fields) => {
    if (!billingSame.value) return [];
    return deliver(toAddressInput(fields), null);
  });
  const billing = useForm(
    addressSchema,
    addressFields(cart.billingSameAsShipping ? null : cart.billingAddress),
    (fields) => deliver(chosen.value ?? toAddressInput(shipping.values), toAddressInput(fields)),
  );

  function matching(address: AddressLike): string {
    const text = JSON.stringify(toAddressInput(address));
    return saved.find((known) => JSON.stringify(toAddressInput(known.address)) === text)?.id ?? NEW_ADDRESS;
  }

  async function deliver(
    shippingAddress: AddressLike,
    billingAddress: AddressLike | null,
  ): Promise<Refusal[]> {
    const input = { shippingAddress: toAddressInput(shippingAddress), billingAddress };
    const { data, error } = await executeMutation({ input });
    const refusals = refusalsOf(data?.cartAddressesUpdate.errors, error, words);
    if (!refusals.length) done();
    return refusals;
  }

  async function send(event: Event): Promise<void> {
    if (!chosen.value) {
      await shipping.send(event);
      if (billingSame.value || Object.keys(shipping.errors.value).length) return;
    }
    if (!billingSame.value) await billing.send(event);
    else if (chosen.value) {
      const refusals = await deliver(chosen.value, null);
      shipping.problems.value = refusals.map(({ message }) => message);
    }
  }

  return {
    saved,
    chosenId,
    billingSame,
    shipping,
    billing,
    send,
    problems: computed(() => [...shipping.problems.value, ...billing.problems.value]),
    isSending: computed(() => shipping.isSending.value || billing.isSending.value),
  };
}

function nameOf(customer: NonNullable<Customer>): AddressLike {
  const { firstName, lastName, phone } = customer;
  return { firstName, lastName, phone, line1: '', city: '', postalCode: '', countryCode: 'RO' };
}
