import { defineErrors } from '../../kernel/error-codes.js';

export const checkoutErrors = defineErrors({
  TOO_MANY_UNPAID_ORDERS:
    'Too many orders of this buyer or network are unpaid, or were cancelled or expired. Pay or cancel one, or try again later.',
  CHECKOUT_BLOCKED: 'Staff keeps this mailbox, phone number or network from ordering for a while.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof checkoutErrors, true> {}
}
