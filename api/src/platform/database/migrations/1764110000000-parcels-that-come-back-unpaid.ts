import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = /* sql */ `
  -- The moves of order-states.ts: goods that were sent unpaid and came back end as a cancelled order.
  CREATE OR REPLACE FUNCTION check_order_move() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.status <> ALL (CASE OLD.status
        WHEN 'DRAFT' THEN ARRAY['PENDING_PAYMENT', 'PLACED', 'PAID', 'CANCELLED']
        WHEN 'PENDING_PAYMENT' THEN ARRAY['PLACED', 'PAID', 'CANCELLED', 'EXPIRED', 'REVIEW']
        WHEN 'PLACED' THEN ARRAY['PAID', 'FULFILLED', 'CANCELLED', 'REVIEW']
        WHEN 'PAID' THEN ARRAY['FULFILLED', 'CANCELLED', 'REFUNDED']
        WHEN 'FULFILLED' THEN ARRAY['COMPLETED', 'CANCELLED', 'REFUNDED']
        WHEN 'COMPLETED' THEN ARRAY['CANCELLED', 'REFUNDED']
        WHEN 'EXPIRED' THEN ARRAY['PAID', 'PLACED', 'REVIEW']
        WHEN 'REVIEW' THEN ARRAY['PAID', 'PLACED', 'CANCELLED']
        ELSE ARRAY[]::text[] END)
      THEN
        RAISE EXCEPTION 'order %: % cannot become %', OLD.number, OLD.status, NEW.status
          USING ERRCODE = 'check_violation', TABLE = 'shop_order', CONSTRAINT = 'shop_order_move';
      END IF;
      RETURN NEW;
    END $$;
`;

const DOWN = /* sql */ `
  CREATE OR REPLACE FUNCTION check_order_move() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.status <> ALL (CASE OLD.status
        WHEN 'DRAFT' THEN ARRAY['PENDING_PAYMENT', 'PLACED', 'PAID', 'CANCELLED']
        WHEN 'PENDING_PAYMENT' THEN ARRAY['PLACED', 'PAID', 'CANCELLED', 'EXPIRED', 'REVIEW']
        WHEN 'PLACED' THEN ARRAY['PAID', 'FULFILLED', 'CANCELLED', 'REVIEW']
        WHEN 'PAID' THEN ARRAY['FULFILLED', 'CANCELLED', 'REFUNDED']
        WHEN 'FULFILLED' THEN ARRAY['COMPLETED', 'REFUNDED']
        WHEN 'COMPLETED' THEN ARRAY['REFUNDED']
        WHEN 'EXPIRED' THEN ARRAY['PAID', 'PLACED', 'REVIEW']
        WHEN 'REVIEW' THEN ARRAY['PAID', 'PLACED', 'CANCELLED']
        ELSE ARRAY[]::text[] END)
      THEN
        RAISE EXCEPTION 'order %: % cannot become %', OLD.number, OLD.status, NEW.status
          USING ERRCODE = 'check_violation', TABLE = 'shop_order', CONSTRAINT = 'shop_order_move';
      END IF;
      RETURN NEW;
    END $$;
`;

export class ParcelsThatComeBackUnpaid1764110000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
