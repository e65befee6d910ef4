import { ref } from 'vue';
import type { Ref } from 'vue';
import type { CustomerSearchQuery } from '../generated/order-editing/graphql';
import { offeredLanguage, toAddressDraft, withoutPhone, type OrderDraft } from './draft-order';

type Customer = CustomerSearchQuery['customers']['nodes'][number];

/** Copies the contact and address of a customer account into the draft. */
export function useDraftCustomer(
  draft: Ref<OrderDraft | undefined>,
  shop: () => Parameters<typeof offeredLanguage>[1],
) {
  /** The saved addresses of the account that was chosen last. */
  const addresses = ref<Customer['addresses']>([]);

  function takeAddress(saved: Customer['addresses'][number]): void {
    if (!draft.value) return;
    draft.value.shipping = withoutPhone(toAddressDraft(saved.address));
    draft.value.phone ||= saved.address.phone ?? '';
  }

  function takeCustomer(customer: Customer): void {
    if (!draft.value) return;
    addresses.value = customer.addresses;
    const home = customer.addresses.find((saved) => saved.isDefaultShipping) ?? customer.addresses[0];
    Object.assign(draft.value, {
      customerId: customer.id,
      email: customer.email,
      phone: customer.phone ?? '',
      language: offeredLanguage(customer.language, shop()),
    });
    if (home) takeAddress(home);
    else Object.assign(draft.value.shipping, { firstName: customer.firstName, lastName: customer.lastName });
  }

  return { addresses, takeAddress, takeCustomer };
}
