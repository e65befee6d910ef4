import type { DomainEvent } from '../../platform/jobs/outbox.js';

/** Somebody made an account. Payload: userId. */
export const SIGNED_UP = 'identity.signed-up';
/** Somebody forgot their password. Payload: tokenId, from which `passwordResetMail` makes the mail's content. */
export const PASSWORD_RESET_REQUESTED = 'identity.password-reset-requested';

export function signedUp(userId: string): DomainEvent {
  return { kind: SIGNED_UP, aggregateId: userId, dedupeKey: `${SIGNED_UP}/${userId}`, payload: { userId } };
}

export function passwordResetRequested(userId: string, tokenId: string): DomainEvent {
  return {
    kind: PASSWORD_RESET_REQUESTED,
    aggregateId: userId,
    dedupeKey: `${PASSWORD_RESET_REQUESTED}/${tokenId}`,
    payload: { tokenId },
  };
}
