import { z } from 'zod';
import { defineEvent } from '../../platform/jobs/define-event.js';
import { orderEventData, receivedByStaffPage } from '../orders/index.js';

/** Kept: an invariant reads that the owner was notified. */
export const mailFailed = defineEvent('mail.failed', {
  description: 'A mail will never arrive.',
  payload: z.object({ mailId: z.uuid() }),
  isKept: true,
});

/** The aggregate is the order; its data lets the open page of the order in the admin show the mail in its timeline without a reload. */
export const orderMailSent = receivedByStaffPage(
  defineEvent('mail.sent', {
    description: 'A mail about an order was sent.',
    payload: orderEventData.extend({ mail: z.string() }),
    key: (_event, dedupeKey: string) => `mail.sent:${dedupeKey}`,
  }),
);

/** The aggregate is the copy. */
export const mailResent = defineEvent('mail.resend', {
  description: 'Staff sent a mail again: its copy waits in the queue.',
  payload: z.object({ dedupeKey: z.string() }),
});

export const mailCancelled = defineEvent('mail.cancelled', {
  description: 'Staff stopped a mail that waited to be sent.',
  payload: z.object({ by: z.uuid() }),
});

export const mailEvents = [mailFailed, orderMailSent, mailResent, mailCancelled];
