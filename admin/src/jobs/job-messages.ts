import type messages from '../../../locales/ro/admin.json';
import { i18n } from '../app/i18n';
import { keyOfAnyPlugin } from '../plugins/plugin-messages';
import type { JobFilter, JobKind, JobRowFragment, JobStatus } from '../generated/jobs/graphql';
import type { Tone } from '../ui/StatusDot.vue';

export const JOB_TONES: Record<JobStatus, Tone> = {
  QUEUED: 'wait',
  RUNNING: 'busy',
  CANCELLING: 'busy',
  CANCELLED: 'quiet',
  SUCCEEDED: 'good',
  FAILED: 'bad',
};
const JOB_STATUSES = Object.keys(JOB_TONES) as JobStatus[];

/** A kind of the schema without a name does not compile. */
type NamedKind = keyof typeof messages.jobKind;
const NAMED: Record<JobKind, `jobKind.${NamedKind}`> = {
  ORDER_EXPORT: 'jobKind.ORDER_EXPORT',
  PRODUCT_EXPORT: 'jobKind.PRODUCT_EXPORT',
  CUSTOMER_EXPORT: 'jobKind.CUSTOMER_EXPORT',
  RETURN_EXPORT: 'jobKind.RETURN_EXPORT',
  DISPUTE_EXPORT: 'jobKind.DISPUTE_EXPORT',
  CHECKOUT_BLOCK_EXPORT: 'jobKind.CHECKOUT_BLOCK_EXPORT',
  STOCK_ITEM_EXPORT: 'jobKind.STOCK_ITEM_EXPORT',
  STOCK_MOVEMENT_EXPORT: 'jobKind.STOCK_MOVEMENT_EXPORT',
  STOCK_RESERVATION_EXPORT: 'jobKind.STOCK_RESERVATION_EXPORT',
  EMAIL_EXPORT: 'jobKind.EMAIL_EXPORT',
  WEBHOOK_EVENT_EXPORT: 'jobKind.WEBHOOK_EVENT_EXPORT',
  AUDIT_ENTRY_EXPORT: 'jobKind.AUDIT_ENTRY_EXPORT',
  REDIRECT_EXPORT: 'jobKind.REDIRECT_EXPORT',
  MEDIA_EXPORT: 'jobKind.MEDIA_EXPORT',
  STOCK_RECEIVE_CHECK: 'jobKind.STOCK_RECEIVE_CHECK',
  STOCK_RECEIVE_APPLY: 'jobKind.STOCK_RECEIVE_APPLY',
  PRODUCT_STATUS: 'jobKind.PRODUCT_STATUS',
  PRODUCT_STATUS_UNDO: 'jobKind.PRODUCT_STATUS_UNDO',
  ORDER_SHIP: 'jobKind.ORDER_SHIP',
  ORDER_COMPLETE: 'jobKind.ORDER_COMPLETE',
  ORDER_CANCEL: 'jobKind.ORDER_CANCEL',
  STOCK_ADJUST: 'jobKind.STOCK_ADJUST',
  STOCK_ADJUST_UNDO: 'jobKind.STOCK_ADJUST_UNDO',
  RETURN_APPROVE: 'jobKind.RETURN_APPROVE',
  CHECKOUT_BLOCK_REMOVE: 'jobKind.CHECKOUT_BLOCK_REMOVE',
  EMAIL_CANCEL: 'jobKind.EMAIL_CANCEL',
  EMAIL_RESEND: 'jobKind.EMAIL_RESEND',
  WEBHOOK_EVENT_REPLAY: 'jobKind.WEBHOOK_EVENT_REPLAY',
  CUSTOMER_TAG: 'jobKind.CUSTOMER_TAG',
  CUSTOMERS_CHECK: 'jobKind.CUSTOMERS_CHECK',
  CUSTOMERS_APPLY: 'jobKind.CUSTOMERS_APPLY',
  CUSTOMER_LOCK: 'jobKind.CUSTOMER_LOCK',
};
const JOB_KINDS = Object.keys(NAMED) as JobKind[];

type Translate = (key: string) => string;

/** The name of a kind of job; of a plugin's own as its messages have it, and else as the API has it. */
export function kindName(kind: JobKind, t: Translate): string {
  const key = NAMED[kind] ?? keyOfAnyPlugin(`jobKind.${kind}`, i18n.global.te);
  return key ? t(key) : kind;
}

type JobFilterKey = 'owner' | 'status' | 'kind';

export function toJobFilter(filters: Record<JobFilterKey, string[]>): JobFilter {
  const statuses = JOB_STATUSES.filter((status) => filters.status.includes(status));
  const kinds = JOB_KINDS.filter((kind) => filters.kind.includes(kind));
  return {
    ...(filters.owner.includes('MINE') && { mine: true }),
    ...(statuses.length > 0 && { statuses }),
    ...(kinds.length > 0 && { kinds }),
  };
}

export const jobStatusChoices = (t: Translate): { value: string; label: string }[] =>
  JOB_STATUSES.map((value) => ({ value, label: t(`jobStatus.${value}`) }));
export const jobKindChoices = (t: Translate): { value: string; label: string }[] =>
  JOB_KINDS.map((value) => ({ value, label: kindName(value, t) }));

/** Who started it, as the user would say. */
export const starterOf = ({ isMine, startedByName }: JobRowFragment, t: Translate): string =>
  isMine ? t('jobs.me') : (startedByName ?? t('jobs.somebody'));

export const isOpen = ({ status }: Pick<JobRowFragment, 'status'>): boolean =>
  status === 'QUEUED' || status === 'RUNNING' || status === 'CANCELLING';

/** How much is done, in percent; null while nobody knows. Never full before it has ended. */
export function percentDone({
  status,
  done,
  total,
}: Pick<JobRowFragment, 'status' | 'done' | 'total'>): number | null {
  if (status === 'SUCCEEDED') return 100;
  if (!total) return null;
  return Math.min(99, Math.floor((done / total) * 100));
}
