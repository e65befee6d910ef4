import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the nightly sweeps look for, so that they never walk over what stays. */
export class WhatIsKeptAndHowLong1764070000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      CREATE INDEX email_with_text ON email (created_at) WHERE model <> '{}';
      CREATE INDEX email_of_no_order ON email (created_at) WHERE dedupe_key NOT LIKE 'order:%';
      CREATE INDEX email_of_order ON email (split_part(dedupe_key, ':', 2)) WHERE dedupe_key LIKE 'order:%';
      CREATE INDEX shop_order_came_to_nothing ON shop_order (updated_at)
        WHERE status IN ('EXPIRED', 'CANCELLED') AND placed_at IS NULL AND email <> 'removed@removed.invalid';
      CREATE INDEX outbox_passing ON outbox (published_at) WHERE kind <> 'mail.failed'
        AND (split_part(kind, '.', 1) NOT IN ('order', 'payment', 'refund', 'return', 'invoice', 'dispute', 'draft')
          OR kind IN ('order.updated', 'payment.webhook-received', 'payment.outage', 'refund.changed'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP INDEX outbox_passing, shop_order_came_to_nothing, email_of_order, email_of_no_order, email_with_text',
    );
  }
}
