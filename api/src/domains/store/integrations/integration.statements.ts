import { CATALOG_CHANNEL } from '../../../platform/database/catalog-cache.js';
import { rowOf, columnsOf, statement, t } from '../../../platform/database/database.js';
import type { IntegrationTestCode } from '../../../platform/integration.js';
import { DAYS, OLD_ROWS_BATCH, olderThanDays } from '../../../platform/jobs/old-rows.js';
import { IntegrationSecretEntity } from './integration.entity.js';

/** The channel on which a transaction announces that it changed values of integrations. */
export const INTEGRATIONS_CHANNEL = 'vitrine_integrations';

const SECRET = columnsOf(IntegrationSecretEntity);

export const everySecret = statement('store.integration-secrets', {
  row: rowOf(IntegrationSecretEntity),
  sql: `SELECT ${SECRET} FROM integration_secret`,
});

/** In the transaction that holds the lock of the integration. */
export const secretsOf = statement('store.secrets-of-integration', {
  params: { integration: t.text },
  row: rowOf(IntegrationSecretEntity),
  sql: `SELECT ${SECRET} FROM integration_secret WHERE integration = :integration`,
});

export const everyIntegration = statement('store.integrations', {
  row: {
    code: t.text,
    version: t.int,
    lastTestAt: t.timestamp.orNull,
    lastTestCode: t.textOf<IntegrationTestCode>().orNull,
  },
  sql: `SELECT code, version, last_test_at AS "lastTestAt", last_test_code AS "lastTestCode" FROM integration ORDER BY code`,
});

export const insertIntegration = statement('store.insert-integration', {
  params: { code: t.text },
  sql: `INSERT INTO integration (code) VALUES (:code) ON CONFLICT (code) DO NOTHING`,
});

/** Also when only a secret changed, of which the row of the integration knows nothing; a test of before says no more. */
export const touchIntegration = statement('store.touch-integration', {
  params: { code: t.text, updatedBy: t.uuid },
  sql: `UPDATE integration SET version = version + 1, updated_at = now(), updated_by = :updatedBy,
          last_test_at = NULL, last_test_code = NULL
        WHERE code = :code`,
});

export const saveSecret = statement('store.save-integration-secret', {
  params: {
    integration: t.text,
    name: t.text,
    ciphertext: t.bytea,
    nonce: t.bytea,
    keyId: t.text,
    hint: t.text.orNull,
    expiresAt: t.timestamp.orNull,
  },
  sql: `INSERT INTO integration_secret (integration, name, ciphertext, nonce, key_id, hint, expires_at)
        VALUES (:integration, :name, :ciphertext, :nonce, :keyId, :hint, :expiresAt)
        ON CONFLICT (integration, name) DO UPDATE
        SET ciphertext = excluded.ciphertext, nonce = excluded.nonce, key_id = excluded.key_id, hint = excluded.hint,
            expires_at = excluded.expires_at`,
});

export const deleteSecrets = statement('store.delete-integration-secrets', {
  params: { integration: t.text, names: t.texts },
  sql: `DELETE FROM integration_secret WHERE integration = :integration AND name = ANY (:names)`,
});

/** Only of the values that were tried out: others may have been stored meanwhile. */
export const recordTest = statement('store.record-integration-test', {
  params: { code: t.text, version: t.int, testedAt: t.timestamp, result: t.textOf<IntegrationTestCode>() },
  sql: `UPDATE integration SET last_test_at = :testedAt, last_test_code = :result
        WHERE code = :code AND version = :version`,
});

/** The answers that were cached may name what is no longer offered, so the catalog is announced as well. */
export const announce = statement('store.announce-integrations', {
  row: { told: t.text },
  sql: `SELECT pg_notify('${INTEGRATIONS_CHANNEL}', '')::text || pg_notify('${CATALOG_CHANNEL}', '')::text AS told`,
});

export const deleteExpired = statement('store.delete-expired-secrets', {
  params: DAYS,
  sql: `DELETE FROM integration_secret WHERE ctid IN (
     SELECT ctid FROM integration_secret WHERE ${olderThanDays('expires_at')} LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)`,
});
