import type { MigrationInterface, QueryRunner } from 'typeorm';

const REFERENCE = /* sql */ `
  CREATE EXTENSION IF NOT EXISTS unaccent;
  CREATE EXTENSION IF NOT EXISTS pg_trgm;

  -- unaccent is only STABLE because its dictionary could change; ours never does, and an index needs IMMUTABLE.
  CREATE FUNCTION plain_text(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT lower(public.unaccent('public.unaccent', value)) $$;

  -- UUIDv7 (RFC 9562) for rows that SQL itself makes; written out because uuidv7() came only with PostgreSQL 18.
  CREATE FUNCTION new_id() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
    SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
      PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid
  $$;

  CREATE TABLE shop_setting (
    key text PRIMARY KEY,
    value jsonb NOT NULL
  );

  CREATE TABLE region (
    code text PRIMARY KEY,
    name jsonb NOT NULL,
    currency char(3) NOT NULL
  );
  CREATE TABLE country (
    code char(2) PRIMARY KEY,
    region_code text NOT NULL REFERENCES region (code),
    name jsonb NOT NULL,
    position int NOT NULL DEFAULT 0
  );
  CREATE TABLE tax_rate (
    id uuid PRIMARY KEY,
    country_code char(2) NOT NULL REFERENCES country (code),
    tax_class text NOT NULL,
    name text NOT NULL,
    rate_basis_points int NOT NULL CHECK (rate_basis_points BETWEEN 0 AND 10000),
    UNIQUE (country_code, tax_class)
  );
  CREATE TABLE shipping_method (
    id uuid PRIMARY KEY,
    code text NOT NULL UNIQUE,
    region_code text NOT NULL REFERENCES region (code),
    name jsonb NOT NULL,
    description jsonb NOT NULL DEFAULT '{}',
    price bigint NOT NULL CHECK (price >= 0),
    free_from bigint CHECK (free_from > 0),
    currency char(3) NOT NULL,
    days_min int,
    days_max int,
    position int NOT NULL DEFAULT 0,
    active boolean NOT NULL DEFAULT true
  );
`;

const IDENTITY = /* sql */ `
  CREATE TABLE app_user (
    id uuid PRIMARY KEY,
    email text NOT NULL,
    password_hash text NOT NULL,
    first_name text NOT NULL,
    last_name text NOT NULL,
    phone text,
    role text NOT NULL DEFAULT 'CUSTOMER' CHECK (role IN ('CUSTOMER', 'SUPPORT', 'MANAGER', 'ADMIN', 'OWNER')),
    language char(2) NOT NULL DEFAULT 'ro',
    marketing_opt_in boolean NOT NULL DEFAULT false,
    marketing_opt_in_at timestamptz,
    email_verified_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    search_text text GENERATED ALWAYS AS (plain_text(first_name || ' ' || last_name || ' ' || email)) STORED
  );
  CREATE UNIQUE INDEX app_user_email ON app_user (lower(email));
  CREATE UNIQUE INDEX app_user_one_owner ON app_user ((role)) WHERE role = 'OWNER';
  CREATE INDEX app_user_created ON app_user (created_at, id);
  CREATE INDEX app_user_name ON app_user (plain_text(last_name || ' ' || first_name), id);
  CREATE INDEX app_user_search ON app_user USING gin (search_text gin_trgm_ops);

  -- One row per signed-in device, found by the id inside the refresh token. A refresh token is good once: the hash
  -- moves on with each use, and a token that was already used ends the session (reuse detection).
  CREATE TABLE user_session (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    refresh_hash bytea NOT NULL,
    previous_hash bytea,
    rotated_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    user_agent text,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX user_session_user ON user_session (user_id);

  -- The token is the signed id; only its hash is kept, and whoever mails it signs the id again.
  CREATE TABLE one_time_token (
    id uuid PRIMARY KEY,
    hash bytea NOT NULL UNIQUE,
    user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    purpose text NOT NULL CHECK (purpose IN ('PASSWORD_RESET', 'EMAIL_VERIFY')),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
  );
  CREATE INDEX one_time_token_user ON one_time_token (user_id);

  CREATE TABLE saved_address (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    label text,
    address jsonb NOT NULL,
    is_default_shipping boolean NOT NULL DEFAULT false,
    is_default_billing boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX saved_address_user ON saved_address (user_id);
  CREATE UNIQUE INDEX saved_address_shipping ON saved_address (user_id) WHERE is_default_shipping;
  CREATE UNIQUE INDEX saved_address_billing ON saved_address (user_id) WHERE is_default_billing;

  -- Token bucket per key; rows are small and swept by age.
  CREATE TABLE rate_limit (
    key text PRIMARY KEY,
    tokens double precision NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
  );
`;

