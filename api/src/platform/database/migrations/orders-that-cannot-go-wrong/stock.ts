/** Locations that are stores, back-orders, holds of carts and of other systems, and the ledger's words as the field has them. */
export const UP = /* sql */ `
  ALTER TABLE stock_location
    ADD COLUMN kind text NOT NULL DEFAULT 'WAREHOUSE' CHECK (kind IN ('WAREHOUSE', 'STORE')),
    ADD COLUMN address jsonb;

  -- DENY sells what is there; CONTINUE also sells up to backorder_limit units (null: any number) that are still to come.
  ALTER TABLE variant
    ADD COLUMN stock_policy text NOT NULL DEFAULT 'DENY' CHECK (stock_policy IN ('DENY', 'CONTINUE')),
    ADD COLUMN backorder_limit int CHECK (backorder_limit >= 0),
    ADD COLUMN available_from date,
    ADD COLUMN low_stock_threshold int CHECK (low_stock_threshold >= 0);

  CREATE INDEX variant_sku_part ON variant USING gin (plain_text(sku) gin_trgm_ops);
  CREATE INDEX product_name_all ON product (name_sort, id);
  ALTER TABLE product DROP CONSTRAINT product_availability_check;
  ALTER TABLE product ADD CONSTRAINT product_availability_check
    CHECK (availability IN ('IN_STOCK', 'LOW_STOCK', 'BACKORDER', 'SOLD_OUT'));

  -- What another system (a till, a marketplace) holds by SKU in two phases: held, then committed or released.
  CREATE TABLE stock_hold (
    id uuid PRIMARY KEY,
    state text NOT NULL DEFAULT 'HELD' CHECK (state IN ('HELD', 'COMMITTED', 'RELEASED')),
    holder text NOT NULL,
    expires_at timestamptz NOT NULL,
    actor_id uuid REFERENCES app_user (id) ON DELETE SET NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    decided_at timestamptz
  );
  CREATE INDEX stock_hold_due ON stock_hold (expires_at) WHERE state = 'HELD';

  -- One holder each: an order, a cart (where the shop lets carts hold stock) or a hold by SKU.
  ALTER TABLE reservation ALTER COLUMN order_id DROP NOT NULL;
  ALTER TABLE reservation
    ADD COLUMN cart_id uuid REFERENCES cart (id) ON DELETE SET NULL,
    ADD COLUMN stock_hold_id uuid REFERENCES stock_hold (id),
    -- What a cart once held may outlive the cart.
    ADD CONSTRAINT reservation_one_holder CHECK (num_nonnulls(order_id, cart_id, stock_hold_id) = 1
      OR (state = 'RELEASED' AND num_nonnulls(order_id, cart_id, stock_hold_id) = 0));
  DROP INDEX reservation_live;
  CREATE UNIQUE INDEX reservation_live ON reservation (coalesce(order_id, cart_id, stock_hold_id), variant_id, location_id) WHERE state = 'ACTIVE';
  CREATE INDEX reservation_order ON reservation (order_id) WHERE order_id IS NOT NULL;
  CREATE INDEX reservation_cart ON reservation (cart_id) WHERE cart_id IS NOT NULL;
  CREATE INDEX reservation_hold ON reservation (stock_hold_id) WHERE stock_hold_id IS NOT NULL;
  CREATE INDEX reservation_due ON reservation (expires_at, id) WHERE state = 'ACTIVE';
  CREATE INDEX reservation_shelf ON reservation (variant_id, location_id) WHERE state = 'ACTIVE';
  DROP INDEX reservation_variant;

  -- Units sold before they are there: HELD while the order is unpaid, OWED once it is placed, FILLED when a delivery
  -- covers them (with its SALE movement), RELEASED when the order ends.
  CREATE TABLE backorder (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES shop_order (id),
    variant_id uuid NOT NULL REFERENCES variant (id),
    quantity int NOT NULL CHECK (quantity > 0),
    state text NOT NULL DEFAULT 'HELD' CHECK (state IN ('HELD', 'OWED', 'FILLED', 'RELEASED')),
    created_at timestamptz NOT NULL DEFAULT now(),
    decided_at timestamptz
  );
  CREATE INDEX backorder_open ON backorder (variant_id, created_at) WHERE state IN ('HELD', 'OWED');
  CREATE INDEX backorder_order ON backorder (order_id);

  ALTER TABLE stock_movement DISABLE TRIGGER stock_movement_append_only;
  ALTER TABLE stock_movement DROP CONSTRAINT stock_movement_kind_check;
  UPDATE stock_movement SET kind = CASE kind WHEN 'SELL' THEN 'SALE' ELSE 'RETURN' END WHERE kind IN ('SELL', 'RESTOCK');
  ALTER TABLE stock_movement ENABLE TRIGGER stock_movement_append_only;
  ALTER TABLE stock_movement ADD CONSTRAINT stock_movement_kind_check
    CHECK (kind IN ('RECEIVE', 'RESERVE', 'RELEASE', 'SALE', 'RETURN', 'ADJUST', 'TRANSFER'));
  -- A hold is taken, given back and sold once; what was sold may come back in parts.
  ALTER TABLE stock_movement DROP CONSTRAINT stock_movement_reservation_id_kind_key;
  CREATE UNIQUE INDEX stock_movement_once ON stock_movement (reservation_id, kind) WHERE kind IN ('RESERVE', 'RELEASE', 'SALE');
  -- Both ends of a transfer carry the same id.
  ALTER TABLE stock_movement ADD COLUMN transfer_id uuid,
    ADD CONSTRAINT stock_movement_transfer CHECK ((kind = 'TRANSFER') = (transfer_id IS NOT NULL));
  CREATE INDEX stock_movement_order ON stock_movement (order_id) WHERE order_id IS NOT NULL;
  CREATE INDEX stock_movement_newest ON stock_movement (created_at DESC, id DESC);
`;

