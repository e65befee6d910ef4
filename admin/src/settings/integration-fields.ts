import type { UserError } from '../app/user-errors';
import type { Tone } from '../ui/StatusDot.vue';
import type { IntegrationCard, NewValue } from './useIntegrations';

export type IntegrationField = IntegrationCard['fields'][number];

/** How good the status is, for its dot. */
export function toneOf({ status, isUsable }: Pick<IntegrationCard, 'status' | 'isUsable'>): Tone {
  if (status === 'UNREADABLE') return 'bad';
  if (status === 'MISSING') return 'quiet';
  return isUsable ? 'good' : 'bad';
}

/** The key of the words for the status: values that are there and do not fit are neither missing nor in use. */
export function statusKey({ status, isUsable }: Pick<IntegrationCard, 'status' | 'isUsable'>): string {
  const fits = isUsable || status === 'MISSING' || status === 'UNREADABLE';
  return `integrations.status.${fits ? status : 'NOT_USED'}`;
}

/** What was typed, by the names of the fields; an empty field leaves what is stored. */
export function toValues(typed: Readonly<Record<string, string>>): NewValue[] {
  return Object.entries(typed)
    .map(([name, value]) => ({ name, value: value.trim() }))
    .filter(({ value }) => value !== '');
}

/** The field that an error is about; its path names the place in the list of values that was sent. */
export function fieldOf({ path }: UserError, sent: readonly NewValue[]): string | null {
  return path?.[0] === 'values' ? (sent[Number(path[1])]?.name ?? null) : null;
}

/** Whether staff can remove what is stored. */
export const canBeRemoved = ({ source }: Pick<IntegrationField, 'source'>): boolean =>
  source === 'STORED' || source === 'UNREADABLE';
