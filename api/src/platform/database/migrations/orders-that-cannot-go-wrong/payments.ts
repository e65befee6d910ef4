/** Ways to pay beside cards, capture by hand, refunds and disputes that begin at the provider, and an inbox that can be replayed. */
export const UP = /* sql */ `
  -- provider OFFLINE: no service is asked; a person says when the money is there.
  ALTER TABLE payment
    ADD COLUMN method text NOT NULL DEFAULT 'CARD' CHECK (method IN ('CARD', 'CASH_ON_DELIVERY', 'BANK_TRANSFER', 'MANUAL')),
    ADD COLUMN purpose text NOT NULL DEFAULT 'ORDER' CHECK (purpose IN ('ORDER', 'EDIT')),
    ADD COLUMN order_edit_id uuid,
    ADD COLUMN capture_method text NOT NULL DEFAULT 'AUTOMATIC' CHECK (capture_method IN ('AUTOMATIC', 'MANUAL')),
    -- What really came in; the agreed amount stays in amount.
    ADD COLUMN captured_amount bigint CHECK (captured_amount >= 0),
    ADD COLUMN captured_at timestamptz,
    ADD CONSTRAINT payment_provider CHECK (provider IN ('STRIPE', 'TEST', 'OFFLINE')),
    ADD CONSTRAINT payment_offline CHECK ((provider = 'OFFLINE') = (method <> 'CARD')),
    ADD CONSTRAINT payment_edit CHECK ((purpose = 'EDIT') = (order_edit_id IS NOT NULL));
  UPDATE payment SET captured_amount = amount, captured_at = updated_at WHERE state = 'CAPTURED';
  ALTER TABLE payment ADD CONSTRAINT payment_captured CHECK ((state = 'CAPTURED') = (captured_amount IS NOT NULL));

  -- origin PROVIDER: begun at the provider's own dashboard; we learn of it by an event or a sweep.
  ALTER TABLE refund
    ADD COLUMN origin text NOT NULL DEFAULT 'SHOP' CHECK (origin IN ('SHOP', 'PROVIDER')),
    ADD COLUMN failure_code text,
    ADD COLUMN order_refund_id uuid;

  CREATE TABLE dispute (
    id uuid PRIMARY KEY,
    payment_id uuid NOT NULL REFERENCES payment (id),
    provider_reference text NOT NULL UNIQUE,
    amount bigint NOT NULL CHECK (amount > 0),
    currency char(3) NOT NULL,
    reason text NOT NULL,
    state text NOT NULL CHECK (state IN ('NEEDS_RESPONSE', 'UNDER_REVIEW', 'WON', 'LOST')),
    evidence_due_at timestamptz,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX dispute_payment ON dispute (payment_id);
  CREATE INDEX dispute_created ON dispute (created_at, id);

  -- object_kind says what object_id names; raw is the body as it came, byte for byte.
  ALTER TABLE webhook_inbox
    ADD COLUMN id uuid NOT NULL DEFAULT new_id() UNIQUE,
    ADD COLUMN object_kind text CHECK (object_kind IN ('INTENT', 'REFUND', 'DISPUTE')),
    ADD COLUMN raw bytea,
    ADD COLUMN processed_at timestamptz;
  UPDATE webhook_inbox SET object_kind = 'INTENT' WHERE object_id IS NOT NULL;
  ALTER TABLE webhook_inbox ALTER COLUMN received_at TYPE timestamptz(3);
  CREATE INDEX webhook_inbox_received ON webhook_inbox (received_at, id);

  -- trouble: what the test card that paid will do later (a dispute; refunds that fail).
  ALTER TABLE test_provider_intent
    ADD COLUMN capture_method text NOT NULL DEFAULT 'AUTOMATIC',
    ADD COLUMN trouble text,
    ADD COLUMN received bigint NOT NULL DEFAULT 0;
  UPDATE test_provider_intent SET received = amount WHERE status = 'succeeded';
  CREATE INDEX test_provider_intent_created ON test_provider_intent (created_at);
  ALTER TABLE test_provider_refund
    ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN refund_id text,
    ADD COLUMN failure_code text;
  CREATE TABLE test_provider_dispute (
    id text PRIMARY KEY,
    intent_id text NOT NULL REFERENCES test_provider_intent (id),
    amount bigint NOT NULL,
    reason text NOT NULL,
    state text NOT NULL DEFAULT 'NEEDS_RESPONSE',
    evidence_due_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
  );
`;

export const DOWN = /* sql */ `
  DROP TABLE test_provider_dispute;
  ALTER TABLE test_provider_refund DROP COLUMN created_at, DROP COLUMN refund_id, DROP COLUMN failure_code;
  DROP INDEX test_provider_intent_created;
  ALTER TABLE test_provider_intent DROP COLUMN capture_method, DROP COLUMN trouble, DROP COLUMN received;
  DROP INDEX webhook_inbox_received;
  ALTER TABLE webhook_inbox ALTER COLUMN received_at TYPE timestamptz;
  ALTER TABLE webhook_inbox DROP COLUMN id, DROP COLUMN object_kind, DROP COLUMN raw, DROP COLUMN processed_at;
  DROP TABLE dispute;
  ALTER TABLE refund DROP COLUMN origin, DROP COLUMN failure_code, DROP COLUMN order_refund_id;
  ALTER TABLE payment DROP CONSTRAINT payment_provider, DROP CONSTRAINT payment_offline, DROP CONSTRAINT payment_edit,
    DROP COLUMN method, DROP COLUMN purpose, DROP COLUMN order_edit_id, DROP COLUMN capture_method, DROP COLUMN captured_amount, DROP COLUMN captured_at;
`;
