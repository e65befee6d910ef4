/** Orders placed before their money, drafts by staff, discounts, edits after the sale, and refunds by line. */
export const UP = /* sql */ `
  ALTER TABLE shop_order DROP CONSTRAINT shop_order_status_check, DROP CONSTRAINT shop_order_check3;
  ALTER TABLE shop_order
    ADD CONSTRAINT shop_order_status CHECK (status IN ('DRAFT', 'PENDING_PAYMENT', 'PLACED', 'PAID', 'FULFILLED', 'COMPLETED', 'CANCELLED', 'EXPIRED', 'REFUNDED', 'REVIEW')),
    ADD CONSTRAINT shop_order_placed CHECK (status NOT IN ('PLACED', 'PAID', 'FULFILLED', 'COMPLETED') OR placed_at IS NOT NULL),
    ADD COLUMN payment_method text NOT NULL DEFAULT 'CARD' CHECK (payment_method IN ('CARD', 'CASH_ON_DELIVERY', 'BANK_TRANSFER', 'MANUAL')),
    ADD COLUMN source text NOT NULL DEFAULT 'STOREFRONT' CHECK (source IN ('STOREFRONT', 'STAFF', 'EXCHANGE')),
    ADD COLUMN discount bigint NOT NULL DEFAULT 0 CHECK (discount >= 0),
    ADD COLUMN note text,
    -- When closing an unpaid one was last tried, so that those which nobody can decide block no others.
    ADD COLUMN close_tried_at timestamptz,
    ADD COLUMN created_by uuid REFERENCES app_user (id) ON DELETE SET NULL;
  DROP INDEX shop_order_live_cart;
  CREATE UNIQUE INDEX shop_order_live_cart ON shop_order (cart_id) WHERE status IN ('PENDING_PAYMENT', 'PLACED', 'PAID', 'FULFILLED', 'COMPLETED');

  -- discount is this line's share of the order's discount; total_gross is what is left to pay for the line.
  -- cancelled units were given up before they left (their money went back): they are never shipped.
  ALTER TABLE order_line ADD COLUMN discount bigint NOT NULL DEFAULT 0 CHECK (discount >= 0),
    ADD COLUMN cancelled int NOT NULL DEFAULT 0 CHECK (cancelled >= 0),
    ADD CONSTRAINT order_line_left CHECK (fulfilled + cancelled <= quantity),
    ADD CONSTRAINT order_line_total CHECK (total_gross = quantity * unit_price - discount);

  -- One decision of a person to give money back; the refund rows that carry it out point here.
  CREATE TABLE order_refund (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES shop_order (id),
    amount bigint NOT NULL CHECK (amount > 0),
    shipping_amount bigint NOT NULL DEFAULT 0 CHECK (shipping_amount BETWEEN 0 AND amount),
    tax bigint NOT NULL DEFAULT 0 CHECK (tax BETWEEN 0 AND amount),
    reason text,
    actor_id uuid REFERENCES app_user (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX order_refund_order ON order_refund (order_id);
  CREATE TABLE order_refund_line (
    order_refund_id uuid NOT NULL REFERENCES order_refund (id),
    order_line_id uuid NOT NULL REFERENCES order_line (id),
    quantity int NOT NULL CHECK (quantity > 0),
    amount bigint NOT NULL CHECK (amount >= 0),
    restocked int NOT NULL DEFAULT 0 CHECK (restocked BETWEEN 0 AND quantity),
    -- How many of the units never left. A refund that failed has given them up all the same: the next takes them over.
    unshipped int NOT NULL DEFAULT 0 CHECK (unshipped BETWEEN 0 AND quantity),
    PRIMARY KEY (order_refund_id, order_line_id)
  );
  CREATE INDEX order_refund_line_line ON order_refund_line (order_line_id);
  ALTER TABLE refund ADD CONSTRAINT refund_decision FOREIGN KEY (order_refund_id) REFERENCES order_refund (id);
  CREATE INDEX refund_of_decision ON refund (order_refund_id) WHERE order_refund_id IS NOT NULL;

  -- A change of a placed order. It costs more: the order stays as it is until the difference is paid.
  CREATE TABLE order_edit (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES shop_order (id),
    state text NOT NULL CHECK (state IN ('AWAITING_PAYMENT', 'APPLIED', 'CANCELLED', 'EXPIRED')),
    plan jsonb NOT NULL,
    difference bigint NOT NULL,
    actor_id uuid REFERENCES app_user (id) ON DELETE SET NULL,
    dropped_by uuid REFERENCES app_user (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    decided_at timestamptz,
    close_tried_at timestamptz
  );
  CREATE INDEX order_edit_order ON order_edit (order_id);
  CREATE INDEX order_edit_due ON order_edit (expires_at) WHERE state = 'AWAITING_PAYMENT';
  CREATE UNIQUE INDEX order_edit_open ON order_edit (order_id) WHERE state = 'AWAITING_PAYMENT';
  ALTER TABLE payment ADD CONSTRAINT payment_of_edit FOREIGN KEY (order_edit_id) REFERENCES order_edit (id);
`;

export const DOWN = /* sql */ `
  ALTER TABLE payment DROP CONSTRAINT payment_of_edit;
  ALTER TABLE refund DROP CONSTRAINT refund_decision;
  DROP INDEX refund_of_decision;
  DROP TABLE order_edit, order_refund_line, order_refund;
  ALTER TABLE order_line DROP CONSTRAINT order_line_total, DROP CONSTRAINT order_line_left, DROP COLUMN discount, DROP COLUMN cancelled;
  DROP INDEX shop_order_live_cart;
  UPDATE shop_order SET status = 'PAID' WHERE status = 'PLACED';
  ALTER TABLE shop_order DROP CONSTRAINT shop_order_status, DROP CONSTRAINT shop_order_placed,
    DROP COLUMN payment_method, DROP COLUMN source, DROP COLUMN discount, DROP COLUMN note, DROP COLUMN close_tried_at, DROP COLUMN created_by;
  ALTER TABLE shop_order
    ADD CONSTRAINT shop_order_status_check CHECK (status IN ('DRAFT', 'PENDING_PAYMENT', 'PAID', 'FULFILLED', 'COMPLETED', 'CANCELLED', 'EXPIRED', 'REFUNDED', 'REVIEW')),
    ADD CONSTRAINT shop_order_check3 CHECK (status NOT IN ('PAID', 'FULFILLED', 'COMPLETED') OR placed_at IS NOT NULL);
  CREATE UNIQUE INDEX shop_order_live_cart ON shop_order (cart_id) WHERE status IN ('PENDING_PAYMENT', 'PAID', 'FULFILLED', 'COMPLETED');
`;
