import {
  columnsOf,
  rowOf,
  statement,
  t,
  type GivenOf,
  type Statement,
} from '../../../platform/database/database.js';
import { TEST_PREFIX } from './test-mails.js';
import { EmailEntity } from '../email.entity.js';

const CLAIMED_FIELDS = [
  'id',
  'dedupeKey',
  'recipient',
  'template',
  'language',
  'model',
  'attempts',
  'lookups',
  'createdAt',
  'notBefore',
] as const satisfies readonly (keyof EmailEntity)[];

/** A mail that this process has claimed. */
export type ClaimedMail = Pick<EmailEntity, (typeof CLAIMED_FIELDS)[number]>;

const CLAIMED = columnsOf(EmailEntity, null, CLAIMED_FIELDS);

const HELD_BACK = 'Too many mails to this address within a day';

/** Mails whose link shows that the mailbox is its reader's: they go to no other one. */
const PROOFS = `'welcome', 'email-verify', 'email-change'`;

/** Notices about the safety of an account. */
const NOTICES = `'password-changed', 'session-ended', 'email-change-requested', 'email-changed',
     'second-factor-on', 'second-factor-off', 'recovery-codes-renewed', 'recovery-code-used'`;

/**
 * Limits the mails to one address, because most mails are caused by anonymous visitors who enter an address. Beyond
 * `mailsPerDay` within 24 hours a mail is stored as FAILED, for staff to see and to resend. Password-reset links have a
 * limit of their own, `linksPerDay`, so that repeated requests for them block no other mail; unsent links are never
 * stored. Links that prove a mailbox have as many, counted apart. Account notices have a limit of their own too, `noticesPerDay` together: an attacker must not be able to
 * suppress them by filling the mailbox first. So have mails that staff send to themselves as a test: whoever sits at an
 * account of staff must not use up its notices with them. Held-back mails, alerts to the owner and mails that staff
 * resend do not count.
 */
const kindOf = (template: string, dedupeKey: string): string =>
  `CASE WHEN starts_with(${dedupeKey}, '${TEST_PREFIX}') THEN 'TEST' WHEN ${template} = 'owner-alert' THEN 'ALERT'
     WHEN ${template} = 'password-reset' THEN 'LINK' WHEN ${template} IN (${PROOFS}) THEN 'PROOF'
     WHEN ${template} IN (${NOTICES}) THEN 'ACCOUNT' ELSE 'OTHER' END`;
const KIND = kindOf(':template::text', ':dedupeKey::text');

/** Mails to one address are counted one after another: of two that are stored at once each would not see the other. */
export const countAlone = statement('notifications.count-alone', {
  params: { recipient: t.text },
  row: { pg_advisory_xact_lock: t.nothing },
  sql: `SELECT pg_advisory_xact_lock(hashtextextended('mails to ' || counted_email(:recipient), 7245))`,
});

export const insertMail = statement('notifications.queue', {
  params: {
    id: t.uuid,
    dedupeKey: t.text,
    recipient: t.text,
    template: t.text,
    language: t.text,
    model: t.json<object>(),
    version: t.text.orNull,
    cancelKey: t.text.orNull,
    notBefore: t.timestamp.orNull,
    now: t.timestamp,
    mailsPerDay: t.int,
    noticesPerDay: t.int,
    linksPerDay: t.int,
  },
  row: { status: t.text },
  sql: `INSERT INTO email (id, dedupe_key, recipient, template, language, model, template_version, cancel_key, not_before,
     next_attempt_at, created_at, updated_at, status, error)
   SELECT :id::uuid, :dedupeKey, :recipient, :template, :language, 
     :model::jsonb, :version, :cancelKey, :notBefore::timestamptz, coalesce(:notBefore, :now::timestamptz), :now, :now,
     CASE WHEN held THEN 'FAILED' WHEN :notBefore > :now THEN 'SCHEDULED' ELSE 'QUEUED' END, CASE WHEN held THEN '${HELD_BACK}' END
   FROM (SELECT ${KIND} <> 'ALERT' AND (CASE ${KIND} WHEN 'LINK' THEN :linksPerDay::int WHEN 'PROOF' THEN :linksPerDay::int WHEN 'ACCOUNT' THEN :noticesPerDay::int ELSE :mailsPerDay::int END) <= (
     SELECT count(*) FROM email e WHERE counted_email(e.recipient) = counted_email(:recipient) AND e.created_at > :now::timestamptz - interval '1 day'
       AND ${kindOf('e.template', 'e.dedupe_key')} = ${KIND}
       AND e.error IS DISTINCT FROM '${HELD_BACK}' AND e.dedupe_key !~ ':r[0-9a-f]{12}$') AS held) allowance
   ON CONFLICT (dedupe_key) DO NOTHING
   RETURNING status`,
});

