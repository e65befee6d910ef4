import type {
  DisputeStatus,
  ReturnFilter,
  ReturnReason,
  ReturnRowFragment,
  ReturnSort,
  ReturnStatus,
} from '../generated/returns/graphql';
import type { Tone } from '../ui/StatusDot.vue';

// `wait` needs an action of staff, `busy` waits for the buyer or the carrier.
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

/** The name of whoever sends goods back. */
export const buyerOf = ({ order: { shippingAddress } }: ReturnRowFragment): string =>
  `${shippingAddress.firstName} ${shippingAddress.lastName}`;

export function toReturnFilter(filters: Record<'status', string[]>): ReturnFilter {
  const statuses = RETURN_STATES.filter((status) => filters.status.includes(status));
  return statuses.length > 0 ? { statuses } : {};
}

export type ReturnStep = 'APPROVE' | 'REJECT' | 'RECEIVE' | 'REFUND' | 'EXCHANGE';

/** The possible actions, the expected one first. A refund stays possible where the buyer requested an exchange. */
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

/** What came back of a line of a return, by its id. */
export interface ReceivedLine {
  id: string;
  received: number;
  restocked: number;
}

/** Whether units that come back for this reason are sold again by default. */
const RESTOCKED: Readonly<Record<ReturnReason, boolean>> = {
  CHANGED_MIND: true,
  DAMAGED: false,
  DOES_NOT_FIT: true,
  NOT_AS_DESCRIBED: true,
  OTHER: true,
  WRONG_ITEM: true,
};

/**
 * By default all requested units are received, and those not reported as damaged are restocked; staff correct this
 * when they unpack.
 */
export const allReceived = (requested: {
  reason: ReturnReason;
  lines: readonly { id: string; quantity: number }[];
}): ReceivedLine[] =>
  requested.lines.map(({ id, quantity }) => ({
    id,
    received: quantity,
    restocked: RESTOCKED[requested.reason] ? quantity : 0,
  }));

/** The restocked quantity never exceeds the received one. */
export const withinReceived = (line: ReceivedLine): ReceivedLine => ({
  ...line,
  restocked: Math.min(line.restocked, line.received),
});
