import type { EmailFilter, EmailState } from '../generated/system/graphql';
import type { Tone } from '../ui/StatusDot.vue';
import type { ListSpec } from '../ui/useListState';

export const MAIL_TONES: Record<EmailState, Tone> = {
  QUEUED: 'busy',
  SENDING: 'busy',
  SENT: 'good',
  UNKNOWN: 'busy',
  FAILED: 'bad',
  BOUNCED: 'bad',
};
const MAIL_STATES = Object.keys(MAIL_TONES) as EmailState[];

export const mailListSpec: ListSpec<'NEWEST', 'state'> = {
  sorts: ['NEWEST'],
  defaultSort: 'NEWEST',
  filters: ['state'],
};

export function toMailFilter(filters: Record<'state', string[]>): EmailFilter {
  const states = MAIL_STATES.filter((state) => filters.state.includes(state));
  return states.length > 0 ? { states } : {};
}

export const mailStateChoices = (t: (key: string) => string): { value: string; label: string }[] =>
  MAIL_STATES.map((value) => ({ value, label: t(`mailState.${value}`) }));

/** Links for a new password are never kept, and what is on its way needs no second. */
export function canResend({ state, template }: { state: EmailState; template: string }): boolean {
  return ['SENT', 'FAILED', 'BOUNCED'].includes(state) && template !== 'password-reset';
}