// For a mail in SENDING, next_attempt_at is the time after which its sender counts as dead.
const CLAIM = `UPDATE email SET status = 'SENDING', attempts = attempts + 1, lookups = 0, error = NULL, next_attempt_at = :nextAttemptAt, updated_at = :now`;
const CLAIM_PARAMS = { now: t.timestamp, nextAttemptAt: t.timestamp };

/** Claims a mail that is due, if there is one. */
export type ClaimNext = Statement<GivenOf<typeof CLAIM_PARAMS>, ClaimedMail>;

// A mail that was never tried is due at once, even if this machine's clock is behind the one that wrote it.
export const claimByKey = statement('notifications.claim-by-key', {
  params: { ...CLAIM_PARAMS, dedupeKey: t.text },
  row: rowOf(EmailEntity, CLAIMED_FIELDS),
  sql: `${CLAIM} WHERE dedupe_key = :dedupeKey AND status = 'QUEUED' AND (attempts = 0 OR next_attempt_at <= :now) RETURNING ${CLAIMED}`,
});

export const claimNextQueued: ClaimNext = statement('notifications.claim-next', {
  params: CLAIM_PARAMS,
  row: rowOf(EmailEntity, CLAIMED_FIELDS),
  sql: `${CLAIM} WHERE id = (
     SELECT id FROM email WHERE status IN ('QUEUED', 'SCHEDULED') AND next_attempt_at <= :now
     ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED
   ) RETURNING ${CLAIMED}`,
});

/** Senders that died between SENDING and the response: whether those mails went out is unknown. */
export const doubtAbandoned = statement('notifications.doubt-abandoned', {
  params: { nextAttemptAt: t.timestamp },
  sql: `UPDATE email SET status = 'UNKNOWN', error = 'The sender stopped before the answer', next_attempt_at = :nextAttemptAt, updated_at = :nextAttemptAt
   WHERE status = 'SENDING' AND next_attempt_at <= :nextAttemptAt`,
});

export const claimNextDoubtful: ClaimNext = statement('notifications.claim-doubtful', {
  params: CLAIM_PARAMS,
  row: rowOf(EmailEntity, CLAIMED_FIELDS),
  sql: `UPDATE email SET next_attempt_at = :nextAttemptAt, updated_at = :now
   WHERE id = (
     SELECT id FROM email WHERE status = 'UNKNOWN' AND next_attempt_at <= :now
     ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED
   ) RETURNING ${CLAIMED}`,
});

// A sender that counted as dead may still report success, unless the mail is being sent again by now.
export const recordSent = statement('notifications.sent', {
  params: {
    mailId: t.uuid,
    attempts: t.int,
    messageId: t.text,
    version: t.text.orNull,
    updatedAt: t.timestamp,
  },
  sql: `UPDATE email SET status = 'SENT', message_id = :messageId, error = NULL, updated_at = :updatedAt,
     template_version = coalesce(:version, template_version)
   WHERE id = :mailId AND attempts = :attempts AND status IN ('SENDING', 'UNKNOWN', 'QUEUED')`,
});

export const recordFailed = statement('notifications.failed', {
  params: { mailId: t.uuid, attempts: t.int, reason: t.text, updatedAt: t.timestamp },
  sql: `UPDATE email SET status = 'FAILED', error = :reason, updated_at = :updatedAt
   WHERE id = :mailId AND attempts = :attempts AND status IN ('SENDING', 'UNKNOWN')`,
});

const NEXT_ATTEMPT = {
  mailId: t.uuid,
  attempts: t.int,
  reason: t.text,
  now: t.timestamp,
  nextAttemptAt: t.timestamp,
};

