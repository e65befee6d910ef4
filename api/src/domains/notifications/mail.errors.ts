import { defineErrors } from '../../kernel/error-codes.js';

export const mailErrors = defineErrors({
  NOTHING_TO_RESEND: 'What the mail said is not kept any more, or it is on its way: it cannot be sent again.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof mailErrors, true> {}
}
