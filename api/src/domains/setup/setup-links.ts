import { randomToken, sha256 } from '../../kernel/tokens.js';
import { statement, t, type Database, type Tx } from '../../platform/database/database.js';
import { DAYS, OLD_ROWS_BATCH, olderThanDays } from '../../platform/jobs/old-rows.js';

const HOURS = 24;

// One link at a time: the one before opens nothing any more.
const renewToken = statement('setup.renew-token', {
  params: { tokenHash: t.bytea, hours: t.int },
  sql: `WITH gone AS (DELETE FROM setup_token)
   INSERT INTO setup_token (token_hash, expires_at) VALUES (:tokenHash, now() + make_interval(hours => :hours))`,
});
const findToken = statement('setup.find-token', {
  params: { tokenHash: t.bytea },
  row: { expiresAt: t.timestamp },
  sql: `SELECT expires_at AS "expiresAt" FROM setup_token WHERE token_hash = :tokenHash AND expires_at > now()`,
});
export const dropTokens = statement('setup.drop-tokens', { sql: 'DELETE FROM setup_token' });
export const oldTokens = statement('setup.tokens-delete-old', {
  params: DAYS,
  sql: `DELETE FROM setup_token WHERE token_hash IN (
     SELECT token_hash FROM setup_token WHERE ${olderThanDays('expires_at')} LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)`,
});

/** A new link to the set-up; only its hash is kept. Earlier ones open nothing from now on. */
export async function newSetupLink(database: Database, adminUrl: string): Promise<string> {
  const token = randomToken();
  await database.transaction(async (tx) => tx.count(renewToken, { tokenHash: sha256(token), hours: HOURS }));
  return `${adminUrl}/setup?token=${token}`;
}

/** Until when the link opens the set-up; null when it does not. */
export async function openUntil(from: Pick<Tx, 'row'>, token: string): Promise<Date | null> {
  return (await from.row(findToken, { tokenHash: sha256(token) }))?.expiresAt ?? null;
}
