import type { EmailFilter, EmailStatus } from '../generated/system/graphql';
import type { Tone } from '../ui/StatusDot.vue';

export const MAIL_TONES: Record<EmailStatus, Tone> = {
  SCHEDULED: 'busy',
  QUEUED: 'busy',
  SENDING: 'busy',
  SENT: 'good',
  UNKNOWN: 'busy',
  FAILED: 'bad',
  BOUNCED: 'bad',
  CANCELLED: 'quiet',
};
export const MAIL_STATES = Object.keys(MAIL_TONES) as EmailStatus[];

export function toMailFilter(filters: Record<'status', string[]>): EmailFilter {
  const statuses = MAIL_STATES.filter((status) => filters.status.includes(status));
  return statuses.length > 0 ? { statuses } : {};
}

/** A mail that is being sent may arrive: only one that waits can be stopped. */
export function canCancel({ status }: { status: EmailStatus }): boolean {
  return status === 'SCHEDULED' || status === 'QUEUED';
}

/** Mails with a link that only the holder of the account may have. */
const OF_THE_HOLDER = ['password-reset', 'welcome', 'email-verify', 'email-change'];

/** Links of accounts are never stored, and a mail that is being sent needs no second attempt. */
export function canResend({ status, template }: { status: EmailStatus; template: string }): boolean {
  return ['SENT', 'FAILED', 'BOUNCED'].includes(status) && !OF_THE_HOLDER.includes(template);
}
