import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The function and triggers of `refund`, which name the value of a refund that was called off. */
const refundTriggers = (cancelled: string): string => /* sql */ `
  -- The payment is locked, so that two refunds in two transactions count each other.
  CREATE OR REPLACE FUNCTION check_refund() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE came_in bigint; goes_back bigint;
    BEGIN
      SELECT coalesce(captured_amount, 0) INTO came_in FROM payment WHERE id = NEW.payment_id FOR NO KEY UPDATE;
      SELECT coalesce(sum(amount), 0) INTO goes_back FROM refund
      WHERE payment_id = NEW.payment_id AND state NOT IN ('FAILED', '${cancelled}');
      IF goes_back > came_in THEN
        RAISE EXCEPTION 'payment %: % would go back of % that came in', NEW.payment_id, goes_back, came_in
          USING ERRCODE = 'check_violation', TABLE = 'refund', CONSTRAINT = 'refund_covered';
      END IF;
      RETURN NULL;
    END $$;
  CREATE CONSTRAINT TRIGGER refund_covered AFTER INSERT ON refund DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state NOT IN ('FAILED', '${cancelled}')) EXECUTE FUNCTION check_refund();
  CREATE CONSTRAINT TRIGGER refund_revived AFTER UPDATE OF state, amount, payment_id ON refund DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state NOT IN ('FAILED', '${cancelled}')
      AND (OLD.state IN ('FAILED', '${cancelled}') OR NEW.amount > OLD.amount OR NEW.payment_id <> OLD.payment_id))
    EXECUTE FUNCTION check_refund();
`;

/** Stores one value instead of another. The triggers are absent meanwhile: nothing about the money changes. */
const refundsCalledOff = (from: string, to: string): string => /* sql */ `
  DROP TRIGGER refund_covered ON refund;
  DROP TRIGGER refund_revived ON refund;
  ALTER TABLE refund DROP CONSTRAINT refund_state_check;
  UPDATE refund SET state = '${to}' WHERE state = '${from}';
  ALTER TABLE refund ADD CONSTRAINT refund_state_check
    CHECK (state IN ('REQUESTED', 'PENDING', 'SUCCEEDED', 'FAILED', '${to}'));
  ${refundTriggers(to)}
  UPDATE outbox SET payload = jsonb_set(payload, '{state}', '"${to}"')
    WHERE kind = 'refund.changed' AND payload->>'state' = '${from}';
`;

const attributesOfColor = (from: string, to: string): string => /* sql */ `
  ALTER TABLE attribute DROP CONSTRAINT attribute_kind_check;
  UPDATE attribute SET kind = '${to}' WHERE kind = '${from}';
  ALTER TABLE attribute ADD CONSTRAINT attribute_kind_check CHECK (kind IN ('${to}', 'TEXT'));
`;

const fulfillment = (from: string, to: string): string => /* sql */ `
  ALTER TABLE shop_order RENAME COLUMN ${from}_status TO ${to}_status;
  ALTER TABLE shop_order RENAME CONSTRAINT shop_order_${from}_status_check TO shop_order_${to}_status_check;
  UPDATE outbox SET payload = payload - '${from}Status' || jsonb_build_object('${to}Status', payload->'${from}Status')
    WHERE payload ? '${from}Status';
`;

const UP = /* sql */ `
  ${refundsCalledOff('CANCELED', 'CANCELLED')}
  ${attributesOfColor('COLOUR', 'COLOR')}
  ${fulfillment('fulfilment', 'fulfillment')}
  ALTER TABLE tag RENAME COLUMN title TO name;
`;

const DOWN = /* sql */ `
  ALTER TABLE tag RENAME COLUMN name TO title;
  ${fulfillment('fulfillment', 'fulfilment')}
  ${attributesOfColor('COLOR', 'COLOUR')}
  ${refundsCalledOff('CANCELLED', 'CANCELED')}
`;

/** The schema's names are those of the field: what is stored under them follows, so that nothing is spelled in two ways. */
export class StandardWords1764140000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
