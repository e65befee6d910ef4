/** Invoices without a gap, and files that a job writes for staff. */
export const UP = /* sql */ `
  -- The counter's row is locked while a number is given, and number and invoice commit together: no gap, no double.
  CREATE TABLE invoice_series (
    code text PRIMARY KEY,
    last_number int NOT NULL DEFAULT 0 CHECK (last_number >= 0)
  );
  CREATE TABLE invoice (
    id uuid PRIMARY KEY,
    series text NOT NULL REFERENCES invoice_series (code),
    number int NOT NULL CHECK (number > 0),
    kind text NOT NULL CHECK (kind IN ('INVOICE', 'CREDIT_NOTE')),
    order_id uuid NOT NULL REFERENCES shop_order (id),
    source_key text NOT NULL UNIQUE,
    content jsonb NOT NULL,
    total_gross bigint NOT NULL,
    currency char(3) NOT NULL,
    issued_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (series, number)
  );
  CREATE INDEX invoice_order ON invoice (order_id);
  CREATE TRIGGER invoice_append_only BEFORE UPDATE OR DELETE ON invoice FOR EACH ROW EXECUTE FUNCTION refuse_change();

  -- Also by hand: every number is the one after the last, and a number that was counted has its invoice at commit.
  CREATE FUNCTION refuse_invoice_gap() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM invoice WHERE series = NEW.series) THEN
        RAISE EXCEPTION 'invoice % of series % would leave a gap', NEW.number, NEW.series
          USING ERRCODE = 'check_violation', TABLE = 'invoice', CONSTRAINT = 'invoice_no_gap';
      END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER invoice_no_gap BEFORE INSERT ON invoice FOR EACH ROW EXECUTE FUNCTION refuse_invoice_gap();
  CREATE FUNCTION refuse_spent_number() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT last_number FROM invoice_series WHERE code = NEW.code)
         <> (SELECT coalesce(max(number), 0) FROM invoice WHERE series = NEW.code) THEN
        RAISE EXCEPTION 'series % counted a number that no invoice has', NEW.code
          USING ERRCODE = 'check_violation', TABLE = 'invoice_series', CONSTRAINT = 'invoice_series_spent';
      END IF;
      RETURN NULL;
    END $$;
  CREATE CONSTRAINT TRIGGER invoice_series_spent AFTER INSERT OR UPDATE ON invoice_series
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_spent_number();

  CREATE TABLE export_file (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('ORDERS_CSV')),
    request jsonb NOT NULL,
    state text NOT NULL DEFAULT 'QUEUED' CHECK (state IN ('QUEUED', 'RUNNING', 'DONE', 'FAILED')),
    rows int NOT NULL DEFAULT 0 CHECK (rows >= 0),
    storage_key text,
    actor_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    finished_at timestamptz,
    expires_at timestamptz
  );
  CREATE INDEX export_file_actor ON export_file (actor_id, created_at);
  CREATE INDEX export_file_age ON export_file (created_at);
`;

export const DOWN = /* sql */ `
  DROP TABLE export_file, invoice, invoice_series;
  DROP FUNCTION refuse_invoice_gap();
  DROP FUNCTION refuse_spent_number();
`;