/** Records why a mail is not sent yet and when that is tried or searched for next. */
export type RecordNextAttempt = Statement<GivenOf<typeof NEXT_ATTEMPT>, unknown>;

export const putBack = statement('notifications.put-back', {
  params: NEXT_ATTEMPT,
  sql: `UPDATE email SET status = CASE WHEN cancelled_at IS NULL THEN 'QUEUED' ELSE 'CANCELLED' END, error = :reason,
     next_attempt_at = :nextAttemptAt, updated_at = :now
   WHERE id = :mailId AND attempts = :attempts AND status IN ('SENDING', 'UNKNOWN')`,
});

export const recordDoubt = statement('notifications.doubt', {
  params: NEXT_ATTEMPT,
  sql: `UPDATE email SET status = 'UNKNOWN', error = :reason, next_attempt_at = :nextAttemptAt, updated_at = :now
   WHERE id = :mailId AND attempts = :attempts AND status = 'SENDING'`,
});

export const recordLookup = statement('notifications.looked-up', {
  params: { mailId: t.uuid, attempts: t.int, updatedAt: t.timestamp },
  sql: `UPDATE email SET lookups = lookups + 1, updated_at = :updatedAt WHERE id = :mailId AND attempts = :attempts AND status = 'UNKNOWN'`,
});

// What is being handed to the mail service goes out, unless the attempt fails: then it is not tried again.
const CANCEL = `UPDATE email SET cancelled_at = :now, updated_at = :now,
     status = CASE WHEN status IN ('QUEUED', 'SCHEDULED') THEN 'CANCELLED' ELSE status END
   WHERE status IN ('QUEUED', 'SCHEDULED', 'SENDING', 'UNKNOWN') AND cancelled_at IS NULL`;

/** Cancels every mail of this key that has not been sent. */
export const cancelByKey = statement('notifications.cancel-by-key', {
  params: { cancelKey: t.text, now: t.timestamp },
  sql: `${CANCEL} AND cancel_key = :cancelKey`,
});
export const cancelById = statement('notifications.cancel-by-id', {
  params: { id: t.uuid, now: t.timestamp },
  sql: `${CANCEL} AND id = :id AND status IN ('QUEUED', 'SCHEDULED')`,
});

/** Accepted by the mail service, and refused by the recipient's server afterwards. */
export const recordBounce = statement('notifications.bounced', {
  params: { messageId: t.text, reason: t.text, updatedAt: t.timestamp },
  row: { id: t.uuid, dedupeKey: t.text, template: t.text },
  sql: `UPDATE email SET status = 'BOUNCED', error = :reason, updated_at = :updatedAt WHERE message_id = :messageId AND status = 'SENT'
   RETURNING id, dedupe_key AS "dedupeKey", template`,
});
/** A mail with an unknown outcome: its result is still to be recorded. */
export const isUnderWay = statement('notifications.under-way', {
  params: { key: t.uuid },
  row: { found: t.int },
  sql: `SELECT 1 AS found FROM email WHERE id = :key AND status IN ('SENDING', 'UNKNOWN', 'QUEUED')`,
});

/**
 * A copy under its own key, so that the timeline lists both. Null for a mail whose content was deleted or that is being
 * sent, and for a link that opens an account: only its holder may receive it.
 */
export const copyMail = statement('notifications.copy', {
  params: { id: t.uuid, copyId: t.uuid, recipient: t.text.orNull, nextAttemptAt: t.timestamp },
  row: { id: t.uuid, dedupeKey: t.text },
  sql: `INSERT INTO email (id, dedupe_key, recipient, template, language, model, template_version, next_attempt_at, created_at, updated_at)
   SELECT :copyId::uuid, regexp_replace(dedupe_key, ':r[0-9a-f]{12}$', '') || ':r' || right(:copyId::text, 12),
     coalesce(:recipient, recipient), template, language, model, template_version, :nextAttemptAt, :nextAttemptAt, :nextAttemptAt
   FROM email WHERE id = :id AND model <> '{}' AND template NOT IN ('password-reset', ${PROOFS}) AND status IN ('SENT', 'FAILED', 'BOUNCED')
   RETURNING id, dedupe_key AS "dedupeKey"`,
});
