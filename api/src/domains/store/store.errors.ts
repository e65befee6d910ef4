import { defineErrors } from '../../kernel/error-codes.js';

export const storeErrors = defineErrors({
  BELOW_LEGAL_MINIMUM: 'The law asks for more than this: see the description of the field.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof storeErrors, true> {}
}
