import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What may be the only money of a placed order. A part that a ledger pays is not, unless it pays all of it. */
const orderMoney = (isMoney: string): string => /* sql */ `
  CREATE OR REPLACE FUNCTION assert_order_money(subject uuid) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE wrong record;
    BEGIN
      SELECT o.number, o.status INTO wrong FROM shop_order o
      WHERE o.id = subject AND o.status IN ('PLACED', 'PAID', 'FULFILLED', 'COMPLETED') AND o.total_gross > 0
        AND NOT EXISTS (SELECT FROM payment p WHERE p.order_id = o.id ${isMoney}AND (p.status = 'CAPTURED' OR o.status <> 'PAID'
          AND (p.status = 'AUTHORIZED' OR p.method = 'CASH_ON_DELIVERY' AND p.status <> 'CANCELLED')));
      IF FOUND THEN
        RAISE EXCEPTION 'order % is % without its money', wrong.number, wrong.status
          USING ERRCODE = 'check_violation', TABLE = 'shop_order', CONSTRAINT = 'shop_order_money';
      END IF;
    END $$;`;

/**
 * Tenders: parts of a price that ledgers of the shop pay, such as gift cards. A tender is a payment of purpose TENDER
 * without a provider; `tender` names the ledger and the account. An order says in `tendered` what they pay of its
 * total, a cart in `tenders` which accounts its buyer wants to use.
 */
export class Tenders1764275000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE cart ADD COLUMN tenders jsonb NOT NULL DEFAULT '[]';
      ALTER TABLE shop_order ADD COLUMN tendered bigint NOT NULL DEFAULT 0 CHECK (tendered >= 0);
      ALTER TABLE payment
        ADD COLUMN tender jsonb,
        DROP CONSTRAINT payment_purpose_check,
        ADD CONSTRAINT payment_purpose_check CHECK (purpose IN ('ORDER', 'EDIT', 'TENDER')),
        ADD CONSTRAINT payment_tender CHECK ((purpose = 'TENDER') = (tender IS NOT NULL)
          AND (purpose <> 'TENDER' OR provider = 'OFFLINE' AND method = 'MANUAL' AND status IN ('AUTHORIZED', 'CAPTURED', 'CANCELLED')));
      DROP INDEX payment_one_active;
      CREATE UNIQUE INDEX payment_one_active ON payment (order_id)
        WHERE status IN ('CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED') AND purpose <> 'TENDER';
      ${orderMoney("AND (p.purpose <> 'TENDER' OR o.tendered >= o.total_gross) ")}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ${orderMoney('')}
      DROP INDEX payment_one_active;
      CREATE UNIQUE INDEX payment_one_active ON payment (order_id)
        WHERE status IN ('CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED');
      ALTER TABLE payment
        DROP CONSTRAINT payment_tender,
        DROP COLUMN tender,
        DROP CONSTRAINT payment_purpose_check,
        ADD CONSTRAINT payment_purpose_check CHECK (purpose IN ('ORDER', 'EDIT'));
      ALTER TABLE shop_order DROP COLUMN tendered;
      ALTER TABLE cart DROP COLUMN tenders;
    `);
  }
}