const CATALOG = /* sql */ `
  -- One row. Every change a shopper could see bumps it in its own transaction; caches and ETags hang on it.
  CREATE TABLE catalog_version (
    id int PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    version bigint NOT NULL DEFAULT 1
  );
  INSERT INTO catalog_version DEFAULT VALUES;

  CREATE TABLE category (
    id uuid PRIMARY KEY,
    parent_id uuid REFERENCES category (id),
    slug text NOT NULL UNIQUE,
    name jsonb NOT NULL,
    description jsonb NOT NULL DEFAULT '{}',
    image_key text,
    image_width int,
    image_height int,
    position int NOT NULL DEFAULT 0,
    seo jsonb NOT NULL DEFAULT '{}',
    CHECK (parent_id <> id)
  );
  CREATE INDEX category_parent ON category (parent_id);

  CREATE TABLE attribute (
    id uuid PRIMARY KEY,
    code text NOT NULL UNIQUE,
    name jsonb NOT NULL,
    kind text NOT NULL CHECK (kind IN ('COLOUR', 'TEXT')),
    position int NOT NULL DEFAULT 0,
    filterable boolean NOT NULL DEFAULT true
  );
  CREATE TABLE attribute_value (
    id uuid PRIMARY KEY,
    attribute_id uuid NOT NULL REFERENCES attribute (id),
    code text NOT NULL,
    name jsonb NOT NULL,
    swatch text,
    position int NOT NULL DEFAULT 0,
    UNIQUE (attribute_id, code)
  );
  CREATE TABLE tag (
    id uuid PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    title jsonb NOT NULL
  );

  -- The product row carries its own list card (prices, availability, first pictures, swatches), kept in the
  -- transaction of each edit, so that a list reads one table. category_ids holds every ancestor as well.
  -- Times are kept to the millisecond, as JavaScript holds them: a cursor must compare exactly.
  CREATE TABLE product (
    id uuid PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    status text NOT NULL DEFAULT 'DRAFT' CHECK (status IN ('DRAFT', 'ACTIVE', 'ARCHIVED')),
    name jsonb NOT NULL,
    summary jsonb NOT NULL DEFAULT '{}',
    description jsonb NOT NULL DEFAULT '{}',
    seo jsonb NOT NULL DEFAULT '{}',
    labels text[] NOT NULL DEFAULT '{}',
    featured boolean NOT NULL DEFAULT false,
    tax_class text NOT NULL DEFAULT 'standard',
    main_category_id uuid REFERENCES category (id),
    own_category_ids uuid[] NOT NULL DEFAULT '{}',
    category_ids uuid[] NOT NULL DEFAULT '{}',
    tag_ids uuid[] NOT NULL DEFAULT '{}',
    attribute_value_ids uuid[] NOT NULL DEFAULT '{}',
    currency char(3) NOT NULL,
    min_price bigint NOT NULL DEFAULT 0,
    max_price bigint NOT NULL DEFAULT 0,
    compare_at_price bigint,
    availability text NOT NULL DEFAULT 'SOLD_OUT' CHECK (availability IN ('IN_STOCK', 'LOW_STOCK', 'SOLD_OUT')),
    cover jsonb NOT NULL DEFAULT '[]',
    swatches jsonb NOT NULL DEFAULT '[]',
    quick_add_variant_id uuid,
    sku_text text NOT NULL DEFAULT '',
    name_sort text NOT NULL GENERATED ALWAYS AS (plain_text(coalesce(name ->> 'ro', name ->> 'en', ''))) STORED,
    name_text text NOT NULL GENERATED ALWAYS AS (plain_text(coalesce(name ->> 'ro', '') || ' ' || coalesce(name ->> 'en', '') || ' ' || coalesce(name ->> 'fr', ''))) STORED,
    search tsvector NOT NULL DEFAULT '',
    version int NOT NULL DEFAULT 1,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    CHECK (compare_at_price IS NULL OR compare_at_price > min_price)
  );
  CREATE INDEX product_newest ON product (created_at DESC, id DESC) WHERE status = 'ACTIVE';
  CREATE INDEX product_price ON product (min_price, id) WHERE status = 'ACTIVE';
  CREATE INDEX product_name ON product (name_sort, id) WHERE status = 'ACTIVE';
  CREATE INDEX product_created_all ON product (created_at, id);
  CREATE INDEX product_updated_all ON product (updated_at, id);
  CREATE INDEX product_categories ON product USING gin (category_ids);
  CREATE INDEX product_tags ON product USING gin (tag_ids);
  CREATE INDEX product_attributes ON product USING gin (attribute_value_ids);
  CREATE INDEX product_search ON product USING gin (search);
  CREATE INDEX product_name_trigram ON product USING gin (name_text gin_trgm_ops);
  -- Products with a word like the term, for typing errors. The threshold belongs to the function, so that the index serves it.
  CREATE FUNCTION product_like(term text) RETURNS TABLE (id uuid, likeness real) LANGUAGE sql STABLE ROWS 20
    SET pg_trgm.word_similarity_threshold = 0.45
    AS $$ SELECT p.id, word_similarity(term, p.name_text) FROM product p WHERE term <% p.name_text $$;

  CREATE TABLE slug_redirect (
    old_slug text PRIMARY KEY,
    product_id uuid NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now()
  );

  CREATE TABLE product_option (
    id uuid PRIMARY KEY,
    product_id uuid NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    code text NOT NULL,
    name jsonb NOT NULL,
    position int NOT NULL DEFAULT 0,
    UNIQUE (product_id, code)
  );
  CREATE TABLE product_option_value (
    id uuid PRIMARY KEY,
    option_id uuid NOT NULL REFERENCES product_option (id) ON DELETE CASCADE,
    code text NOT NULL,
    name jsonb NOT NULL,
    swatch text,
    position int NOT NULL DEFAULT 0,
    UNIQUE (option_id, code)
  );

  CREATE TABLE product_image (
    id uuid PRIMARY KEY,
    product_id uuid NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    storage_key text NOT NULL,
    alt jsonb NOT NULL DEFAULT '{}',
    width int NOT NULL CHECK (width > 0),
    height int NOT NULL CHECK (height > 0),
    position int NOT NULL
  );
  CREATE INDEX product_image_product ON product_image (product_id, position);

  -- option_value_ids is sorted, so that one combination exists once per product.
  CREATE TABLE variant (
    id uuid PRIMARY KEY,
    product_id uuid NOT NULL REFERENCES product (id),
    sku text NOT NULL,
    barcode text,
    name jsonb NOT NULL,
    option_value_ids uuid[] NOT NULL DEFAULT '{}',
    image_id uuid REFERENCES product_image (id) ON DELETE SET NULL,
    price bigint NOT NULL CHECK (price >= 0),
    compare_at_price bigint,
    currency char(3) NOT NULL,
    weight_grams int CHECK (weight_grams >= 0),
    position int NOT NULL DEFAULT 0,
    deleted_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (compare_at_price IS NULL OR compare_at_price > price)
  );
  -- A variant that was taken from sale frees its article number and barcode; orders keep their own copy.
  CREATE UNIQUE INDEX variant_sku ON variant (lower(sku)) WHERE deleted_at IS NULL;
  CREATE UNIQUE INDEX variant_barcode ON variant (barcode) WHERE barcode IS NOT NULL AND deleted_at IS NULL;
  CREATE UNIQUE INDEX variant_combination ON variant (product_id, option_value_ids) WHERE deleted_at IS NULL;
  CREATE INDEX variant_product ON variant (product_id, position);

  CREATE TABLE upload (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES app_user (id),
    filename text NOT NULL,
    content_type text NOT NULL,
    size int NOT NULL,
    token_hash bytea NOT NULL UNIQUE,
    storage_key text,
    width int,
    height int,
    received_at timestamptz,
    used_at timestamptz,
    expires_at timestamptz NOT NULL
  );
`;

