import type {
  DisputeStatus,
  ReturnFilter,
  ReturnReason,
  ReturnSort,
  ReturnStatus,
} from '../generated/returns/graphql';
import type { Tone } from '../ui/StatusDot.vue';
import type { ListSpec } from '../ui/useListState';

// `wait` is what the shop has to act on, `busy` waits for the buyer or the post.
export const RETURN_TONES: Record<ReturnStatus, Tone> = {
  REQUESTED: 'wait',
  APPROVED: 'busy',
  RECEIVED: 'wait',
  REFUNDED: 'good',
  EXCHANGED: 'good',
  REJECTED: 'quiet',
  CANCELLED: 'quiet',
};
export const RETURN_STATES = Object.keys(RETURN_TONES) as ReturnStatus[];

export const DISPUTE_TONES: Record<DisputeStatus, Tone> = {
  NEEDS_RESPONSE: 'bad',
  UNDER_REVIEW: 'busy',
  WON: 'good',
  LOST: 'quiet',
};

export const RETURN_SORTS = ['NEWEST', 'OLDEST'] as const satisfies readonly ReturnSort[];

export const returnListSpec: ListSpec<ReturnSort, 'status'> = {
  sorts: RETURN_SORTS,
  defaultSort: 'NEWEST',
  filters: ['status'],
};

export function toReturnFilter(filters: Record<'status', string[]>): ReturnFilter {
  const statuses = RETURN_STATES.filter((status) => filters.status.includes(status));
  return statuses.length > 0 ? { statuses } : {};
}

export type ReturnStep = 'APPROVE' | 'REJECT' | 'RECEIVE' | 'REFUND' | 'EXCHANGE';

/** What may come next, the expected step first. A refund stays possible where the buyer wished for an exchange. */
export function nextSteps({
  status,
  resolution,
}: {
  status: ReturnStatus;
  resolution: string;
}): ReturnStep[] {
  if (status === 'REQUESTED') return ['APPROVE', 'REJECT'];
  if (status === 'APPROVED') return ['RECEIVE', 'REJECT'];
  if (status === 'RECEIVED') return resolution === 'EXCHANGE' ? ['EXCHANGE', 'REFUND'] : ['REFUND'];
  return [];
}

export interface ReceivedLine {
  returnLineId: string;
  received: number;
  restocked: number;
}

/**
 * At first all of it came back, and what is not said to be damaged can be sold again; whoever unpacks
 * corrects what is not so.
 */
export const allReceived = (requested: {
  reason: ReturnReason;
  lines: readonly { id: string; quantity: number }[];
}): ReceivedLine[] =>
  requested.lines.map(({ id, quantity }) => ({
    returnLineId: id,
    received: quantity,
    restocked: requested.reason === 'DAMAGED' ? 0 : quantity,
  }));

/** Nothing goes back on the shelf that did not come back. */
export const withinReceived = (line: ReceivedLine): ReceivedLine => ({
  ...line,
  restocked: Math.min(line.restocked, line.received),
});
