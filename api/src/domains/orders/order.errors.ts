import { defineErrors } from '../../kernel/error-codes.js';
import { providerErrors } from '../payments/index.js';

export const orderErrors = defineErrors({
  CAPTURE_REQUIRED: 'The money is only reserved; take it before the goods leave.',
  STOCK_UNAVAILABLE: 'The money came too late: the goods were sold since. Send it back.',
  ALREADY_SHIPPED: 'Goods of this order have left.',
  ORDER_EDIT_PENDING: 'A change of this order waits for its payment. Cancel it first.',
  LINE_NOT_EDITABLE: 'The line was shipped, given up or paid back, so it cannot be changed.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof orderErrors, true> {}
}

/** What moving an order on may be refused with. */
export const orderChangeErrors = [
  'ILLEGAL_TRANSITION',
  'ALREADY_SHIPPED',
  'CAPTURE_REQUIRED',
  'ORDER_EDIT_PENDING',
  'PAYMENT_NOT_CAPTURED',
  'PLUGIN_FAILED',
  'REFUND_NOT_ALLOWED',
  ...providerErrors,
] as const;
