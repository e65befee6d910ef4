import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Several providers at once. Their list stands in the code alone, so a new one needs no migration; any of them may take
 * any method that staff does not confirm; and the ids of their refunds and disputes are unique within each provider
 * only, so a row is known by its payment and its reference.
 */
export class PaymentsOfAnyProvider1764165000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE payment DROP CONSTRAINT payment_provider, DROP CONSTRAINT payment_offline,
        ADD CONSTRAINT payment_provider CHECK (provider ~ '^[A-Z][A-Z0-9_]*$'),
        ADD CONSTRAINT payment_offline
          CHECK ((provider = 'OFFLINE') = (method IN ('CASH_ON_DELIVERY', 'BANK_TRANSFER', 'MANUAL')));
      ALTER TABLE refund DROP CONSTRAINT refund_provider_reference_key,
        ADD CONSTRAINT refund_of_provider UNIQUE (provider_reference, payment_id);
      ALTER TABLE dispute DROP CONSTRAINT dispute_provider_reference_key,
        ADD CONSTRAINT dispute_of_provider UNIQUE (provider_reference, payment_id);
    `);
  }

  /** @throws QueryFailedError while there are rows that the earlier version does not allow */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE dispute DROP CONSTRAINT dispute_of_provider,
        ADD CONSTRAINT dispute_provider_reference_key UNIQUE (provider_reference);
      ALTER TABLE refund DROP CONSTRAINT refund_of_provider,
        ADD CONSTRAINT refund_provider_reference_key UNIQUE (provider_reference);
      ALTER TABLE payment DROP CONSTRAINT payment_provider, DROP CONSTRAINT payment_offline,
        ADD CONSTRAINT payment_provider CHECK (provider IN ('STRIPE', 'TEST', 'OFFLINE')),
        ADD CONSTRAINT payment_offline CHECK ((provider = 'OFFLINE') = (method <> 'CARD'));
    `);
  }
}
