import type { MigrationInterface, QueryRunner } from 'typeorm';

// payment.capturing_until: until when somebody who asked the provider to take the reserved money has the turn; null when nobody has.
const UP = /* sql */ `
  ALTER TABLE payment ADD COLUMN capturing_until timestamptz;
`;

const DOWN = /* sql */ `
  ALTER TABLE payment DROP COLUMN capturing_until;
`;

export class OneCaptureAtATime1764120000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
