import type { MigrationInterface, QueryRunner } from 'typeorm';

// Every table that called its status otherwise. Indexes, checks and the conditions of triggers follow a renamed column by themselves.
const TABLES = [
  'payment',
  'refund',
  'dispute',
  'webhook_inbox',
  'request_key',
  'email',
  'order_edit',
  'order_return',
  'export_file',
  'reservation',
  'stock_hold',
  'backorder',
  'test_provider_dispute',
];

/** The bodies of functions are text to PostgreSQL: those that name the column are written anew. */
const functions = (column: string): string => /* sql */ `
  CREATE OR REPLACE FUNCTION assert_order_money(subject uuid) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE wrong record;
    BEGIN
      SELECT o.number, o.status INTO wrong FROM shop_order o
      WHERE o.id = subject AND o.status IN ('PLACED', 'PAID', 'FULFILLED', 'COMPLETED') AND o.total_gross > 0
        AND NOT EXISTS (SELECT FROM payment p WHERE p.order_id = o.id AND (p.${column} = 'CAPTURED' OR o.status <> 'PAID'
          AND (p.${column} = 'AUTHORIZED' OR p.method = 'CASH_ON_DELIVERY' AND p.${column} <> 'CANCELLED')));
      IF FOUND THEN
        RAISE EXCEPTION 'order % is % without its money', wrong.number, wrong.status
          USING ERRCODE = 'check_violation', TABLE = 'shop_order', CONSTRAINT = 'shop_order_money';
      END IF;
    END $$;
  -- The payment is locked, so that two refunds in two transactions count each other.
  CREATE OR REPLACE FUNCTION check_refund() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE came_in bigint; goes_back bigint;
    BEGIN
      SELECT coalesce(captured_amount, 0) INTO came_in FROM payment WHERE id = NEW.payment_id FOR NO KEY UPDATE;
      SELECT coalesce(sum(amount), 0) INTO goes_back FROM refund
      WHERE payment_id = NEW.payment_id AND ${column} NOT IN ('FAILED', 'CANCELLED');
      IF goes_back > came_in THEN
        RAISE EXCEPTION 'payment %: % would go back of % that came in', NEW.payment_id, goes_back, came_in
          USING ERRCODE = 'check_violation', TABLE = 'refund', CONSTRAINT = 'refund_covered';
      END IF;
      RETURN NULL;
    END $$;
  CREATE OR REPLACE FUNCTION assert_held(subject uuid) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE wrong record;
    BEGIN
      SELECT r.${column}, r.quantity, m.held INTO wrong
      FROM reservation r, LATERAL (
        SELECT coalesce(sum(delta_reserved), 0) AS held,
          coalesce(bool_or(variant_id <> r.variant_id OR location_id <> r.location_id), false) AS elsewhere
        FROM stock_movement WHERE reservation_id = r.id AND kind IN ('RESERVE', 'RELEASE', 'SALE')
      ) m
      WHERE r.id = subject AND (m.elsewhere OR m.held <> CASE r.${column} WHEN 'ACTIVE' THEN r.quantity ELSE 0 END);
      IF FOUND THEN
        RAISE EXCEPTION 'reservation % is % for %, but its movements hold %', subject, wrong.${column}, wrong.quantity, wrong.held
          USING ERRCODE = 'check_violation', TABLE = 'reservation', CONSTRAINT = 'reservation_held';
      END IF;
    END $$;
`;

const renamed = (from: string, to: string): string => /* sql */ `
  ${TABLES.map((table) => `ALTER TABLE ${table} RENAME COLUMN ${from} TO ${to};`).join('\n  ')}
  DO $$
    DECLARE rule record;
    BEGIN
      FOR rule IN SELECT conrelid::regclass AS "table", conname FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype = 'c' AND conname LIKE '%\\_${from}\\_check'
          AND conrelid::regclass::text = ANY ('{${TABLES.join(',')}}')
      LOOP
        EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', rule."table", rule.conname,
          replace(rule.conname, '_${from}_check', '_${to}_check'));
      END LOOP;
    END $$;
  ${functions(to)}
  UPDATE outbox SET payload = payload - '${from}' || jsonb_build_object('${to}', payload->'${from}')
    WHERE kind = 'refund.changed' AND payload ? '${from}';
`;

/** The filter of an export is stored as it was asked for, and its file may still have to be written. */
const exportFilters = (names: Readonly<Record<string, string>>): string => /* sql */ `
  UPDATE export_file SET request = coalesce((SELECT jsonb_object_agg(CASE key
      ${Object.entries(names)
        .map(([from, to]) => `WHEN '${from}' THEN '${to}'`)
        .join(' ')} ELSE key END, value) FROM jsonb_each(request)), '{}');
`;

/** What a payment, refund, return and the like stand at is called status, as of orders, carts and shipments. */
export class OneWordForStatus1764141000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(renamed('state', 'status'));
    await runner.query(
      exportFilters({
        status: 'statuses',
        paymentStatus: 'paymentStatuses',
        fulfilmentStatus: 'fulfillmentStatuses',
        fulfillmentStatus: 'fulfillmentStatuses',
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      exportFilters({
        statuses: 'status',
        paymentStatuses: 'paymentStatus',
        fulfillmentStatuses: 'fulfilmentStatus',
      }),
    );
    await runner.query(renamed('status', 'state'));
  }
}
