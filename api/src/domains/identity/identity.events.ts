import { z } from 'zod';
import { newId } from '../../kernel/ids.js';
import { defineEvent } from '../../platform/jobs/define-event.js';

const QUARTER_OF_A_DAY_MS = 6 * 3_600_000;

export const signedUp = defineEvent('identity.signed-up', {
  description: 'An account was created.',
  payload: z.object({ userId: z.uuid() }),
  key: ({ aggregateId }) => `identity.signed-up/${aggregateId}`,
});

/** The aggregate is the account. */
export const passwordResetRequested = defineEvent('identity.password-reset-requested', {
  description: 'A password reset was requested; `passwordResetMail` builds its mail from the token.',
  payload: z.object({ tokenId: z.uuid() }),
  key: ({ payload }) => `identity.password-reset-requested/${payload.tokenId}`,
});

export const passwordChanged = defineEvent('identity.password-changed', {
  description: 'An account has a new password, changed by its holder or by a reset link.',
  payload: z.object({ at: z.iso.datetime() }),
  key: () => `identity.password-changed/${newId()}`,
});

/** Once a day for each account: the holder of many stolen tokens must not be able to fill a mailbox. */
export const tokenReused = defineEvent('identity.token-reused', {
  description: 'A spent refresh token was used again: it was copied, and its session has ended.',
  payload: z.object({ at: z.iso.datetime() }),
  key: ({ aggregateId, payload }) => `identity.token-reused/${aggregateId}/${payload.at.slice(0, 10)}`,
});

/** Once in six hours for each account, and for the shop, which has no id: then the aggregate is a new one. */
export const loginsRefused = defineEvent('identity.logins-refused', {
  description:
    'Many logins were refused within an hour, to an account or (accountId null) in the whole shop.',
  payload: z.object({ accountId: z.uuid().nullable(), count: z.int() }),
  key: ({ payload: { accountId } }) =>
    `identity.logins-refused/${accountId ?? 'shop'}/${Math.floor(Date.now() / QUARTER_OF_A_DAY_MS)}`,
});

export const identityEvents = [signedUp, passwordResetRequested, passwordChanged, tokenReused, loginsRefused];
