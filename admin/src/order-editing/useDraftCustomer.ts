import { computed, ref } from 'vue';
import { useSession } from '../app/session';
import type { CustomerSearchQuery } from '../generated/order-editing/graphql';
import { offeredLanguage, toAddressDraft } from './draft-order';
import type { DraftState, SavedDraft } from './draft-order';

type Customer = CustomerSearchQuery['customers']['nodes'][number];

/** Copies the contact and address of a customer account into a draft. */
export function useDraftCustomer(saved: () => SavedDraft | undefined, draft: () => DraftState | undefined) {
  const { shop } = useSession();
  const chosen = ref<Customer>();
  /** The saved addresses of the account that was chosen last. */
  const addresses = computed(() => chosen.value?.addresses ?? []);
  /** The accounts whose names are known here: of the draft as it is saved, and the one that was chosen. */
  const known = computed(() =>
    [saved()?.customer, chosen.value].flatMap((one) => (one ? [{ value: one.id, label: one.email }] : [])),
  );

  function takeAddress({ address }: Customer['addresses'][number]): void {
    const now = draft();
    if (!now) return;
    now.shipping = toAddressDraft(address);
    now.phone ||= address.phone ?? '';
  }

  function take(customer: Customer): void {
    const now = draft();
    if (!now) return;
    chosen.value = customer;
    const home = customer.addresses.find((address) => address.isDefaultShipping) ?? customer.addresses[0];
    Object.assign(now, {
      customerId: customer.id,
      email: customer.email,
      phone: customer.phone ?? '',
      language: offeredLanguage(customer.language, shop.value),
    });
    if (home) takeAddress(home);
    else Object.assign(now.shipping, { firstName: customer.firstName, lastName: customer.lastName });
  }

  return { addresses, known, takeAddress, take };
}
