import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Table email: mails that are sent later and can be cancelled by a key, the version of their template, and models that hold no
 * link that opens something. A link that was stored with a mail is replaced by what it opens: the id in its token.
 */
export class MailsThatWait1764245000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE email
        ADD COLUMN template_version text,
        ADD COLUMN cancel_key text,
        ADD COLUMN not_before timestamptz,
        ADD COLUMN cancelled_at timestamptz,
        DROP CONSTRAINT email_status_check,
        ADD CONSTRAINT email_status_check
          CHECK (status IN ('SCHEDULED', 'QUEUED', 'SENDING', 'SENT', 'UNKNOWN', 'FAILED', 'BOUNCED', 'CANCELLED')),
        ADD CONSTRAINT email_scheduled_has_time CHECK (status <> 'SCHEDULED' OR not_before IS NOT NULL);
      DROP INDEX email_open;
      CREATE INDEX email_open ON email (next_attempt_at) WHERE status IN ('SCHEDULED', 'QUEUED', 'SENDING', 'UNKNOWN');
      CREATE INDEX email_cancel_key ON email (cancel_key) WHERE cancel_key IS NOT NULL;

      UPDATE email SET model = jsonb_set(model, '{link}', jsonb_build_object(
          'secretLink', 'order',
          'page', CASE WHEN model->>'link' LIKE '%/checkout/pay/%' THEN 'checkout/pay' ELSE 'order' END,
          'id', encode(decode(translate(substring(model->>'link' FROM '/([\\w-]{22})[\\w-]*$'), '-_', '+/') || '==', 'base64'), 'hex')::uuid))
        WHERE model->>'link' ~ '/(order|checkout/pay)/[\\w-]{54}$';
      UPDATE email SET model = jsonb_set(model, '{link}', jsonb_build_object(
          'secretLink', 'password-reset', 'id', split_part(dedupe_key, ':', 2)))
        WHERE template = 'password-reset' AND jsonb_typeof(model->'link') = 'string';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      DROP INDEX email_cancel_key;
      DROP INDEX email_open;
      UPDATE email SET status = 'FAILED' WHERE status IN ('SCHEDULED', 'CANCELLED');
      CREATE INDEX email_open ON email (next_attempt_at) WHERE status IN ('QUEUED', 'SENDING', 'UNKNOWN');
      ALTER TABLE email
        DROP CONSTRAINT email_scheduled_has_time,
        DROP CONSTRAINT email_status_check,
        ADD CONSTRAINT email_status_check CHECK (status IN ('QUEUED', 'SENDING', 'SENT', 'UNKNOWN', 'FAILED', 'BOUNCED')),
        DROP COLUMN cancelled_at,
        DROP COLUMN not_before,
        DROP COLUMN cancel_key,
        DROP COLUMN template_version;
    `);
  }
}
