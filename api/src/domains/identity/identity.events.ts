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

/** The aggregate is the account. */
export const emailVerifyRequested = defineEvent('identity.email-verify-requested', {
  description:
    'An account was created, or its holder asked for another link that shows whose mailbox it is; the mail follows from the token.',
  payload: z.object({
    tokenId: z.uuid(),
    /** Whether the account was just made. */
    isNew: z.boolean(),
  }),
  key: ({ payload }) => `identity.email-verify-requested/${payload.tokenId}`,
});

/** The aggregate is the account. */
export const emailChangeRequested = defineEvent('identity.email-change-requested', {
  description:
    'The holder of an account wants another address; the mails to both addresses follow from the token.',
  payload: z.object({ tokenId: z.uuid() }),
  key: ({ payload }) => `identity.email-change-requested/${payload.tokenId}`,
});

/** The aggregate is the account. Nobody is named: the account's row is. */
export const emailChanged = defineEvent('identity.email-changed', {
  description: 'An account has another address; the mail to the one before follows from the token.',
  payload: z.object({ tokenId: z.uuid() }),
  key: ({ payload }) => `identity.email-changed/${payload.tokenId}`,
});

export const passwordChanged = defineEvent('identity.password-changed', {
  description: 'An account has a new password, changed by its holder or by a reset link.',
  payload: z.object({ at: z.iso.datetime() }),
  key: () => `identity.password-changed/${newId()}`,
});

/** The aggregate is the account. */
export const secondFactorChanged = defineEvent('identity.second-factor-changed', {
  description:
    'The second factor of an account was switched on or off, its recovery codes were renewed, or one of them was used.',
  payload: z.object({
    change: z.enum(['ON', 'OFF', 'CODES_RENEWED', 'RECOVERY_CODE_USED']),
    at: z.iso.datetime(),
  }),
  key: () => `identity.second-factor-changed/${newId()}`,
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

/** The aggregate is the account. Nobody is named: the account's row is. */
export const staffChanged = defineEvent('staff.changed', {
  description:
    'Somebody works in the shop from now on or no longer, has another role, was locked out or let in again, or lost the second factor.',
  payload: z.object({
    change: z.enum(['JOINED', 'ROLE', 'LOCKED', 'UNLOCKED', 'REMOVED', 'FACTOR_REMOVED']),
    /** Of the member of staff after the change. */
    version: z.int(),
  }),
  key: ({ aggregateId, payload: { change } }) => `staff.changed/${aggregateId}/${change}/${newId()}`,
});

/** The aggregate is the role. */
export const roleChanged = defineEvent('staff.role-changed', {
  description: 'A role of the shop’s own was made, changed or deleted.',
  payload: z.object({ change: z.enum(['CREATED', 'UPDATED', 'DELETED']), version: z.int() }),
  key: ({ aggregateId, payload: { change, version } }) =>
    `staff.role-changed/${aggregateId}/${change}/${version}`,
});

/** The aggregate is the invitation. */
export const staffInvited = defineEvent('staff.invited', {
  description:
    'Somebody was invited to work in the shop, or got a new link; the mail follows from the token.',
  payload: z.object({ tokenId: z.uuid() }),
  key: ({ payload }) => `staff.invited/${payload.tokenId}`,
});

/** The aggregate is the invitation. Once a day: whoever has an old link must not fill the mailbox of a colleague. */
export const invitationAskedAgain = defineEvent('staff.invitation-asked-again', {
  description: 'The link of an invitation ran out, and its holder asks for another one.',
  payload: z.object({ at: z.iso.datetime() }),
  key: ({ aggregateId, payload: { at } }) => `staff.invitation-asked-again/${aggregateId}/${at}`,
});

/** The aggregate is the customer. Nobody is named: the customer's row is. */
export const customerChanged = defineEvent('customer.changed', {
  description:
    'Staff added, changed, tagged, noted, locked, unlocked or merged a customer, or a guest joined an account.',
  payload: z.object({
    change: z.enum(['CREATED', 'UPDATED', 'TAGS', 'NOTES', 'LOCKED', 'UNLOCKED', 'MERGED']),
    /** Of the customer after the change. */
    version: z.int(),
  }),
  key: ({ aggregateId, payload: { change } }) => `customer.changed/${aggregateId}/${change}/${newId()}`,
});

export const identityEvents = [
  ...[signedUp, passwordResetRequested, passwordChanged, tokenReused, loginsRefused],
  secondFactorChanged,
  ...[staffChanged, roleChanged, staffInvited, invitationAskedAgain, customerChanged],
  ...[emailVerifyRequested, emailChangeRequested, emailChanged],
];
