import { readEmailAddress } from '@vitrine/api/email-address';
import { z } from 'zod';
import { EmailCancelDocument, EmailResendDocument, type MailRowFragment } from '../generated/system/graphql';
import { defineForm } from '../ui/forms/define-form';
import { mailName } from '../ui/mail-names';

/** Sends a mail once more, to its recipient or another address. */
export const mailResendForm = defineForm<MailRowFragment, { recipient: string }>({
  name: 'mail-resend',
  isPersonal: true,
  titleOf: (_mail, { t }) => t('mails.resendTitle'),
  hint: 'mails.resendText',
  submitLabel: 'mails.resend',
  done: 'mails.resent',
  schema: ({ t }) =>
    z.object({
      recipient: z.string().refine((text) => readEmailAddress(text) !== null, t('login.emailInvalid')),
    }),
  toFields: (mail) => ({ recipient: mail?.recipient ?? '' }),
  fields: {
    recipient: { label: 'mails.address', help: 'mails.addressHint', kind: 'text', type: 'email' },
  },
  update: async (client, { id }, { recipient }, idempotencyKey) => {
    const input = { emailId: id, recipient, idempotencyKey };
    const result = await client.mutation(EmailResendDocument, { input });
    return { result, userErrors: result.data?.emailResend.errors };
  },
});

/** Stops a mail that waits to be sent. */
export const mailCancelForm = defineForm<MailRowFragment, Record<never, never>>({
  titleOf: (_mail, { t }) => t('mails.cancelTitle'),
  hintOf: ({ template, recipient }, { t }) => t('mails.cancelText', { name: mailName(template), recipient }),
  submitLabel: 'mails.cancel',
  done: 'mails.cancelled',
  schema: () => z.object({}),
  toFields: () => ({}),
  fields: {},
  update: async (client, { id }) => {
    const result = await client.mutation(EmailCancelDocument, { input: { emailId: id } });
    return { result, userErrors: result.data?.emailCancel.errors };
  },
});
