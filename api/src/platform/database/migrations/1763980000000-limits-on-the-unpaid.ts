import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = /* sql */ `
  -- How one mailbox is written once: letters in lower case, without what stands behind a plus, and without the dots
  -- that Google's mail ignores. Only for counting; mails go to the address as its owner wrote it.
  CREATE FUNCTION counted_email(address text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN split_part(lower(address), '@', 2) IN ('gmail.com', 'googlemail.com')
      THEN replace(split_part(split_part(lower(address), '@', 1), '+', 1), '.', '') || '@gmail.com'
      ELSE split_part(split_part(lower(address), '@', 1), '+', 1) || '@' || split_part(lower(address), '@', 2) END
  $$;
  -- The digits that stay when country and trunk prefix are written differently; null for what is too short to tell people apart.
  CREATE FUNCTION counted_phone(phone text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN length(digits) >= 6 THEN right(digits, 9) END FROM (SELECT regexp_replace(phone, '\\D', '', 'g') AS digits) d
  $$;

  -- One row for each time that a buyer pressed pay, kept for as long as it may hold stock.
  CREATE TABLE checkout_attempt (
    id uuid PRIMARY KEY,
    cart_id uuid NOT NULL REFERENCES cart (id) ON DELETE CASCADE,
    cart_version int NOT NULL,
    -- HMAC of the address block the request came from; the address itself is stored nowhere.
    network bytea NOT NULL,
    email text NOT NULL,
    phone text,
    user_id uuid REFERENCES app_user (id) ON DELETE SET NULL,
    payment_method text NOT NULL,
    units int NOT NULL CHECK (units > 0),
    value bigint NOT NULL CHECK (value >= 0),
    -- Whether its order was written: in the transaction of the order.
    placed boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  CREATE INDEX checkout_attempt_cart ON checkout_attempt (cart_id, cart_version);
  CREATE INDEX checkout_attempt_network ON checkout_attempt (network, created_at);
  CREATE INDEX checkout_attempt_email ON checkout_attempt (email);
  CREATE INDEX checkout_attempt_phone ON checkout_attempt (phone) WHERE phone IS NOT NULL;
  CREATE INDEX checkout_attempt_user ON checkout_attempt (user_id) WHERE user_id IS NOT NULL;
  CREATE INDEX checkout_attempt_age ON checkout_attempt (created_at);

  -- Whom staff keeps from ordering. Written by staff only.
  CREATE TABLE checkout_block (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('NETWORK', 'EMAIL', 'PHONE')),
    network bytea,
    contact text,
    -- The order that gave the reason; null when its row is gone.
    order_id uuid REFERENCES shop_order (id) ON DELETE SET NULL,
    reason text,
    created_by uuid REFERENCES app_user (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    CHECK ((kind = 'NETWORK') = (network IS NOT NULL) AND (kind = 'NETWORK') = (contact IS NULL))
  );
  CREATE UNIQUE INDEX checkout_block_network ON checkout_block (network) WHERE network IS NOT NULL;
  CREATE UNIQUE INDEX checkout_block_contact ON checkout_block (kind, contact) WHERE contact IS NOT NULL;
`;

const DOWN = /* sql */ `
  DROP TABLE checkout_block, checkout_attempt;
  DROP FUNCTION counted_phone(text);
  DROP FUNCTION counted_email(text);
`;

export class LimitsOnTheUnpaid1763980000000 implements MigrationInterface {
  name = 'LimitsOnTheUnpaid1763980000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
