import type { MigrationInterface, QueryRunner } from 'typeorm';
import { recorded } from '../../audit/recorded-table.js';

/**
 * Languages that staff add. Table message_override: words of the interface in a language, as staff wrote them; `key` is the
 * file of messages and the key in it, such as `storefront:nav.cart`. A shop that is there already keeps its addresses: its
 * pages without a prefix stay in Romanian.
 */
export class LanguagesOfTheShop1764356000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      CREATE TABLE message_override (
        language text NOT NULL CONSTRAINT message_override_language_check CHECK (language ~ '^[a-z]{2}$'),
        key text NOT NULL CONSTRAINT message_override_key_check CHECK (key ~ '^[a-z/-]+:[A-Za-z0-9_.]+$'),
        value text NOT NULL CONSTRAINT message_override_value_check CHECK (length(value) BETWEEN 1 AND 2000),
        name text NOT NULL GENERATED ALWAYS AS (language || ' ' || key) STORED,
        version int NOT NULL DEFAULT 1,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (language, key)
      )
    `);
    await runner.query(recorded({ table: 'message_override', entity: 'InterfaceWord', by: 'name' }));
    await runner.query(
      `UPDATE shop_setting SET value = value || '{"rootLanguage": "ro"}' WHERE key = 'languages'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE shop_setting SET value = value - 'rootLanguage' - 'kept' WHERE key = 'languages'`,
    );
    await runner.query('DROP TABLE message_override');
  }
}
