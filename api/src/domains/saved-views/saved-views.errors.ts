import { defineErrors } from '../../kernel/error-codes.js';

export const savedViewErrors = defineErrors({
  TOO_MANY_VIEWS: 'A list has as many views as it may have: 50 of your own and 50 for everybody. Delete one.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof savedViewErrors, true> {}
}
