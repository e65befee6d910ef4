import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As numbers were printed until now. A number of more digits is printed in full. */
const PRINTED = (row: string): string =>
  `${row}series || '-' || lpad(${row}number::text, greatest(6, length(${row}number::text)), '0')`;

/**
 * An invoice keeps the number that is printed on it, so that another way of printing numbers leaves those of issued
 * documents alone. Until now each reader made it out of series and number.
 *
 * A generated column that becomes an ordinary one fills the rows there are without an update: invoices refuse those.
 */
export class InvoicePrintedNumber1764172000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE invoice ADD COLUMN printed_number text GENERATED ALWAYS AS (${PRINTED('')}) STORED;
      ALTER TABLE invoice ALTER COLUMN printed_number DROP EXPRESSION;
      ALTER TABLE invoice ALTER COLUMN printed_number SET NOT NULL,
        ADD CONSTRAINT invoice_printed_number_key UNIQUE (printed_number),
        DROP COLUMN search_text;
      ALTER TABLE invoice ADD COLUMN search_text text GENERATED ALWAYS AS (search_fields('#' || printed_number)) STORED;
      CREATE INDEX invoice_search ON invoice USING gin (search_text gin_trgm_ops);

      -- Processes of the version before know no printed number, and issue documents until they are replaced.
      CREATE FUNCTION set_printed_number() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          NEW.printed_number := ${PRINTED('NEW.')};
          RETURN NEW;
        END $$;
      CREATE TRIGGER invoice_set_printed_number BEFORE INSERT ON invoice
        FOR EACH ROW WHEN (NEW.printed_number IS NULL) EXECUTE FUNCTION set_printed_number();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      DROP TRIGGER invoice_set_printed_number ON invoice;
      DROP FUNCTION set_printed_number();
      ALTER TABLE invoice DROP COLUMN search_text, DROP COLUMN printed_number;
      ALTER TABLE invoice ADD COLUMN search_text text GENERATED ALWAYS AS (
        search_fields('#' || series || '-' || lpad(number::text, 6, '0'))) STORED;
      CREATE INDEX invoice_search ON invoice USING gin (search_text gin_trgm_ops);
    `);
  }
}
