import type { CustomerRowFragment, CustomerStatus } from '../generated/customers/graphql';
import type { Tone } from '../ui/StatusDot.vue';
import type { Tools } from '../ui/useTools';

/** Those that staff filter by; who was erased is in no list unless asked for. */
export const STATUSES = ['ACTIVE', 'LOCKED', 'ERASED'] as const satisfies readonly CustomerStatus[];

type StatusOfCustomer = Pick<CustomerRowFragment, 'status' | 'hasAccount'>;

export function customerTone({ status, hasAccount }: StatusOfCustomer): Tone {
  if (status === 'LOCKED') return 'bad';
  return status === 'ACTIVE' && hasAccount ? 'good' : 'quiet';
}

/** “Account” or “Guest”, or that somebody may not order. */
export function customerWord({ status, hasAccount }: StatusOfCustomer, t: Tools['t']): string {
  if (status !== 'ACTIVE') return t(`customerStatus.${status}`);
  return t(hasAccount ? 'customer.account' : 'customer.guest');
}
