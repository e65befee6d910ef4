/** What customers send back: asked for, approved, received, refunded or exchanged. */
export const UP = /* sql */ `
  CREATE SEQUENCE return_number START 101;
  CREATE TABLE order_return (
    id uuid PRIMARY KEY,
    number text NOT NULL UNIQUE DEFAULT 'R' || nextval('return_number'),
    order_id uuid NOT NULL REFERENCES shop_order (id),
    state text NOT NULL DEFAULT 'REQUESTED' CHECK (state IN ('REQUESTED', 'APPROVED', 'REJECTED', 'CANCELLED', 'RECEIVED', 'REFUNDED', 'EXCHANGED')),
    resolution text NOT NULL CHECK (resolution IN ('REFUND', 'EXCHANGE')),
    reason text NOT NULL CHECK (reason IN ('DAMAGED', 'WRONG_ITEM', 'NOT_AS_DESCRIBED', 'DOES_NOT_FIT', 'CHANGED_MIND', 'OTHER')),
    comment text,
    staff_note text,
    order_refund_id uuid REFERENCES order_refund (id),
    exchange_order_id uuid REFERENCES shop_order (id),
    version int NOT NULL DEFAULT 1,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX order_return_order ON order_return (order_id);
  CREATE INDEX order_return_exchange ON order_return (exchange_order_id) WHERE exchange_order_id IS NOT NULL;
  CREATE INDEX order_return_created ON order_return (created_at, id);
  CREATE TABLE order_return_line (
    id uuid PRIMARY KEY,
    return_id uuid NOT NULL REFERENCES order_return (id),
    order_line_id uuid NOT NULL REFERENCES order_line (id),
    quantity int NOT NULL CHECK (quantity > 0),
    received int NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND quantity),
    restocked int NOT NULL DEFAULT 0 CHECK (restocked BETWEEN 0 AND received),
    exchange_variant_id uuid REFERENCES variant (id),
    -- What the units were worth when they were exchanged; a refund keeps its own amounts.
    traded bigint NOT NULL DEFAULT 0 CHECK (traded >= 0),
    UNIQUE (return_id, order_line_id)
  );
  CREATE INDEX order_return_line_line ON order_return_line (order_line_id);

  -- Pictures of what is wrong: of one order, and seen only by its buyer and by staff.
  CREATE TABLE return_photo (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES shop_order (id),
    return_id uuid REFERENCES order_return (id),
    token_hash bytea NOT NULL UNIQUE,
    storage_key text,
    width int,
    height int,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX return_photo_return ON return_photo (return_id);
`;

export const DOWN = /* sql */ `
  DROP TABLE return_photo, order_return_line, order_return;
  DROP SEQUENCE return_number;
`;
