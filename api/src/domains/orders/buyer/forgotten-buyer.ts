import type { OrderEntity } from '../order.entity.js';

/** Replaces the e-mail address of an order whose personal data was removed; no mail server accepts it. */
export const FORGOTTEN_EMAIL = 'removed@removed.invalid';

/** Whether the buyer's personal data, and so the delivery address, was removed. Such an order is never placed. */
export function isBuyerForgotten({ email }: Pick<OrderEntity, 'email'>): boolean {
  return email === FORGOTTEN_EMAIL;
}
