import { newId } from '../../kernel/ids.js';
import type { DomainEvent } from '../../platform/jobs/outbox.js';

/** An account was created. Payload: userId. */
export const SIGNED_UP = 'identity.signed-up';
/** A password reset was requested. Payload: tokenId, from which `passwordResetMail` builds the mail. */
export const PASSWORD_RESET_REQUESTED = 'identity.password-reset-requested';

/** An account has a new password, changed by its holder or by a reset link. Payload: at. */
export const PASSWORD_CHANGED = 'identity.password-changed';
/** A spent refresh token was used again: it was copied, and its session has ended. Payload: at. */
export const TOKEN_REUSED = 'identity.token-reused';
/** Many logins were refused within an hour. Payload: count, and accountId (null: in the whole shop). */
export const LOGINS_FAILED = 'identity.logins-refused';

const QUARTER_OF_A_DAY_MS = 6 * 3_600_000;

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

export function passwordChanged(userId: string): DomainEvent {
  return {
    kind: PASSWORD_CHANGED,
    aggregateId: userId,
    dedupeKey: `${PASSWORD_CHANGED}/${newId()}`,
    payload: { at: new Date().toISOString() },
  };
}

/** Once a day for each account: the holder of many stolen tokens must not be able to fill a mailbox. */
export function tokenReused(userId: string): DomainEvent {
  const at = new Date().toISOString();
  return {
    kind: TOKEN_REUSED,
    aggregateId: userId,
    dedupeKey: `${TOKEN_REUSED}/${userId}/${at.slice(0, 10)}`,
    payload: { at },
  };
}

/** Once in six hours for each account, and for the shop (null). */
export function loginsFailed(accountId: string | null, count: number): DomainEvent {
  const slot = Math.floor(Date.now() / QUARTER_OF_A_DAY_MS);
  return {
    kind: LOGINS_FAILED,
    // The shop has no id, so the event gets one of its own.
    aggregateId: accountId ?? newId(),
    dedupeKey: `${LOGINS_FAILED}/${accountId ?? 'shop'}/${slot}`,
    payload: { accountId, count },
  };
}
