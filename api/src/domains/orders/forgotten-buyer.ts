import type { OrderEntity } from './order.entity.js';

/** What stands in the place of the address of a buyer who is not known any more; no mail server takes it. */
export const FORGOTTEN_EMAIL = 'removed@removed.invalid';

/** Whether nobody knows any more who ordered, and where the goods were to go. Such an order is never placed. */
export function isBuyerForgotten({ email }: Pick<OrderEntity, 'email'>): boolean {
  return email === FORGOTTEN_EMAIL;
}
