import { defineErrors } from '../../kernel/error-codes.js';

export const returnErrors = defineErrors({
  RETURN_WINDOW_CLOSED: 'The time for returns of this order is over.',
  TOO_MANY_RETURNS: 'The order has as many open returns as it may have.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof returnErrors, true> {}
}
