import { registerEnumType } from 'type-graphql';

export enum ReturnStatus {
  REQUESTED = 'REQUESTED',
  APPROVED = 'APPROVED',
  REJECTED = 'REJECTED',
  CANCELLED = 'CANCELLED',
  RECEIVED = 'RECEIVED',
  REFUNDED = 'REFUNDED',
  EXCHANGED = 'EXCHANGED',
}
registerEnumType(ReturnStatus, {
  name: 'ReturnStatus',
  description: 'Where a return stands.',
  valuesConfig: {
    REQUESTED: { description: 'The buyer asked; the shop has not answered.' },
    APPROVED: { description: 'The shop agreed: the goods may be sent.' },
    REJECTED: { description: 'The shop did not agree.' },
    CANCELLED: { description: 'The buyer keeps the goods after all.' },
    RECEIVED: { description: 'The goods arrived; they are to be refunded or exchanged.' },
    REFUNDED: { description: 'The money goes back.' },
    EXCHANGED: { description: 'Other goods go out instead.' },
  },
});

export enum ReturnResolution {
  REFUND = 'REFUND',
  EXCHANGE = 'EXCHANGE',
}
registerEnumType(ReturnResolution, {
  name: 'ReturnResolution',
  description: 'What the buyer wants for it.',
  valuesConfig: {
    REFUND: { description: 'The money.' },
    EXCHANGE: { description: 'Other goods.' },
  },
});

/** Every allowed transition of a return. Any other one fails with ILLEGAL_TRANSITION. */
const MOVES: Readonly<Record<ReturnStatus, readonly ReturnStatus[]>> = {
  [ReturnStatus.REQUESTED]: [ReturnStatus.APPROVED, ReturnStatus.REJECTED, ReturnStatus.CANCELLED],
  // REJECTED: the goods never arrived.
  [ReturnStatus.APPROVED]: [ReturnStatus.RECEIVED, ReturnStatus.REJECTED, ReturnStatus.CANCELLED],
  // The shop may refund although an exchange was requested, and the other way round.
  [ReturnStatus.RECEIVED]: [ReturnStatus.REFUNDED, ReturnStatus.EXCHANGED],
  [ReturnStatus.REJECTED]: [],
  [ReturnStatus.CANCELLED]: [],
  [ReturnStatus.REFUNDED]: [],
  [ReturnStatus.EXCHANGED]: [],
};

export function isReturnTransitionAllowed(from: ReturnStatus, to: ReturnStatus): boolean {
  return MOVES[from].includes(to);
}
