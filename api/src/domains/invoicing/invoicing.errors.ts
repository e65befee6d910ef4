import { defineErrors } from '../../kernel/error-codes.js';

export const invoicingErrors = defineErrors({
  SERIES_LOCKED: 'Invoices have numbers of this series; it cannot be changed any more.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof invoicingErrors, true> {}
}
