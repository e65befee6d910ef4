import { ref } from 'vue';
import type { DeskCustomersQuery } from '../generated/order-editing/graphql';
import { toAddressDraft, withoutPhone, type OrderDraft } from './draft-order';

type Customer = DeskCustomersQuery['customers']['nodes'][number];

/** Takes what an account knows of its owner into the draft. */
export function useDraftCustomer(draft: OrderDraft) {
  /** The address book of the account that was picked last. */
  const addresses = ref<Customer['addresses']>([]);

  function takeAddress(saved: Customer['addresses'][number]): void {
    draft.shipping = withoutPhone(toAddressDraft(saved.address));
    draft.phone ||= saved.address.phone ?? '';
  }

  function takeCustomer(customer: Customer): void {
    addresses.value = customer.addresses;
    const home = customer.addresses.find((saved) => saved.isDefaultShipping) ?? customer.addresses[0];
    Object.assign(draft, {
      customerId: customer.id,
      email: customer.email,
      phone: customer.phone ?? '',
      language: customer.language,
    });
    if (home) takeAddress(home);
    else Object.assign(draft.shipping, { firstName: customer.firstName, lastName: customer.lastName });
  }

  return { addresses, takeAddress, takeCustomer };
}
