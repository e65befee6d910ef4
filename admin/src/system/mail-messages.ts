import type { EmailFilter, EmailStatus } from '../generated/system/graphql';
import type { Tone } from '../ui/StatusDot.vue';
import type { ListSpec } from '../ui/lists/useListState';

export const MAIL_TONES: Record<EmailStatus, Tone> = {
  QUEUED: 'busy',
  SENDING: 'busy',
  SENT: 'good',
  UNKNOWN: 'busy',
  FAILED: 'bad',
  BOUNCED: 'bad',
};
const MAIL_STATES = Object.keys(MAIL_TONES) as EmailStatus[];

export const mailListSpec: ListSpec<'NEWEST', 'status'> = {
  sorts: ['NEWEST'],
  defaultSort: 'NEWEST',
  filters: ['status'],
};

export function toMailFilter(filters: Record<'status', string[]>): EmailFilter {
  const statuses = MAIL_STATES.filter((status) => filters.status.includes(status));
  return statuses.length > 0 ? { statuses } : {};
}

export const mailStateChoices = (t: (key: string) => string): { value: string; label: string }[] =>
  MAIL_STATES.map((value) => ({ value, label: t(`mailState.${value}`) }));

/** Password reset links are never stored, and a mail that is being sent needs no second attempt. */
export function canResend({ status, template }: { status: EmailStatus; template: string }): boolean {
  return ['SENT', 'FAILED', 'BOUNCED'].includes(status) && template !== 'password-reset';
}