const INVENTORY = /* sql */ `
  CREATE TABLE stock_location (
    id uuid PRIMARY KEY,
    code text NOT NULL UNIQUE,
    name text NOT NULL,
    priority int NOT NULL DEFAULT 0,
    active boolean NOT NULL DEFAULT true
  );
  INSERT INTO stock_location (id, code, name) VALUES ('01930000-0000-7000-8000-000000000001', 'main', 'Atelier');

  -- on_hand and reserved change only together with a stock_movement row; both are checked here because
  -- overselling must be impossible even for a statement typed by hand.
  CREATE TABLE stock_level (
    variant_id uuid NOT NULL REFERENCES variant (id),
    location_id uuid NOT NULL REFERENCES stock_location (id),
    on_hand int NOT NULL DEFAULT 0,
    reserved int NOT NULL DEFAULT 0,
    PRIMARY KEY (variant_id, location_id),
    CHECK (on_hand >= 0 AND reserved >= 0 AND reserved <= on_hand)
  );
`;

const ORDERS = /* sql */ `
  CREATE TABLE cart (
    id uuid PRIMARY KEY,
    token_hash bytea UNIQUE,
    user_id uuid REFERENCES app_user (id) ON DELETE CASCADE,
    status text NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'ABANDONED', 'CONVERTED')),
    version int NOT NULL DEFAULT 1,
    currency char(3) NOT NULL,
    email text,
    phone text,
    shipping_address jsonb,
    billing_address jsonb,
    shipping_method_id uuid REFERENCES shipping_method (id),
    shipping_price_quoted bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (token_hash IS NOT NULL OR user_id IS NOT NULL)
  );
  CREATE UNIQUE INDEX cart_of_user ON cart (user_id) WHERE status = 'ACTIVE' AND user_id IS NOT NULL;
  CREATE INDEX cart_idle ON cart (updated_at) WHERE status = 'ACTIVE';
  CREATE TABLE cart_line (
    id uuid PRIMARY KEY,
    cart_id uuid NOT NULL REFERENCES cart (id) ON DELETE CASCADE,
    variant_id uuid NOT NULL REFERENCES variant (id),
    quantity int NOT NULL CHECK (quantity BETWEEN 1 AND 999),
    unit_price_at_add bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (cart_id, variant_id)
  );

  CREATE SEQUENCE order_number START 1001;
  CREATE TABLE shop_order (
    id uuid PRIMARY KEY,
    number text NOT NULL UNIQUE,
    cart_id uuid REFERENCES cart (id),
    user_id uuid REFERENCES app_user (id) ON DELETE SET NULL,
    status text NOT NULL CHECK (status IN ('DRAFT', 'PENDING_PAYMENT', 'PAID', 'FULFILLED', 'COMPLETED', 'CANCELLED', 'EXPIRED', 'REFUNDED', 'REVIEW')),
    payment_status text NOT NULL DEFAULT 'PENDING' CHECK (payment_status IN ('PENDING', 'PROCESSING', 'AUTHORIZED', 'PAID', 'PARTIALLY_REFUNDED', 'REFUNDED', 'CANCELLED')),
    fulfilment_status text NOT NULL DEFAULT 'UNFULFILLED' CHECK (fulfilment_status IN ('UNFULFILLED', 'PARTIALLY_FULFILLED', 'FULFILLED')),
    currency char(3) NOT NULL,
    language char(2) NOT NULL,
    email text NOT NULL,
    phone text,
    shipping_address jsonb NOT NULL,
    billing_address jsonb NOT NULL,
    shipping_method_id uuid REFERENCES shipping_method (id),
    shipping_method_name text NOT NULL,
    subtotal_net bigint NOT NULL,
    subtotal_gross bigint NOT NULL,
    shipping_net bigint NOT NULL,
    shipping_gross bigint NOT NULL,
    total_net bigint NOT NULL,
    total_gross bigint NOT NULL CHECK (total_gross >= 0),
    refunded bigint NOT NULL DEFAULT 0 CHECK (refunded >= 0),
    tax_lines jsonb NOT NULL,
    version int NOT NULL DEFAULT 1,
    created_at timestamptz(3) NOT NULL DEFAULT now(), -- as JavaScript holds it: a cursor must compare exactly
    updated_at timestamptz NOT NULL DEFAULT now(),
    placed_at timestamptz,
    expires_at timestamptz,
    search_text text GENERATED ALWAYS AS (plain_text(number || ' ' || email || ' ' || coalesce(shipping_address ->> 'firstName', '') || ' ' || coalesce(shipping_address ->> 'lastName', ''))) STORED,
    CHECK (subtotal_gross + shipping_gross = total_gross),
    CHECK (subtotal_net + shipping_net = total_net),
    CHECK (refunded <= total_gross),
    CHECK (status NOT IN ('PAID', 'FULFILLED', 'COMPLETED') OR placed_at IS NOT NULL)
  );
  CREATE UNIQUE INDEX shop_order_live_cart ON shop_order (cart_id) WHERE status IN ('PENDING_PAYMENT', 'PAID', 'FULFILLED', 'COMPLETED');
  CREATE INDEX shop_order_created ON shop_order (created_at, id);
  CREATE INDEX shop_order_total ON shop_order (total_gross, id);
  CREATE INDEX shop_order_user ON shop_order (user_id, created_at, id) WHERE user_id IS NOT NULL;
  CREATE INDEX shop_order_due ON shop_order (expires_at) WHERE status = 'PENDING_PAYMENT';
  CREATE INDEX shop_order_search ON shop_order USING gin (search_text gin_trgm_ops);

  CREATE TABLE order_line (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES shop_order (id) ON DELETE CASCADE,
    position int NOT NULL,
    variant_id uuid NOT NULL REFERENCES variant (id),
    product_id uuid NOT NULL REFERENCES product (id),
    product_name text NOT NULL,
    product_slug text NOT NULL,
    variant_name text NOT NULL,
    sku text NOT NULL,
    image jsonb,
    quantity int NOT NULL CHECK (quantity > 0),
    fulfilled int NOT NULL DEFAULT 0 CHECK (fulfilled >= 0 AND fulfilled <= quantity),
    unit_price bigint NOT NULL CHECK (unit_price >= 0),
    total_net bigint NOT NULL,
    total_gross bigint NOT NULL CHECK (total_gross >= 0),
    tax_basis_points int NOT NULL,
    UNIQUE (order_id, variant_id)
  );

  -- reservation.quantity units of a variant at a location are held for an order until expires_at.
  CREATE TABLE reservation (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES shop_order (id),
    variant_id uuid NOT NULL,
    location_id uuid NOT NULL,
    quantity int NOT NULL CHECK (quantity > 0),
    state text NOT NULL DEFAULT 'ACTIVE' CHECK (state IN ('ACTIVE', 'SOLD', 'RELEASED')),
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (variant_id, location_id) REFERENCES stock_level (variant_id, location_id)
  );
  -- A hold that was released may be taken again by a late payment; only one is ever alive or sold.
  CREATE UNIQUE INDEX reservation_live ON reservation (order_id, variant_id, location_id) WHERE state <> 'RELEASED';
  CREATE INDEX reservation_variant ON reservation (variant_id) WHERE state = 'ACTIVE';

  CREATE TABLE stock_movement (
    id uuid PRIMARY KEY,
    variant_id uuid NOT NULL,
    location_id uuid NOT NULL,
    delta_on_hand int NOT NULL,
    delta_reserved int NOT NULL,
    kind text NOT NULL CHECK (kind IN ('RECEIVE', 'RESERVE', 'RELEASE', 'SELL', 'RESTOCK', 'ADJUST')),
    reason text,
    order_id uuid REFERENCES shop_order (id),
    reservation_id uuid REFERENCES reservation (id),
    actor_id uuid REFERENCES app_user (id),
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (delta_on_hand <> 0 OR delta_reserved <> 0),
    UNIQUE (reservation_id, kind),
    FOREIGN KEY (variant_id, location_id) REFERENCES stock_level (variant_id, location_id)
  );
  CREATE INDEX stock_movement_variant ON stock_movement (variant_id, created_at);
  CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
  CREATE TRIGGER stock_movement_append_only BEFORE UPDATE OR DELETE ON stock_movement
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

  CREATE TABLE order_event (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES shop_order (id) ON DELETE CASCADE,
    kind text NOT NULL,
    actor_kind text NOT NULL CHECK (actor_kind IN ('CUSTOMER', 'STAFF', 'SYSTEM')),
    actor_id uuid REFERENCES app_user (id) ON DELETE SET NULL,
    data jsonb NOT NULL DEFAULT '{}',
    at timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  CREATE INDEX order_event_order ON order_event (order_id, at);

  CREATE TABLE shipment (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES shop_order (id),
    status text NOT NULL DEFAULT 'SHIPPED' CHECK (status IN ('SHIPPED', 'DELIVERED', 'RETURNED')),
    carrier text,
    tracking_number text,
    tracking_url text,
    shipped_at timestamptz NOT NULL DEFAULT now(),
    delivered_at timestamptz
  );
  CREATE INDEX shipment_order ON shipment (order_id);
  CREATE TABLE shipment_line (
    shipment_id uuid NOT NULL REFERENCES shipment (id) ON DELETE CASCADE,
    order_line_id uuid NOT NULL REFERENCES order_line (id),
    quantity int NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (shipment_id, order_line_id)
  );
`;

