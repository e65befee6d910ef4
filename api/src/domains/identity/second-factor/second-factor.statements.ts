import { columnsOf, rowOf, statement, t } from '../../../platform/database/database.js';
import { UserTotpEntity } from './second-factor.entity.js';

const TOTP = columnsOf(UserTotpEntity);
const TOTP_ROW = rowOf(UserTotpEntity);

/** In every transaction about the factor of an account this comes first. */
export const lockAccount = statement('identity.lock-account-of-factor', {
  params: { userId: t.uuid },
  row: { email: t.text },
  sql: 'SELECT email FROM app_user WHERE id = :userId FOR NO KEY UPDATE',
});
export const totpOf = statement('identity.totp-of', {
  params: { userId: t.uuid },
  row: TOTP_ROW,
  sql: `SELECT ${TOTP} FROM user_totp WHERE user_id = :userId`,
});
/** Begins anew where one was begun; a confirmed one stays. */
export const beginTotp = statement('identity.begin-totp', {
  params: { userId: t.uuid, ciphertext: t.bytea, nonce: t.bytea, keyId: t.text },
  sql: `INSERT INTO user_totp (user_id, ciphertext, nonce, key_id) VALUES (:userId, :ciphertext, :nonce, :keyId)
   ON CONFLICT (user_id) DO UPDATE
   SET ciphertext = excluded.ciphertext, nonce = excluded.nonce, key_id = excluded.key_id, last_step = 0, created_at = now()
   WHERE user_totp.confirmed_at IS NULL`,
});
/** Of two confirmations at once one finds the secret unconfirmed. */
export const confirmTotp = statement('identity.confirm-totp', {
  params: { userId: t.uuid, step: t.int, ciphertext: t.bytea },
  sql: `UPDATE user_totp SET confirmed_at = now(), last_step = :step
   WHERE user_id = :userId AND confirmed_at IS NULL AND ciphertext = :ciphertext`,
});
/** Takes the code of a step once: never one of before the last, so a code that was seen over a shoulder opens nothing. */
export const takeStep = statement('identity.take-totp-step', {
  params: { userId: t.uuid, step: t.int },
  sql: `UPDATE user_totp SET last_step = :step
   WHERE user_id = :userId AND confirmed_at IS NOT NULL AND last_step < :step`,
});
export const takeRecoveryCode = statement('identity.take-recovery-code', {
  params: { userId: t.uuid, codeHash: t.bytea },
  sql: `UPDATE recovery_code SET used_at = now()
   WHERE user_id = :userId AND code_hash = :codeHash AND used_at IS NULL
     AND EXISTS (SELECT FROM app_user WHERE id = :userId AND asks_for_factor)`,
});
export const insertRecoveryCodes = statement('identity.insert-recovery-codes', {
  params: { userId: t.uuid, hashes: t.texts },
  sql: `INSERT INTO recovery_code (user_id, code_hash) SELECT :userId, decode(unnest(:hashes::text[]), 'hex')`,
});
export const deleteRecoveryCodes = statement('identity.delete-recovery-codes', {
  params: { userId: t.uuid },
  sql: 'DELETE FROM recovery_code WHERE user_id = :userId',
});
export const deleteTotp = statement('identity.delete-totp', {
  params: { userId: t.uuid },
  row: { wasOn: t.boolean },
  sql: 'DELETE FROM user_totp WHERE user_id = :userId RETURNING confirmed_at IS NOT NULL AS "wasOn"',
});
export const stateOf = statement('identity.second-factor-of', {
  params: { userId: t.uuid },
  row: { since: t.timestamp, recoveryCodesLeft: t.int },
  sql: `SELECT confirmed_at AS since,
     (SELECT count(*)::int FROM recovery_code c WHERE c.user_id = f.user_id AND c.used_at IS NULL) AS "recoveryCodesLeft"
   FROM user_totp f WHERE f.user_id = :userId AND f.confirmed_at IS NOT NULL`,
});

/** For a rotation of keys, which encrypts them anew. */
export const everyTotp = statement('identity.every-totp', {
  row: { userId: t.uuid },
  sql: 'SELECT user_id AS "userId" FROM user_totp ORDER BY user_id',
});
export const lockTotp = statement('identity.lock-totp', {
  params: { userId: t.uuid },
  row: TOTP_ROW,
  sql: `SELECT ${TOTP} FROM user_totp WHERE user_id = :userId FOR NO KEY UPDATE`,
});
export const sealTotp = statement('identity.seal-totp', {
  params: { userId: t.uuid, ciphertext: t.bytea, nonce: t.bytea, keyId: t.text },
  sql: `UPDATE user_totp SET ciphertext = :ciphertext, nonce = :nonce, key_id = :keyId WHERE user_id = :userId`,
});

const CHALLENGE_MINUTES = 5;
const LIVE_CHALLENGE = /* sql */ `purpose = 'SECOND_FACTOR' AND used_at IS NULL AND expires_at > now()`;
export const insertChallenge = statement('identity.insert-factor-challenge', {
  params: { id: t.uuid, hash: t.bytea, userId: t.uuid },
  row: { expiresAt: t.timestamp },
  sql: `INSERT INTO one_time_token (id, hash, user_id, purpose, expires_at)
   VALUES (:id, :hash, :userId, 'SECOND_FACTOR', now() + make_interval(mins => ${CHALLENGE_MINUTES}))
   RETURNING expires_at AS "expiresAt"`,
});
export const challengeById = statement('identity.factor-challenge', {
  params: { id: t.uuid },
  row: { hash: t.bytea, userId: t.uuid, passwordHash: t.text },
  sql: `SELECT hash, user_id AS "userId", password_hash AS "passwordHash"
   FROM one_time_token JOIN app_user ON app_user.id = user_id WHERE one_time_token.id = :id AND ${LIVE_CHALLENGE}`,
});
export const useChallenge = statement('identity.use-factor-challenge', {
  params: { id: t.uuid },
  sql: `UPDATE one_time_token SET used_at = now() WHERE id = :id AND ${LIVE_CHALLENGE}`,
});
