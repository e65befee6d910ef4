import { z } from 'zod';
import { defineEvent } from '../../platform/jobs/define-event.js';
import { ReturnStatus } from './return-states.js';

/** An event of a return that reached a status, once in its life. The aggregate is the order. */
function defineReturnEvent(kind: string, description: string) {
  return defineEvent(kind, {
    description,
    payload: z.object({ returnId: z.uuid(), orderId: z.uuid() }),
    isKept: true,
    key: ({ payload }) => `${kind}:${payload.returnId}`,
  });
}

export const returnRequested = defineReturnEvent('return.requested', 'A buyer asked to send something back.');
export const returnApproved = defineReturnEvent('return.approved', 'Staff approved a return.');
export const returnRejected = defineReturnEvent('return.rejected', 'Staff rejected a return.');
export const returnCancelled = defineReturnEvent('return.cancelled', 'A buyer gave up a return.');
export const returnReceived = defineReturnEvent('return.received', 'What was sent back has arrived.');
export const returnRefunded = defineReturnEvent(
  'return.refunded',
  'A return was settled by a refund, or without one.',
);
export const returnExchanged = defineReturnEvent('return.exchanged', 'A return was settled by an exchange.');

export const RETURN_EVENT = {
  [ReturnStatus.REQUESTED]: returnRequested,
  [ReturnStatus.APPROVED]: returnApproved,
  [ReturnStatus.REJECTED]: returnRejected,
  [ReturnStatus.CANCELLED]: returnCancelled,
  [ReturnStatus.RECEIVED]: returnReceived,
  [ReturnStatus.REFUNDED]: returnRefunded,
  [ReturnStatus.EXCHANGED]: returnExchanged,
} satisfies Record<ReturnStatus, unknown>;

/** The occasion distinguishes repeated requests for one photo. */
export const photoWanted = defineEvent('return-photo.wanted', {
  description: 'A photo that a buyer sent must be made smaller.',
  payload: z.object({}),
  key: ({ aggregateId }, occasion: string) => `return-photo.wanted/${aggregateId}/${occasion}`,
});

export const returnEvents = [...Object.values(RETURN_EVENT), photoWanted];