const PAYMENTS = /* sql */ `
  CREATE TABLE payment (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES shop_order (id),
    attempt int NOT NULL,
    provider text NOT NULL,
    state text NOT NULL CHECK (state IN ('CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED', 'CAPTURED', 'CANCELLED')),
    amount bigint NOT NULL CHECK (amount > 0),
    currency char(3) NOT NULL,
    provider_reference text,
    create_key text NOT NULL UNIQUE,
    failure_code text,
    last_checked_at timestamptz,
    checks int NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (order_id, attempt),
    UNIQUE (provider, provider_reference)
  );
  -- CAPTURED is left out on purpose: a second captured payment must be recordable, to be refunded.
  CREATE UNIQUE INDEX payment_one_active ON payment (order_id) WHERE state IN ('CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED');
  CREATE INDEX payment_open ON payment (updated_at) WHERE state IN ('CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED');

  CREATE TABLE refund (
    id uuid PRIMARY KEY,
    payment_id uuid NOT NULL REFERENCES payment (id),
    amount bigint NOT NULL CHECK (amount > 0),
    reason text NOT NULL,
    state text NOT NULL DEFAULT 'REQUESTED' CHECK (state IN ('REQUESTED', 'PENDING', 'SUCCEEDED', 'FAILED', 'CANCELED')),
    provider_reference text UNIQUE,
    key text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX refund_payment ON refund (payment_id);
  CREATE INDEX refund_open ON refund (updated_at) WHERE state IN ('REQUESTED', 'PENDING');

  CREATE TABLE webhook_inbox (
    provider text NOT NULL,
    event_id text NOT NULL,
    type text NOT NULL,
    object_id text,
    api_version text,
    verified boolean NOT NULL,
    payload jsonb NOT NULL,
    state text NOT NULL DEFAULT 'NEW' CHECK (state IN ('NEW', 'DONE', 'IGNORED', 'DEAD')),
    attempts int NOT NULL DEFAULT 0,
    error text,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (provider, event_id)
  );

  -- The built-in test provider's own books: it plays the part of Stripe's servers, never joined with ours.
  CREATE TABLE test_provider_intent (
    id text PRIMARY KEY,
    idempotency_key text NOT NULL UNIQUE,
    client_secret text NOT NULL UNIQUE,
    amount bigint NOT NULL,
    currency char(3) NOT NULL,
    metadata jsonb NOT NULL,
    status text NOT NULL DEFAULT 'requires_payment_method',
    failure_code text,
    refunded bigint NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND amount),
    settles_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE test_provider_refund (
    id text PRIMARY KEY,
    idempotency_key text NOT NULL UNIQUE,
    intent_id text NOT NULL REFERENCES test_provider_intent (id),
    amount bigint NOT NULL,
    status text NOT NULL DEFAULT 'succeeded'
  );
`;

