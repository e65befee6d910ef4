import { useMutation } from '@urql/vue';
import { computed, ref } from 'vue';
import { useAddressForm } from '../addresses/useAddressForm';
import { addressFields, toAddressInput, type AddressLike } from '../app/address-form';
import { useErrorWords } from '../app/error-words';
import { leadToTrouble } from '../app/lead-to-trouble';
import { refusalsOf } from '../app/refusals';
import { typedBefore } from '../app/typed-words';
import type { Refusal } from '../app/use-form';
import { CartAddressesUpdateDocument, type CheckoutQuery } from '../generated/checkout/graphql';
import { useSignedOut } from './useSignedOut';
import type { CheckoutCart } from './useCheckout';

type Customer = CheckoutQuery['me'];
export const NEW_ADDRESS = 'new';

/** Delivery and billing address of the cart, taken from the customer's saved ones or typed in. */
export function useAddressStep(cart: CheckoutCart, customer: Customer, done: () => void) {
  const words = useErrorWords();
  const { noteRefusals } = useSignedOut();
  const { executeMutation } = useMutation(CartAddressesUpdateDocument);
  const saved = customer?.addresses ?? [];
  const preset = saved.find(({ isDefaultShipping }) => isDefaultShipping) ?? saved[0];
  // An address the cart already has wins over the default one, and what was typed last over both: the customer typed it.
  const chosenId = ref<string | null>(
    typedBefore('shipping')
      ? NEW_ADDRESS
      : cart.shippingAddress
        ? matching(cart.shippingAddress)
        : (preset?.id ?? NEW_ADDRESS),
  );
  const billingSame = ref(typedBefore('billing') ? false : cart.billingSameAsShipping);
  const problems = ref<string[]>([]);
  const isSending = ref(false);

  const chosen = computed(() => saved.find(({ id }) => id === chosenId.value)?.address ?? null);
  /** A courier calls: an address of the book without a number is asked for one. */
  const phone = ref(cart.phone ?? customer?.phone ?? '');
  const asksPhone = computed(() => chosen.value !== null && !chosen.value.phone && !cart.phone);
  const start = cart.shippingAddress ?? nameOf(customer, cart.phone);
  const shipping = useAddressForm(addressFields(start), async () => [], {
    at: ['shippingAddress'],
    keep: 'shipping',
    needsPhone: true,
  });
  const billing = useAddressForm(
    addressFields(cart.billingSameAsShipping ? null : cart.billingAddress),
    async () => [],
    { at: ['billingAddress'], keep: 'billing' },
  );

  function matching(address: AddressLike): string {
    const text = JSON.stringify(toAddressInput(address));
    return saved.find((known) => JSON.stringify(toAddressInput(known.address)) === text)?.id ?? NEW_ADDRESS;
  }

  async function deliver(): Promise<Refusal[]> {
    const delivery = chosen.value
      ? { ...chosen.value, phone: chosen.value.phone ?? (phone.value || null) }
      : shipping.values;
    const input = {
      shippingAddress: toAddressInput(delivery),
      billingAddress: billingSame.value ? null : toAddressInput(billing.values),
    };
    const { data, error } = await executeMutation({ input });
    noteRefusals(data?.cartAddressesUpdate.errors);
    return refusalsOf(data?.cartAddressesUpdate.errors, error, words);
  }

  /** Each form shows what is refused of its own address; what is of neither stands above both. */
  function show(refusals: readonly Refusal[]): void {
    const of = (form: string): Refusal[] => refusals.filter(({ path }) => path?.[0] === form);
    if (chosen.value) problems.value = of('shippingAddress').map(({ message }) => message);
    else shipping.refuse(of('shippingAddress'));
    billing.refuse(of('billingAddress'));
    const others = refusals.filter(({ path }) => !/^(shipping|billing)Address$/.test(path?.[0] ?? ''));
    problems.value.push(...others.map(({ message }) => message));
  }

  async function send(event: Event): Promise<void> {
    const form = event.currentTarget as HTMLElement;
    if (isSending.value) return;
    isSending.value = true;
    problems.value = [];
    try {
      const shippingFits = Boolean(chosen.value) || shipping.check();
      const billingFits = billingSame.value || billing.check();
      if (!shippingFits || !billingFits) return;
      const refusals = await deliver();
      show(refusals);
      if (refusals.length) return;
      shipping.forget();
      billing.forget();
      done();
    } finally {
      isSending.value = false;
      await new Promise(requestAnimationFrame);
      if (form.isConnected) leadToTrouble(form);
    }
  }

  return { saved, chosenId, billingSame, shipping, billing, phone, asksPhone, send, problems, isSending };
}

function nameOf(customer: Customer, cartPhone: string | null | undefined): AddressLike {
  return {
    firstName: customer?.firstName ?? '',
    lastName: customer?.lastName ?? '',
    phone: cartPhone ?? customer?.phone ?? null,
    line1: '',
    city: '',
    postalCode: '',
    countryCode: 'RO',
  };
}