export const DOWN = /* sql */ `
  DROP INDEX stock_movement_newest, stock_movement_order, stock_movement_once;
  ALTER TABLE stock_movement DROP CONSTRAINT stock_movement_transfer, DROP COLUMN transfer_id;
  ALTER TABLE stock_movement DISABLE TRIGGER stock_movement_append_only;
  ALTER TABLE stock_movement DROP CONSTRAINT stock_movement_kind_check;
  UPDATE stock_movement SET kind = CASE kind WHEN 'SALE' THEN 'SELL' WHEN 'RETURN' THEN 'RESTOCK' ELSE 'ADJUST' END
    WHERE kind IN ('SALE', 'RETURN', 'TRANSFER');
  ALTER TABLE stock_movement ENABLE TRIGGER stock_movement_append_only;
  ALTER TABLE stock_movement ADD CONSTRAINT stock_movement_kind_check
    CHECK (kind IN ('RECEIVE', 'RESERVE', 'RELEASE', 'SELL', 'RESTOCK', 'ADJUST'));
  ALTER TABLE stock_movement ADD CONSTRAINT stock_movement_reservation_id_kind_key UNIQUE (reservation_id, kind);
  DROP TABLE backorder;
  DROP INDEX reservation_live, reservation_order, reservation_cart, reservation_hold, reservation_shelf, reservation_due;
  ALTER TABLE reservation DROP CONSTRAINT reservation_one_holder, DROP COLUMN cart_id, DROP COLUMN stock_hold_id;
  ALTER TABLE reservation ALTER COLUMN order_id SET NOT NULL;
  CREATE UNIQUE INDEX reservation_live ON reservation (order_id, variant_id, location_id) WHERE state <> 'RELEASED';
  CREATE INDEX reservation_variant ON reservation (variant_id) WHERE state = 'ACTIVE';
  DROP TABLE stock_hold;
  DROP INDEX variant_sku_part, product_name_all;
  UPDATE product SET availability = 'SOLD_OUT' WHERE availability = 'BACKORDER';
  ALTER TABLE product DROP CONSTRAINT product_availability_check;
  ALTER TABLE product ADD CONSTRAINT product_availability_check CHECK (availability IN ('IN_STOCK', 'LOW_STOCK', 'SOLD_OUT'));
  ALTER TABLE variant DROP COLUMN stock_policy, DROP COLUMN backorder_limit, DROP COLUMN available_from, DROP COLUMN low_stock_threshold;
  ALTER TABLE stock_location DROP COLUMN kind, DROP COLUMN address;
`;