const DELIVERY = /* sql */ `
  CREATE TABLE request_key (
    actor text NOT NULL,
    operation text NOT NULL,
    key text NOT NULL,
    body_hash bytea NOT NULL,
    state text NOT NULL DEFAULT 'RUNNING' CHECK (state IN ('RUNNING', 'DONE')),
    response jsonb,
    order_id uuid REFERENCES shop_order (id),
    taken_at timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (actor, operation, key)
  );
  CREATE INDEX request_key_age ON request_key (created_at);

  CREATE TABLE outbox (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    aggregate_id uuid NOT NULL,
    dedupe_key text NOT NULL UNIQUE,
    payload jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    published_at timestamptz
  );
  CREATE INDEX outbox_unpublished ON outbox (created_at) WHERE published_at IS NULL;

  CREATE TABLE email (
    id uuid PRIMARY KEY,
    dedupe_key text NOT NULL UNIQUE,
    recipient text NOT NULL,
    template text NOT NULL,
    language char(2) NOT NULL,
    model jsonb NOT NULL,
    state text NOT NULL DEFAULT 'QUEUED' CHECK (state IN ('QUEUED', 'SENDING', 'SENT', 'UNKNOWN', 'FAILED')),
    attempts int NOT NULL DEFAULT 0,
    lookups int NOT NULL DEFAULT 0,
    message_id text,
    error text,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX email_open ON email (next_attempt_at) WHERE state IN ('QUEUED', 'SENDING', 'UNKNOWN');

  -- What the development inbox received: shown at /dev/inbox, never used in production.
  CREATE TABLE dev_inbox (
    id uuid PRIMARY KEY,
    message_key text NOT NULL,
    sender text NOT NULL,
    recipient text NOT NULL,
    subject text NOT NULL,
    html text NOT NULL,
    text text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX dev_inbox_received ON dev_inbox (received_at DESC);
`;

export class TheFirstSale1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [REFERENCE, IDENTITY, CATALOG, INVENTORY, ORDERS, PAYMENTS, DELIVERY]) {
      await runner.query(part);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      DROP TABLE dev_inbox, email, outbox, request_key,
        test_provider_refund, test_provider_intent, webhook_inbox, refund, payment,
        shipment_line, shipment, order_event, stock_movement, reservation, order_line, shop_order,
        cart_line, cart, stock_level, stock_location,
        upload, variant, product_image, product_option_value, product_option, slug_redirect, product,
        tag, attribute_value, attribute, category, catalog_version,
        rate_limit, saved_address, one_time_token, user_session, app_user,
        shipping_method, tax_rate, country, region, shop_setting CASCADE;
      DROP SEQUENCE order_number;
      DROP FUNCTION refuse_change();
      DROP FUNCTION product_like(text);
      DROP FUNCTION plain_text(text);
      DROP FUNCTION new_id();
      DROP EXTENSION pg_trgm;
      DROP EXTENSION unaccent;
    `);
  }
}
