import { defineErrors } from '../../kernel/error-codes.js';

export const invoicingErrors = defineErrors({
  SERIES_LOCKED: 'Invoices have numbers of this series; it cannot be changed any more.',
  MENTION_MISSING:
    'Invoices without tax say by which law: write it, because the program does not know that of this country.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof invoicingErrors, true> {}
}
