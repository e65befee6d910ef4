import { defineErrors } from '../../kernel/error-codes.js';

export const mailErrors = defineErrors({
  NOTHING_TO_RESEND: 'What the mail said is not kept any more, or it is on its way: it cannot be sent again.',
  EMAIL_NOT_WAITING: 'The mail is on its way, was sent or was given up: it cannot be stopped any more.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof mailErrors, true> {}
}
