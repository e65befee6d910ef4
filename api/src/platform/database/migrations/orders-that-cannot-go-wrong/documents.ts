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

  CREATE TABLE export_file (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('ORDERS_CSV')),
    request jsonb NOT NULL,
    state text NOT NULL DEFAULT 'QUEUED' CHECK (state IN ('QUEUED', 'RUNNING', 'DONE', 'FAILED')),
    rows int NOT NULL DEFAULT 0,
    storage_key text,
    actor_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    finished_at timestamptz,
    expires_at timestamptz
  );
  CREATE INDEX export_file_actor ON export_file (actor_id, created_at);
`;

export const DOWN = /* sql */ `DROP TABLE export_file, invoice, invoice_series;`;
