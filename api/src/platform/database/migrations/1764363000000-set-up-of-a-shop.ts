import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Table setup_token: the link with which a shop that nobody owns is set up. Only its hash is kept. */
export class SetUpOfAShop1764363000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      CREATE TABLE setup_token (
        token_hash bytea PRIMARY KEY CONSTRAINT setup_token_hash_check CHECK (octet_length(token_hash) = 32),
        expires_at timestamptz(3) NOT NULL
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE setup_token');
  }
}
