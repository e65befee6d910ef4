import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables integration and integration_secret: values of services outside the shop, each encrypted with AES-256-GCM. */
export class IntegrationSecrets1764205000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      CREATE TABLE integration (
        code text PRIMARY KEY,
        version integer NOT NULL DEFAULT 1,
        last_test_at timestamptz,
        last_test_code text
          CONSTRAINT integration_last_test_code_check CHECK (last_test_code IN ('OK', 'REFUSED', 'NOT_PERMITTED', 'UNREACHABLE', 'TIMED_OUT', 'FAILED')),
        updated_at timestamptz NOT NULL DEFAULT now(),
        updated_by uuid REFERENCES app_user (id) ON DELETE SET NULL,
        CONSTRAINT integration_last_test_whole CHECK ((last_test_at IS NULL) = (last_test_code IS NULL))
      );
      CREATE TABLE integration_secret (
        integration text NOT NULL REFERENCES integration (code) ON DELETE CASCADE,
        name text NOT NULL,
        ciphertext bytea NOT NULL,
        nonce bytea NOT NULL CONSTRAINT integration_secret_nonce_check CHECK (octet_length(nonce) = 12),
        key_id text NOT NULL,
        hint text,
        expires_at timestamptz,
        PRIMARY KEY (integration, name)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `DROP TABLE integration_secret, integration;`);
  }
}
