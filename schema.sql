-- The database after all migrations, to read: printed by `npm run schema:sql`, changed by migrations only.

CREATE EXTENSION btree_gist;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION unaccent;

CREATE SEQUENCE order_number START 1001;
CREATE SEQUENCE return_number START 101;

-- -----------------------------------------------------------------------------
-- store
-- -----------------------------------------------------------------------------

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE integration (
  code text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  last_test_at timestamp with time zone,
  last_test_code text,
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_by uuid,
  CONSTRAINT integration_pkey PRIMARY KEY (code),
  CONSTRAINT integration_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT integration_last_test_code_check CHECK (last_test_code IN ('OK', 'REFUSED', 'NOT_PERMITTED', 'UNREACHABLE', 'TIMED_OUT', 'FAILED')),
  CONSTRAINT integration_last_test_whole CHECK ((last_test_at IS NULL) = (last_test_code IS NULL))
);
CREATE TRIGGER integration_recorded AFTER INSERT OR DELETE OR UPDATE ON integration FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Integration', 'code', '', '');

-- Encrypted; staff removes it. Deleted each night: a value that was replaced and held for a while longer.
CREATE TABLE integration_secret (
  integration text NOT NULL,
  name text NOT NULL,
  ciphertext bytea NOT NULL,
  nonce bytea NOT NULL,
  key_id text NOT NULL,
  hint text,
  expires_at timestamp with time zone,
  CONSTRAINT integration_secret_pkey PRIMARY KEY (integration, name),
  CONSTRAINT integration_secret_integration_fkey FOREIGN KEY (integration) REFERENCES integration(code) ON DELETE CASCADE,
  CONSTRAINT integration_secret_nonce_check CHECK (octet_length(nonce) = 12)
);
CREATE TRIGGER integration_secret_recorded AFTER INSERT OR DELETE OR UPDATE ON integration_secret FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Integration', 'integration', 'ciphertext nonce key_id hint', '');

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE message_override (
  language text NOT NULL,
  key text NOT NULL,
  value text NOT NULL,
  name text NOT NULL GENERATED ALWAYS AS (((language || ' ') || key)) STORED,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  CONSTRAINT message_override_pkey PRIMARY KEY (language, key),
  CONSTRAINT message_override_key_check CHECK (key ~ '^[a-z/-]+:[A-Za-z0-9_.]+$'),
  CONSTRAINT message_override_language_check CHECK (language ~ '^[a-z]{2}$'),
  CONSTRAINT message_override_value_check CHECK (length(value) >= 1 AND length(value) <= 2000)
);
CREATE TRIGGER message_override_recorded AFTER INSERT OR DELETE OR UPDATE ON message_override FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('InterfaceWord', 'name', '', '');

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE shop_setting (
  key text NOT NULL,
  value jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_by uuid,
  CONSTRAINT shop_setting_pkey PRIMARY KEY (key),
  CONSTRAINT shop_setting_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES app_user(id) ON DELETE SET NULL
);
CREATE TRIGGER shop_setting_recorded AFTER INSERT OR DELETE OR UPDATE ON shop_setting FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Settings', 'key', '', '');

-- -----------------------------------------------------------------------------
-- media
-- -----------------------------------------------------------------------------

-- Kept until staff delete it; then 30 days in the bin, and its files with it.
CREATE TABLE media (
  id uuid NOT NULL,
  kind text NOT NULL,
  visibility text NOT NULL DEFAULT 'PUBLIC',
  storage_key text NOT NULL,
  original_key text,
  filename text NOT NULL,
  content_type text NOT NULL,
  size integer,
  sha256 bytea,
  hashed_at timestamp(3) with time zone,
  status text NOT NULL,
  failure text,
  width integer,
  height integer,
  widths integer[],
  attempts integer NOT NULL DEFAULT 0,
  queued_at timestamp with time zone NOT NULL DEFAULT now(),
  alt jsonb NOT NULL DEFAULT '{}'::jsonb,
  decorative boolean NOT NULL DEFAULT false,
  focal integer[],
  tags text[] NOT NULL DEFAULT '{}'::text[],
  deleted_at timestamp(3) with time zone,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  CONSTRAINT media_pkey PRIMARY KEY (id),
  CONSTRAINT media_file UNIQUE (storage_key),
  CONSTRAINT media_same_bytes UNIQUE (sha256, visibility),
  CONSTRAINT media_decoration CHECK (NOT decorative OR alt = '{}'::jsonb),
  CONSTRAINT media_failure_check CHECK (failure IN ('DAMAGED', 'FILE_MISSING', 'UNEXPECTED')),
  CONSTRAINT media_filename_check CHECK (length(filename) >= 1 AND length(filename) <= 255),
  CONSTRAINT media_focal_check CHECK (array_length(focal, 1) = 2 AND (0 <= ALL (focal)) AND (100 >= ALL (focal))),
  CONSTRAINT media_has_source CHECK (status = 'READY' OR original_key IS NOT NULL),
  CONSTRAINT media_height_check CHECK (height > 0),
  CONSTRAINT media_kind_check CHECK (kind IN ('IMAGE', 'DOCUMENT')),
  CONSTRAINT media_measured CHECK ((kind = 'IMAGE') = (width IS NOT NULL) AND (kind = 'IMAGE') = (height IS NOT NULL)),
  CONSTRAINT media_sha256_check CHECK (length(sha256) = 32),
  CONSTRAINT media_size_check CHECK (size > 0),
  CONSTRAINT media_status_check CHECK (status IN ('PROCESSING', 'READY', 'FAILED')),
  CONSTRAINT media_visibility_check CHECK (visibility IN ('PUBLIC', 'PRIVATE')),
  CONSTRAINT media_why_failed CHECK ((status = 'FAILED') = (failure IS NOT NULL)),
  CONSTRAINT media_width_check CHECK (width > 0)
);
CREATE INDEX media_in_bin ON media (deleted_at) WHERE (deleted_at IS NOT NULL);
CREATE INDEX media_in_work ON media (queued_at) WHERE (status = 'PROCESSING');
CREATE INDEX media_newest ON media (created_at, id);
CREATE INDEX media_tagged ON media USING gin (tags);
CREATE INDEX media_unread ON media (id) WHERE (hashed_at IS NULL);
CREATE TRIGGER media_recorded AFTER INSERT OR DELETE OR UPDATE ON media FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Media', 'id', 'filename', 'storage_key original_key hashed_at widths attempts queued_at');

-- The files of what was replaced or deleted: removed by the nightly job when they are due, and the row with them.
CREATE TABLE media_former_file (
  storage_key text NOT NULL,
  original_key text,
  kind text NOT NULL,
  visibility text NOT NULL,
  media_id uuid,
  due_at timestamp(3) with time zone,
  CONSTRAINT media_former_file_pkey PRIMARY KEY (storage_key),
  CONSTRAINT media_former_file_media_id_fkey FOREIGN KEY (media_id) REFERENCES media(id) ON DELETE SET NULL,
  CONSTRAINT media_former_file_kind_check CHECK (kind IN ('IMAGE', 'DOCUMENT')),
  CONSTRAINT media_former_file_visibility_check CHECK (visibility IN ('PUBLIC', 'PRIVATE'))
);
CREATE INDEX media_former_file_of ON media_former_file (media_id) WHERE (media_id IS NOT NULL);

-- Deleted with the place that shows the file.
CREATE TABLE media_use (
  media_id uuid NOT NULL,
  owner_type text NOT NULL,
  owner_id uuid NOT NULL,
  field text NOT NULL,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  CONSTRAINT media_use_pkey PRIMARY KEY (media_id, owner_type, owner_id, field),
  CONSTRAINT media_use_media_id_fkey FOREIGN KEY (media_id) REFERENCES media(id),
  CONSTRAINT media_use_place CHECK (owner_type = 'PRODUCT' AND field = 'IMAGES' OR owner_type = 'PRODUCT' AND field = 'SHARE_IMAGE' OR owner_type = 'CATEGORY' AND field = 'IMAGE' OR owner_type = 'CATEGORY' AND field = 'SHARE_IMAGE' OR owner_type = 'PAGE' AND field = 'IMAGES' OR owner_type = 'PAGE' AND field = 'SHARE_IMAGE' OR owner_type = 'SHOP' AND field = 'SHARE_IMAGE')
);
CREATE INDEX media_use_owner ON media_use (owner_id, owner_type, field);
CREATE TRIGGER media_use_recorded AFTER INSERT OR DELETE OR UPDATE ON media_use FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Media', 'media_id', '', '');

-- Deleted each night: a day after its end, with its file, unless it came into the library or was used for the brand.
CREATE TABLE upload (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  filename text NOT NULL,
  content_type text NOT NULL,
  size integer NOT NULL,
  token_hash bytea NOT NULL,
  storage_key text,
  width integer,
  height integer,
  received_at timestamp with time zone,
  used_at timestamp with time zone,
  expires_at timestamp with time zone NOT NULL,
  original_key text,
  written_keys text[] NOT NULL DEFAULT '{}'::text[],
  sha256 bytea,
  received_size integer,
  discarded_at timestamp with time zone,
  CONSTRAINT upload_pkey PRIMARY KEY (id),
  CONSTRAINT upload_token_hash_key UNIQUE (token_hash),
  CONSTRAINT upload_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id)
);
CREATE TRIGGER upload_recorded AFTER INSERT ON upload FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Upload', 'id', 'filename token_hash storage_key original_key', '');

-- -----------------------------------------------------------------------------
-- catalog
-- -----------------------------------------------------------------------------

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE attribute (
  id uuid NOT NULL,
  code text NOT NULL,
  name jsonb NOT NULL,
  kind text NOT NULL,
  "position" integer NOT NULL DEFAULT 0,
  filterable boolean NOT NULL DEFAULT true,
  level text NOT NULL DEFAULT 'PRODUCT',
  unit text,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  CONSTRAINT attribute_pkey PRIMARY KEY (id),
  CONSTRAINT attribute_code_key UNIQUE (code),
  CONSTRAINT attribute_kind_check CHECK (kind IN ('TEXT', 'NUMBER', 'BOOLEAN', 'ENUM', 'COLOR', 'DATE')),
  CONSTRAINT attribute_level_check CHECK (level IN ('PRODUCT', 'VARIANT')),
  CONSTRAINT attribute_unit_check CHECK (length(unit) >= 1 AND length(unit) <= 20)
);
CREATE TRIGGER attribute_recorded AFTER INSERT OR DELETE OR UPDATE ON attribute FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Attribute', 'id', '', '');

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE attribute_category (
  attribute_id uuid NOT NULL,
  category_id uuid NOT NULL,
  CONSTRAINT attribute_category_pkey PRIMARY KEY (attribute_id, category_id),
  CONSTRAINT attribute_category_attribute_id_fkey FOREIGN KEY (attribute_id) REFERENCES attribute(id) ON DELETE CASCADE,
  CONSTRAINT attribute_category_category_id_fkey FOREIGN KEY (category_id) REFERENCES category(id) ON DELETE CASCADE
);
CREATE INDEX attribute_category_category ON attribute_category (category_id);
CREATE TRIGGER attribute_category_recorded AFTER INSERT OR DELETE OR UPDATE ON attribute_category FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Attribute', 'attribute_id', '', '');

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE attribute_value (
  id uuid NOT NULL,
  attribute_id uuid NOT NULL,
  code text NOT NULL,
  name jsonb NOT NULL,
  swatch text,
  "position" integer NOT NULL DEFAULT 0,
  care jsonb NOT NULL DEFAULT '{}'::jsonb,
  former_codes text[] NOT NULL DEFAULT '{}'::text[],
  CONSTRAINT attribute_value_pkey PRIMARY KEY (id),
  CONSTRAINT attribute_value_attribute_id_code_key UNIQUE (attribute_id, code),
  CONSTRAINT attribute_value_attribute_id_fkey FOREIGN KEY (attribute_id) REFERENCES attribute(id)
);
CREATE TRIGGER attribute_value_recorded AFTER INSERT OR DELETE OR UPDATE ON attribute_value FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Attribute', 'attribute_id', '', '');

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE catalog_version (
  id integer NOT NULL DEFAULT 1,
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT catalog_version_pkey PRIMARY KEY (id),
  CONSTRAINT catalog_version_id_check CHECK (id = 1)
);

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE category (
  id uuid NOT NULL,
  parent_id uuid,
  slug text NOT NULL,
  name jsonb NOT NULL,
  description jsonb NOT NULL DEFAULT '{}'::jsonb,
  image_key text,
  image_width integer,
  image_height integer,
  "position" integer NOT NULL DEFAULT 0,
  seo jsonb NOT NULL DEFAULT '{}'::jsonb,
  path uuid[] NOT NULL DEFAULT '{}'::uuid[],
  version integer NOT NULL DEFAULT 1,
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  hidden boolean NOT NULL DEFAULT false,
  image jsonb,
  CONSTRAINT category_pkey PRIMARY KEY (id),
  CONSTRAINT category_slug_key UNIQUE (slug),
  CONSTRAINT category_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES category(id),
  CONSTRAINT category_check CHECK (parent_id <> id),
  CONSTRAINT category_depth CHECK (cardinality(path) >= 1 AND cardinality(path) <= 6)
);
CREATE INDEX category_parent ON category (parent_id);
CREATE INDEX category_path ON category USING gin (path);
CREATE TRIGGER category_below AFTER UPDATE OF parent_id ON category FOR EACH ROW WHEN (old.path IS DISTINCT FROM new.path) EXECUTE FUNCTION move_categories_below();
CREATE TRIGGER category_media_uses_gone AFTER DELETE ON category FOR EACH ROW EXECUTE FUNCTION forget_media_uses();
CREATE TRIGGER category_path BEFORE INSERT OR UPDATE OF parent_id ON category FOR EACH ROW EXECUTE FUNCTION set_category_path();
CREATE TRIGGER category_recorded AFTER INSERT OR DELETE OR UPDATE ON category FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Category', 'id', '', 'path');
CREATE TRIGGER category_slug_changed AFTER UPDATE OF slug ON category FOR EACH ROW WHEN (old.slug IS DISTINCT FROM new.slug) EXECUTE FUNCTION keep_slug('CATEGORY');
CREATE TRIGGER category_slug_kept AFTER INSERT OR DELETE ON category FOR EACH ROW EXECUTE FUNCTION keep_slug('CATEGORY');

-- Kept until the next release: `slug` has them.
CREATE TABLE category_redirect (
  old_slug text NOT NULL,
  category_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT category_redirect_pkey PRIMARY KEY (old_slug),
  CONSTRAINT category_redirect_category_id_fkey FOREIGN KEY (category_id) REFERENCES category(id) ON DELETE CASCADE
);
CREATE INDEX category_redirect_of ON category_redirect (category_id);
CREATE TRIGGER category_redirect_recorded AFTER INSERT OR DELETE OR UPDATE ON category_redirect FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Category', 'category_id', '', '');

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE product (
  id uuid NOT NULL,
  slug text NOT NULL,
  status text NOT NULL DEFAULT 'DRAFT',
  name jsonb NOT NULL,
  summary jsonb NOT NULL DEFAULT '{}'::jsonb,
  description jsonb NOT NULL DEFAULT '{}'::jsonb,
  seo jsonb NOT NULL DEFAULT '{}'::jsonb,
  labels text[] NOT NULL DEFAULT '{}'::text[],
  featured boolean NOT NULL DEFAULT false,
  tax_class text NOT NULL DEFAULT 'standard',
  main_category_id uuid,
  own_category_ids uuid[] NOT NULL DEFAULT '{}'::uuid[],
  category_ids uuid[] NOT NULL DEFAULT '{}'::uuid[],
  tag_ids uuid[] NOT NULL DEFAULT '{}'::uuid[],
  attribute_value_ids uuid[] NOT NULL DEFAULT '{}'::uuid[],
  currency character(3) NOT NULL,
  min_price bigint NOT NULL DEFAULT 0,
  max_price bigint NOT NULL DEFAULT 0,
  compare_at_price bigint,
  availability text NOT NULL DEFAULT 'SOLD_OUT',
  cover jsonb NOT NULL DEFAULT '[]'::jsonb,
  swatches jsonb NOT NULL DEFAULT '[]'::jsonb,
  quick_add_variant_id uuid,
  sku_text text NOT NULL DEFAULT '',
  name_sort text NOT NULL,
  search tsvector NOT NULL DEFAULT ''::tsvector,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  name_text text NOT NULL GENERATED ALWAYS AS (plain_text(localized_words(name))) STORED,
  search_text text GENERATED ALWAYS AS (search_fields(VARIADIC localized_values(name))) STORED,
  attribute_data jsonb NOT NULL DEFAULT '{}'::jsonb,
  facet_value_ids uuid[] NOT NULL DEFAULT '{}'::uuid[],
  CONSTRAINT product_pkey PRIMARY KEY (id),
  CONSTRAINT product_slug_key UNIQUE (slug),
  CONSTRAINT product_main_category_id_fkey FOREIGN KEY (main_category_id) REFERENCES category(id),
  CONSTRAINT product_tax_class FOREIGN KEY (tax_class) REFERENCES tax_class(code),
  CONSTRAINT product_availability_check CHECK (availability IN ('IN_STOCK', 'LOW_STOCK', 'BACKORDER', 'SOLD_OUT')),
  CONSTRAINT product_check CHECK (compare_at_price IS NULL OR compare_at_price > min_price),
  CONSTRAINT product_status_check CHECK (status IN ('DRAFT', 'ACTIVE', 'ARCHIVED'))
);
CREATE INDEX product_attributes ON product USING gin (attribute_value_ids);
CREATE INDEX product_categories ON product USING gin (category_ids);
CREATE INDEX product_created_all ON product (created_at, id);
CREATE INDEX product_facet_values ON product USING gin (facet_value_ids);
CREATE INDEX product_name ON product (name_sort, id) WHERE (status = 'ACTIVE');
CREATE INDEX product_name_all ON product (name_sort, id);
CREATE INDEX product_name_trigram ON product USING gin (name_text gin_trgm_ops);
CREATE INDEX product_newest ON product (created_at DESC, id DESC) WHERE (status = 'ACTIVE');
CREATE INDEX product_price ON product (min_price, id) WHERE (status = 'ACTIVE');
CREATE INDEX product_search ON product USING gin (search);
CREATE INDEX product_search_text ON product USING gin (search_text gin_trgm_ops);
CREATE INDEX product_tags ON product USING gin (tag_ids);
CREATE INDEX product_updated_all ON product (updated_at, id);
CREATE TRIGGER product_media_uses_gone AFTER DELETE ON product FOR EACH ROW EXECUTE FUNCTION forget_media_uses();
CREATE TRIGGER product_name_sort BEFORE INSERT OR UPDATE OF name ON product FOR EACH ROW EXECUTE FUNCTION set_product_name_sort();
CREATE TRIGGER product_recorded AFTER INSERT OR DELETE OR UPDATE ON product FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Product', 'id', '', 'category_ids min_price max_price compare_at_price availability cover swatches quick_add_variant_id sku_text name_sort search name_text facet_value_ids');
CREATE TRIGGER product_slug_changed AFTER UPDATE OF slug ON product FOR EACH ROW WHEN (old.slug IS DISTINCT FROM new.slug) EXECUTE FUNCTION keep_slug('PRODUCT');
CREATE TRIGGER product_slug_kept AFTER INSERT OR DELETE ON product FOR EACH ROW EXECUTE FUNCTION keep_slug('PRODUCT');
CREATE TRIGGER product_tax_class_open BEFORE INSERT OR UPDATE OF tax_class ON product FOR EACH ROW EXECUTE FUNCTION refuse_archived_tax_class();

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE product_image (
  id uuid NOT NULL,
  product_id uuid NOT NULL,
  storage_key text NOT NULL,
  alt jsonb NOT NULL DEFAULT '{}'::jsonb,
  width integer NOT NULL,
  height integer NOT NULL,
  "position" integer NOT NULL,
  original_key text,
  status text NOT NULL DEFAULT 'READY',
  failure text,
  widths integer[],
  attempts integer NOT NULL DEFAULT 0,
  queued_at timestamp with time zone NOT NULL DEFAULT now(),
  media_id uuid,
  focal integer[],
  CONSTRAINT product_image_pkey PRIMARY KEY (id),
  CONSTRAINT product_image_media_id_fkey FOREIGN KEY (media_id) REFERENCES media(id),
  CONSTRAINT product_image_product_id_fkey FOREIGN KEY (product_id) REFERENCES product(id) ON DELETE CASCADE,
  CONSTRAINT product_image_check CHECK ((status = 'FAILED') = (failure IS NOT NULL)),
  CONSTRAINT product_image_check1 CHECK (status = 'READY' OR original_key IS NOT NULL),
  CONSTRAINT product_image_failure_check CHECK (failure IN ('DAMAGED', 'FILE_MISSING', 'UNEXPECTED')),
  CONSTRAINT product_image_height_check CHECK (height > 0),
  CONSTRAINT product_image_status_check CHECK (status IN ('PROCESSING', 'READY', 'FAILED')),
  CONSTRAINT product_image_width_check CHECK (width > 0)
);
CREATE INDEX product_image_in_work ON product_image (queued_at) WHERE (status = 'PROCESSING');
CREATE INDEX product_image_media ON product_image (media_id);
CREATE INDEX product_image_product ON product_image (product_id, "position");
CREATE TRIGGER product_image_in_library BEFORE INSERT ON product_image FOR EACH ROW WHEN (new.media_id IS NULL) EXECUTE FUNCTION take_image_into_library();
CREATE TRIGGER product_image_recorded AFTER INSERT OR DELETE OR UPDATE ON product_image FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Product', 'product_id', '', 'original_key widths attempts queued_at');
CREATE TRIGGER product_image_unused AFTER DELETE ON product_image FOR EACH ROW WHEN (old.media_id IS NOT NULL) EXECUTE FUNCTION keep_media_use();
CREATE TRIGGER product_image_used AFTER INSERT ON product_image FOR EACH ROW WHEN (new.media_id IS NOT NULL) EXECUTE FUNCTION keep_media_use();

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE product_option (
  id uuid NOT NULL,
  product_id uuid NOT NULL,
  code text NOT NULL,
  name jsonb NOT NULL,
  "position" integer NOT NULL DEFAULT 0,
  CONSTRAINT product_option_pkey PRIMARY KEY (id),
  CONSTRAINT product_option_product_id_code_key UNIQUE (product_id, code),
  CONSTRAINT product_option_product_id_fkey FOREIGN KEY (product_id) REFERENCES product(id) ON DELETE CASCADE
);
CREATE TRIGGER product_option_recorded AFTER INSERT OR DELETE OR UPDATE ON product_option FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Product', 'product_id', '', '');

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE product_option_value (
  id uuid NOT NULL,
  option_id uuid NOT NULL,
  code text NOT NULL,
  name jsonb NOT NULL,
  swatch text,
  "position" integer NOT NULL DEFAULT 0,
  CONSTRAINT product_option_value_pkey PRIMARY KEY (id),
  CONSTRAINT product_option_value_option_id_code_key UNIQUE (option_id, code),
  CONSTRAINT product_option_value_option_id_fkey FOREIGN KEY (option_id) REFERENCES product_option(id) ON DELETE CASCADE
);
CREATE TRIGGER product_option_value_recorded AFTER INSERT OR DELETE OR UPDATE ON product_option_value FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('ProductOption', 'option_id', '', '');

-- Written by versions before this one, and read by none; deleted with the job or the product.
CREATE TABLE product_status_change (
  job_id uuid NOT NULL,
  product_id uuid NOT NULL,
  status_before text NOT NULL,
  version_after integer NOT NULL,
  CONSTRAINT product_status_change_pkey PRIMARY KEY (job_id, product_id),
  CONSTRAINT product_status_change_job_id_fkey FOREIGN KEY (job_id) REFERENCES long_job(id) ON DELETE CASCADE,
  CONSTRAINT product_status_change_product_id_fkey FOREIGN KEY (product_id) REFERENCES product(id) ON DELETE CASCADE
);
CREATE INDEX product_status_change_product_id_idx ON product_status_change (product_id);

-- Kept until the next release: `slug` has them.
CREATE TABLE slug_redirect (
  old_slug text NOT NULL,
  product_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT slug_redirect_pkey PRIMARY KEY (old_slug),
  CONSTRAINT slug_redirect_product_id_fkey FOREIGN KEY (product_id) REFERENCES product(id) ON DELETE CASCADE
);
CREATE TRIGGER slug_redirect_recorded AFTER INSERT OR DELETE OR UPDATE ON slug_redirect FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Product', 'product_id', '', '');

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE tag (
  id uuid NOT NULL,
  slug text NOT NULL,
  name jsonb NOT NULL,
  former_slugs text[] NOT NULL DEFAULT '{}'::text[],
  version integer NOT NULL DEFAULT 1,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  CONSTRAINT tag_pkey PRIMARY KEY (id),
  CONSTRAINT tag_slug_key UNIQUE (slug)
);
CREATE TRIGGER tag_recorded AFTER INSERT OR DELETE OR UPDATE ON tag FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Tag', 'id', '', '');

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE variant (
  id uuid NOT NULL,
  product_id uuid NOT NULL,
  sku text NOT NULL,
  barcode text,
  name jsonb NOT NULL,
  option_value_ids uuid[] NOT NULL DEFAULT '{}'::uuid[],
  image_id uuid,
  price bigint NOT NULL,
  compare_at_price bigint,
  currency character(3) NOT NULL,
  weight_grams integer,
  "position" integer NOT NULL DEFAULT 0,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  stock_policy text NOT NULL DEFAULT 'DENY',
  backorder_limit integer,
  available_from date,
  low_stock_threshold integer,
  version integer NOT NULL DEFAULT 1,
  search_text text GENERATED ALWAYS AS (search_fields(VARIADIC (ARRAY[sku, barcode] || localized_values(name)))) STORED,
  attribute_value_ids uuid[] NOT NULL DEFAULT '{}'::uuid[],
  attribute_data jsonb NOT NULL DEFAULT '{}'::jsonb,
  CONSTRAINT variant_pkey PRIMARY KEY (id),
  CONSTRAINT variant_image_id_fkey FOREIGN KEY (image_id) REFERENCES product_image(id) ON DELETE SET NULL,
  CONSTRAINT variant_product_id_fkey FOREIGN KEY (product_id) REFERENCES product(id),
  CONSTRAINT variant_backorder_limit_check CHECK (backorder_limit >= 0),
  CONSTRAINT variant_check CHECK (compare_at_price IS NULL OR compare_at_price > price),
  CONSTRAINT variant_low_stock_threshold_check CHECK (low_stock_threshold >= 0),
  CONSTRAINT variant_price_check CHECK (price >= 0),
  CONSTRAINT variant_stock_policy_check CHECK (stock_policy IN ('DENY', 'CONTINUE')),
  CONSTRAINT variant_weight_grams_check CHECK (weight_grams >= 0)
);
CREATE INDEX variant_attribute_values ON variant USING gin (attribute_value_ids) WHERE (attribute_value_ids <> '{}'::uuid[]);
CREATE UNIQUE INDEX variant_barcode ON variant (barcode) WHERE ((barcode IS NOT NULL) AND (deleted_at IS NULL));
CREATE UNIQUE INDEX variant_combination ON variant (product_id, option_value_ids) WHERE (deleted_at IS NULL);
CREATE INDEX variant_product ON variant (product_id, "position");
CREATE INDEX variant_search ON variant USING gin (search_text gin_trgm_ops);
CREATE UNIQUE INDEX variant_sku ON variant (lower(sku)) WHERE (deleted_at IS NULL);
CREATE TRIGGER variant_recorded AFTER INSERT OR DELETE OR UPDATE ON variant FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Product', 'product_id', '', '');

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE variant_listing (
  variant_id uuid NOT NULL,
  product_id uuid NOT NULL,
  price bigint NOT NULL,
  buyable boolean NOT NULL,
  value_ids uuid[] NOT NULL,
  numbers jsonb NOT NULL DEFAULT '{}'::jsonb,
  CONSTRAINT variant_listing_pkey PRIMARY KEY (variant_id),
  CONSTRAINT variant_listing_product_id_fkey FOREIGN KEY (product_id) REFERENCES product(id) ON DELETE CASCADE
);
CREATE INDEX variant_listing_product ON variant_listing (product_id) INCLUDE (price, buyable);

-- -----------------------------------------------------------------------------
-- shipping
-- -----------------------------------------------------------------------------

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE shipping_method (
  id uuid NOT NULL,
  code text NOT NULL,
  region_code text,
  name jsonb NOT NULL,
  description jsonb NOT NULL DEFAULT '{}'::jsonb,
  price bigint NOT NULL DEFAULT 0,
  free_from bigint,
  currency character(3) NOT NULL,
  days_min integer,
  days_max integer,
  "position" integer NOT NULL DEFAULT 0,
  active boolean NOT NULL DEFAULT true,
  phone_required boolean NOT NULL DEFAULT true,
  rate_code text NOT NULL DEFAULT 'flat',
  rate_arguments jsonb NOT NULL DEFAULT '{}'::jsonb,
  version integer NOT NULL DEFAULT 1,
  kind text NOT NULL DEFAULT 'COURIER',
  fallback_grams integer NOT NULL DEFAULT 500,
  archived_at timestamp(3) with time zone,
  CONSTRAINT shipping_method_pkey PRIMARY KEY (id),
  CONSTRAINT shipping_method_code_key UNIQUE (code),
  CONSTRAINT shipping_method_region_code_fkey FOREIGN KEY (region_code) REFERENCES region(code),
  CONSTRAINT shipping_method_fallback_grams_check CHECK (fallback_grams >= 0),
  CONSTRAINT shipping_method_free_from_check CHECK (free_from > 0),
  CONSTRAINT shipping_method_kind_check CHECK (kind IN ('COURIER', 'LOCKER', 'PICKUP', 'DIGITAL', 'OTHER')),
  CONSTRAINT shipping_method_price_check CHECK (price >= 0),
  CONSTRAINT shipping_method_rate_arguments_check CHECK (jsonb_typeof(rate_arguments) = 'object'),
  CONSTRAINT shipping_method_version_check CHECK (version >= 1)
);
CREATE TRIGGER shipping_method_recorded AFTER INSERT OR DELETE OR UPDATE ON shipping_method FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('ShippingMethod', 'id', '', '');

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE shipping_rate (
  method_id uuid NOT NULL,
  zone_id uuid NOT NULL,
  strategy text NOT NULL,
  args jsonb NOT NULL DEFAULT '{}'::jsonb,
  conditions jsonb NOT NULL DEFAULT '{}'::jsonb,
  currency character(3) NOT NULL,
  CONSTRAINT shipping_rate_pkey PRIMARY KEY (method_id, zone_id),
  CONSTRAINT shipping_rate_method_id_fkey FOREIGN KEY (method_id) REFERENCES shipping_method(id) ON DELETE CASCADE,
  CONSTRAINT shipping_rate_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES shipping_zone(id) ON DELETE CASCADE,
  CONSTRAINT shipping_rate_args_check CHECK (jsonb_typeof(args) = 'object'),
  CONSTRAINT shipping_rate_conditions_check CHECK (jsonb_typeof(conditions) = 'object')
);
CREATE INDEX shipping_rate_of_zone ON shipping_rate (zone_id);
CREATE TRIGGER shipping_rate_recorded AFTER INSERT OR DELETE OR UPDATE ON shipping_rate FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('ShippingMethod', 'method_id', '', '');

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE shipping_zone (
  id uuid NOT NULL,
  name text NOT NULL,
  "position" integer NOT NULL DEFAULT 0,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT shipping_zone_pkey PRIMARY KEY (id),
  CONSTRAINT shipping_zone_name_check CHECK (name <> '' AND length(name) <= 100),
  CONSTRAINT shipping_zone_version_check CHECK (version >= 1)
);
CREATE UNIQUE INDEX shipping_zone_name ON shipping_zone (lower(name));
CREATE TRIGGER shipping_zone_recorded AFTER INSERT OR DELETE OR UPDATE ON shipping_zone FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('ShippingZone', 'id', '', '');

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE zone_area (
  zone_id uuid NOT NULL,
  country character(2) NOT NULL,
  subdivision text,
  postcode_prefix text,
  CONSTRAINT zone_area_once UNIQUE NULLS NOT DISTINCT (country, subdivision, postcode_prefix),
  CONSTRAINT zone_area_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES shipping_zone(id) ON DELETE CASCADE,
  CONSTRAINT zone_area_check CHECK (starts_with(subdivision, country::text || '-')),
  CONSTRAINT zone_area_country_check CHECK (country ~ '^[A-Z]{2}$'),
  CONSTRAINT zone_area_one_part CHECK (num_nonnulls(subdivision, postcode_prefix) <= 1),
  CONSTRAINT zone_area_postcode_prefix_check CHECK (postcode_prefix ~ '^[A-Z0-9]{1,10}$'),
  CONSTRAINT zone_area_rest CHECK (country <> 'ZZ'::bpchar OR num_nonnulls(subdivision, postcode_prefix) = 0)
);
CREATE INDEX zone_area_of_zone ON zone_area (zone_id);
CREATE TRIGGER zone_area_recorded AFTER INSERT OR DELETE OR UPDATE ON zone_area FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('ShippingZone', 'zone_id', '', '');

-- -----------------------------------------------------------------------------
-- pricing
-- -----------------------------------------------------------------------------

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE country (
  code character(2) NOT NULL,
  region_code text NOT NULL,
  name jsonb NOT NULL,
  "position" integer NOT NULL DEFAULT 0,
  CONSTRAINT country_pkey PRIMARY KEY (code),
  CONSTRAINT country_region_code_fkey FOREIGN KEY (region_code) REFERENCES region(code)
);
CREATE TRIGGER country_recorded AFTER INSERT OR DELETE OR UPDATE ON country FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Country', 'code', '', '');

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE region (
  code text NOT NULL,
  name jsonb NOT NULL,
  currency character(3) NOT NULL,
  CONSTRAINT region_pkey PRIMARY KEY (code)
);
CREATE TRIGGER region_recorded AFTER INSERT OR DELETE OR UPDATE ON region FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Region', 'code', '', '');

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE tax_class (
  id uuid NOT NULL,
  code text NOT NULL,
  name jsonb NOT NULL,
  is_default boolean NOT NULL DEFAULT false,
  archived_at timestamp(3) with time zone,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  CONSTRAINT tax_class_pkey PRIMARY KEY (id),
  CONSTRAINT tax_class_code UNIQUE (code),
  CONSTRAINT tax_class_default_stays CHECK (NOT is_default OR archived_at IS NULL)
);
CREATE UNIQUE INDEX tax_class_default ON tax_class ((true)) WHERE is_default;
CREATE TRIGGER tax_class_recorded AFTER INSERT OR DELETE OR UPDATE ON tax_class FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('TaxClass', 'id', '', '');

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE tax_rate (
  id uuid NOT NULL,
  country_code character(2) NOT NULL,
  tax_class text NOT NULL,
  name jsonb NOT NULL,
  rate_basis_points integer NOT NULL,
  validity daterange NOT NULL DEFAULT daterange(NULL::date, NULL::date),
  legal_ref text,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  CONSTRAINT tax_rate_pkey PRIMARY KEY (id),
  CONSTRAINT tax_rate_one_a_day EXCLUDE USING gist (country_code WITH =, tax_class WITH =, validity WITH &&),
  CONSTRAINT tax_rate_class FOREIGN KEY (tax_class) REFERENCES tax_class(code),
  CONSTRAINT tax_rate_country_code_fkey FOREIGN KEY (country_code) REFERENCES country(code),
  CONSTRAINT tax_rate_days CHECK (NOT isempty(validity)),
  CONSTRAINT tax_rate_legal_ref_check CHECK (length(legal_ref) <= 200),
  CONSTRAINT tax_rate_rate_basis_points_check CHECK (rate_basis_points >= 0 AND rate_basis_points <= 10000)
);
CREATE TRIGGER tax_rate_kept BEFORE DELETE OR UPDATE ON tax_rate FOR EACH ROW EXECUTE FUNCTION keep_tax_rate();
CREATE TRIGGER tax_rate_recorded AFTER INSERT OR DELETE OR UPDATE ON tax_rate FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('TaxRate', 'id', '', '');

-- -----------------------------------------------------------------------------
-- inventory
-- -----------------------------------------------------------------------------

-- Kept: the ledger of the shop, which law and their own audit ask for.
CREATE TABLE backorder (
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  variant_id uuid NOT NULL,
  quantity integer NOT NULL,
  status text NOT NULL DEFAULT 'HELD',
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  decided_at timestamp with time zone,
  CONSTRAINT backorder_pkey PRIMARY KEY (id),
  CONSTRAINT backorder_order_id_fkey FOREIGN KEY (order_id) REFERENCES shop_order(id),
  CONSTRAINT backorder_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES variant(id),
  CONSTRAINT backorder_quantity_check CHECK (quantity > 0),
  CONSTRAINT backorder_status_check CHECK (status IN ('HELD', 'OWED', 'FILLED', 'RELEASED'))
);
CREATE INDEX backorder_open ON backorder (variant_id, created_at) WHERE (status IN ('HELD', 'OWED'));
CREATE INDEX backorder_order ON backorder (order_id);
CREATE TRIGGER backorder_recorded AFTER INSERT OR DELETE OR UPDATE ON backorder FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Order', 'order_id', '', '');

-- Kept: the ledger of the shop, which law and their own audit ask for.
CREATE TABLE reservation (
  id uuid NOT NULL,
  order_id uuid,
  variant_id uuid NOT NULL,
  location_id uuid NOT NULL,
  quantity integer NOT NULL,
  status text NOT NULL DEFAULT 'ACTIVE',
  expires_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  cart_id uuid,
  stock_hold_id uuid,
  CONSTRAINT reservation_pkey PRIMARY KEY (id),
  CONSTRAINT reservation_cart_id_fkey FOREIGN KEY (cart_id) REFERENCES cart(id) ON DELETE SET NULL,
  CONSTRAINT reservation_order_id_fkey FOREIGN KEY (order_id) REFERENCES shop_order(id),
  CONSTRAINT reservation_stock_hold_id_fkey FOREIGN KEY (stock_hold_id) REFERENCES stock_hold(id),
  CONSTRAINT reservation_variant_id_location_id_fkey FOREIGN KEY (variant_id, location_id) REFERENCES stock_level(variant_id, location_id),
  CONSTRAINT reservation_one_holder CHECK (num_nonnulls(order_id, cart_id, stock_hold_id) = 1 OR status = 'RELEASED' AND num_nonnulls(order_id, cart_id, stock_hold_id) = 0),
  CONSTRAINT reservation_quantity_check CHECK (quantity > 0),
  CONSTRAINT reservation_status_check CHECK (status IN ('ACTIVE', 'SOLD', 'RELEASED'))
);
CREATE INDEX reservation_cart ON reservation (cart_id) WHERE (cart_id IS NOT NULL);
CREATE INDEX reservation_due ON reservation (expires_at, id) WHERE (status = 'ACTIVE');
CREATE INDEX reservation_hold ON reservation (stock_hold_id) WHERE (stock_hold_id IS NOT NULL);
CREATE UNIQUE INDEX reservation_live ON reservation (COALESCE(order_id, cart_id, stock_hold_id), variant_id, location_id) WHERE (status = 'ACTIVE');
CREATE INDEX reservation_order ON reservation (order_id) WHERE (order_id IS NOT NULL);
CREATE INDEX reservation_shelf ON reservation (variant_id, location_id) WHERE (status = 'ACTIVE');
CREATE CONSTRAINT TRIGGER reservation_held AFTER INSERT OR UPDATE OF status, quantity, variant_id, location_id ON reservation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_reservation();

-- Kept: the ledger of the shop, which law and their own audit ask for.
CREATE TABLE stock_hold (
  id uuid NOT NULL,
  status text NOT NULL DEFAULT 'HELD',
  holder text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  actor_id uuid,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  decided_at timestamp with time zone,
  CONSTRAINT stock_hold_pkey PRIMARY KEY (id),
  CONSTRAINT stock_hold_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT stock_hold_status_check CHECK (status IN ('HELD', 'COMMITTED', 'RELEASED'))
);
CREATE INDEX stock_hold_due ON stock_hold (expires_at) WHERE (status = 'HELD');
CREATE TRIGGER stock_hold_recorded AFTER INSERT OR DELETE OR UPDATE ON stock_hold FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('StockHold', 'id', 'holder', '');

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE stock_level (
  variant_id uuid NOT NULL,
  location_id uuid NOT NULL,
  on_hand integer NOT NULL DEFAULT 0,
  reserved integer NOT NULL DEFAULT 0,
  CONSTRAINT stock_level_pkey PRIMARY KEY (variant_id, location_id),
  CONSTRAINT stock_level_location_id_fkey FOREIGN KEY (location_id) REFERENCES stock_location(id),
  CONSTRAINT stock_level_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES variant(id),
  CONSTRAINT stock_level_check CHECK (on_hand >= 0 AND reserved >= 0 AND reserved <= on_hand)
);
CREATE TRIGGER stock_level_born_empty BEFORE INSERT ON stock_level FOR EACH ROW WHEN (new.on_hand <> 0 OR new.reserved <> 0) EXECUTE FUNCTION refuse_unexplained_stock();
CREATE TRIGGER stock_level_explained BEFORE UPDATE OF on_hand, reserved ON stock_level FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_unexplained_stock();

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE stock_location (
  id uuid NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  priority integer NOT NULL DEFAULT 0,
  active boolean NOT NULL DEFAULT true,
  kind text NOT NULL DEFAULT 'WAREHOUSE',
  address jsonb,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT stock_location_pkey PRIMARY KEY (id),
  CONSTRAINT stock_location_code_key UNIQUE (code),
  CONSTRAINT stock_location_kind_check CHECK (kind IN ('WAREHOUSE', 'STORE'))
);
CREATE TRIGGER stock_location_recorded AFTER INSERT OR DELETE OR UPDATE ON stock_location FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('StockLocation', 'id', '', '');

-- Kept: the ledger of the shop, which law and their own audit ask for.
CREATE TABLE stock_movement (
  id uuid NOT NULL,
  variant_id uuid NOT NULL,
  location_id uuid NOT NULL,
  delta_on_hand integer NOT NULL,
  delta_reserved integer NOT NULL,
  kind text NOT NULL,
  reason text,
  order_id uuid,
  reservation_id uuid,
  actor_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  transfer_id uuid,
  import_id uuid,
  import_line integer,
  CONSTRAINT stock_movement_pkey PRIMARY KEY (id),
  CONSTRAINT stock_movement_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES app_user(id),
  CONSTRAINT stock_movement_order_id_fkey FOREIGN KEY (order_id) REFERENCES shop_order(id),
  CONSTRAINT stock_movement_reservation_id_fkey FOREIGN KEY (reservation_id) REFERENCES reservation(id),
  CONSTRAINT stock_movement_variant_id_location_id_fkey FOREIGN KEY (variant_id, location_id) REFERENCES stock_level(variant_id, location_id),
  CONSTRAINT stock_movement_check CHECK (delta_on_hand <> 0 OR delta_reserved <> 0),
  CONSTRAINT stock_movement_held CHECK (delta_reserved = 0 OR reservation_id IS NOT NULL),
  CONSTRAINT stock_movement_import CHECK (num_nonnulls(import_id, import_line) IN (0, 2)),
  CONSTRAINT stock_movement_kind_check CHECK (kind IN ('RECEIVE', 'RESERVE', 'RELEASE', 'SALE', 'RETURN', 'ADJUST', 'TRANSFER')),
  CONSTRAINT stock_movement_shape CHECK (
CASE kind
    WHEN 'RESERVE' THEN delta_on_hand = 0 AND delta_reserved > 0
    WHEN 'RELEASE' THEN delta_on_hand = 0 AND delta_reserved < 0
    WHEN 'SALE' THEN delta_on_hand < 0 AND delta_reserved =
    CASE
        WHEN reservation_id IS NULL THEN 0
        ELSE delta_on_hand
    END
    WHEN 'RECEIVE' THEN delta_on_hand > 0 AND delta_reserved = 0
    WHEN 'RETURN' THEN delta_on_hand > 0 AND delta_reserved = 0
    ELSE delta_reserved = 0
END),
  CONSTRAINT stock_movement_transfer CHECK ((kind = 'TRANSFER') = (transfer_id IS NOT NULL))
);
CREATE INDEX stock_movement_newest ON stock_movement (created_at DESC, id DESC);
CREATE UNIQUE INDEX stock_movement_of_import ON stock_movement (import_id, import_line) WHERE (import_id IS NOT NULL);
CREATE UNIQUE INDEX stock_movement_once ON stock_movement (reservation_id, kind) WHERE (kind IN ('RESERVE', 'RELEASE', 'SALE'));
CREATE INDEX stock_movement_order ON stock_movement (order_id) WHERE (order_id IS NOT NULL);
CREATE INDEX stock_movement_variant ON stock_movement (variant_id, created_at);
CREATE CONSTRAINT TRIGGER movement_held AFTER INSERT ON stock_movement DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (new.delta_reserved <> 0) EXECUTE FUNCTION check_movement();
CREATE TRIGGER stock_movement_append_only BEFORE DELETE OR UPDATE ON stock_movement FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER stock_movement_apply AFTER INSERT ON stock_movement REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION apply_movements();
CREATE TRIGGER stock_movement_recorded AFTER INSERT OR DELETE OR UPDATE ON stock_movement FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('ProductVariant', 'variant_id', 'reason', '');

-- -----------------------------------------------------------------------------
-- cart
-- -----------------------------------------------------------------------------

-- Deleted each night: carts of guests that nobody touched for so many days (KEEP_…_DAYS, 90 unless set). Those of accounts and orders stay with them, without contact data once they are closed.
CREATE TABLE cart (
  id uuid NOT NULL,
  token_hash bytea,
  user_id uuid,
  status text NOT NULL DEFAULT 'ACTIVE',
  version integer NOT NULL DEFAULT 1,
  currency character(3) NOT NULL,
  email text,
  phone text,
  shipping_address jsonb,
  billing_address jsonb,
  shipping_method_id uuid,
  shipping_price_quoted bigint,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  follows uuid,
  network bytea,
  wide_network bytea,
  tenders jsonb NOT NULL DEFAULT '[]'::jsonb,
  has_additional_data boolean NOT NULL DEFAULT false,
  CONSTRAINT cart_pkey PRIMARY KEY (id),
  CONSTRAINT cart_token_hash_key UNIQUE (token_hash),
  CONSTRAINT cart_follows_fkey FOREIGN KEY (follows) REFERENCES cart(id) ON DELETE SET NULL,
  CONSTRAINT cart_shipping_method_id_fkey FOREIGN KEY (shipping_method_id) REFERENCES shipping_method(id),
  CONSTRAINT cart_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE,
  CONSTRAINT cart_check CHECK (token_hash IS NOT NULL OR user_id IS NOT NULL),
  CONSTRAINT cart_status_check CHECK (status IN ('ACTIVE', 'ABANDONED', 'CONVERTED'))
);
CREATE INDEX cart_follows ON cart (follows) WHERE (follows IS NOT NULL);
CREATE INDEX cart_idle ON cart (updated_at) WHERE (status = 'ACTIVE');
CREATE INDEX cart_network ON cart (network) WHERE ((network IS NOT NULL) AND (status = 'ACTIVE'));
CREATE UNIQUE INDEX cart_of_user ON cart (user_id) WHERE ((status = 'ACTIVE') AND (user_id IS NOT NULL));
CREATE INDEX cart_wide_network ON cart (wide_network) WHERE ((wide_network IS NOT NULL) AND (status = 'ACTIVE'));

-- Deleted each night: with its cart.
CREATE TABLE cart_line (
  id uuid NOT NULL,
  cart_id uuid NOT NULL,
  variant_id uuid NOT NULL,
  quantity integer NOT NULL,
  unit_price_at_add bigint NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT cart_line_pkey PRIMARY KEY (id),
  CONSTRAINT cart_line_cart_id_variant_id_key UNIQUE (cart_id, variant_id),
  CONSTRAINT cart_line_cart_id_fkey FOREIGN KEY (cart_id) REFERENCES cart(id) ON DELETE CASCADE,
  CONSTRAINT cart_line_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES variant(id),
  CONSTRAINT cart_line_quantity_check CHECK (quantity >= 1 AND quantity <= 999)
);

-- -----------------------------------------------------------------------------
-- payments
-- -----------------------------------------------------------------------------

-- Kept: the ledger of the shop, which law and their own audit ask for.
CREATE TABLE dispute (
  id uuid NOT NULL,
  payment_id uuid NOT NULL,
  provider_reference text NOT NULL,
  amount bigint NOT NULL,
  currency character(3) NOT NULL,
  reason text NOT NULL,
  status text NOT NULL,
  evidence_due_at timestamp with time zone,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT dispute_pkey PRIMARY KEY (id),
  CONSTRAINT dispute_of_provider UNIQUE (provider_reference, payment_id),
  CONSTRAINT dispute_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payment(id),
  CONSTRAINT dispute_amount_check CHECK (amount > 0),
  CONSTRAINT dispute_status_check CHECK (status IN ('NEEDS_RESPONSE', 'UNDER_REVIEW', 'WON', 'LOST'))
);
CREATE INDEX dispute_created ON dispute (created_at, id);
CREATE INDEX dispute_payment ON dispute (payment_id);

-- Kept: the ledger of the shop, which law and their own audit ask for.
CREATE TABLE payment (
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  attempt integer NOT NULL,
  provider text NOT NULL,
  status text NOT NULL,
  amount bigint NOT NULL,
  currency character(3) NOT NULL,
  provider_reference text,
  create_key text NOT NULL,
  failure_code text,
  last_checked_at timestamp with time zone,
  checks integer NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  method text NOT NULL DEFAULT 'CARD',
  purpose text NOT NULL DEFAULT 'ORDER',
  order_edit_id uuid,
  capture_method text NOT NULL DEFAULT 'AUTOMATIC',
  captured_amount bigint,
  captured_at timestamp with time zone,
  asked_at timestamp with time zone,
  key_failed_at timestamp with time zone,
  capturing_until timestamp with time zone,
  accepted_at timestamp with time zone,
  accepted_amount bigint,
  tender jsonb,
  CONSTRAINT payment_pkey PRIMARY KEY (id),
  CONSTRAINT payment_create_key_key UNIQUE (create_key),
  CONSTRAINT payment_order_id_attempt_key UNIQUE (order_id, attempt),
  CONSTRAINT payment_provider_provider_reference_key UNIQUE (provider, provider_reference),
  CONSTRAINT payment_of_edit FOREIGN KEY (order_edit_id) REFERENCES order_edit(id),
  CONSTRAINT payment_order_id_fkey FOREIGN KEY (order_id) REFERENCES shop_order(id),
  CONSTRAINT payment_accepted CHECK (accepted_at IS NULL OR status = 'CAPTURED' AND captured_amount > 0),
  CONSTRAINT payment_accepted_amount CHECK ((accepted_at IS NULL) = (accepted_amount IS NULL) AND accepted_amount >= 1 AND accepted_amount <= captured_amount),
  CONSTRAINT payment_amount_check CHECK (amount > 0),
  CONSTRAINT payment_capture_method_check CHECK (capture_method IN ('AUTOMATIC', 'MANUAL')),
  CONSTRAINT payment_captured CHECK ((status = 'CAPTURED') = (captured_amount IS NOT NULL)),
  CONSTRAINT payment_captured_amount_check CHECK (captured_amount >= 0),
  CONSTRAINT payment_edit CHECK ((purpose = 'EDIT') = (order_edit_id IS NOT NULL)),
  CONSTRAINT payment_method_check CHECK (method IN ('CARD', 'CASH_ON_DELIVERY', 'BANK_TRANSFER', 'MANUAL')),
  CONSTRAINT payment_offline CHECK ((provider = 'OFFLINE') = (method IN ('CASH_ON_DELIVERY', 'BANK_TRANSFER', 'MANUAL'))),
  CONSTRAINT payment_provider CHECK (provider ~ '^[A-Z][A-Z0-9_]*$'),
  CONSTRAINT payment_purpose_check CHECK (purpose IN ('ORDER', 'EDIT', 'TENDER')),
  CONSTRAINT payment_status_check CHECK (status IN ('CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED', 'CAPTURED', 'CANCELLED')),
  CONSTRAINT payment_tender CHECK ((purpose = 'TENDER') = (tender IS NOT NULL) AND (purpose <> 'TENDER' OR provider = 'OFFLINE' AND method = 'MANUAL' AND (status IN ('AUTHORIZED', 'CAPTURED', 'CANCELLED'))))
);
CREATE UNIQUE INDEX payment_one_active ON payment (order_id) WHERE ((status IN ('CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED')) AND (purpose <> 'TENDER'));
CREATE INDEX payment_open ON payment (updated_at) WHERE (status IN ('CREATING', 'PENDING', 'PROCESSING', 'AUTHORIZED'));
CREATE TRIGGER payment_frozen BEFORE UPDATE OF order_id, amount, currency, status, captured_amount ON payment FOR EACH ROW WHEN (old.order_id IS DISTINCT FROM new.order_id OR old.amount IS DISTINCT FROM new.amount OR old.currency IS DISTINCT FROM new.currency OR old.status = 'CAPTURED' AND (new.status <> 'CAPTURED' OR new.captured_amount <> old.captured_amount)) EXECUTE FUNCTION refuse_rewriting('order, amount and currency stay, and captured money goes back by a refund');
CREATE CONSTRAINT TRIGGER payment_given_up AFTER UPDATE OF status ON payment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (new.status = 'CANCELLED' AND old.status <> 'CANCELLED') EXECUTE FUNCTION check_payment_money();
CREATE TRIGGER payment_kept BEFORE DELETE ON payment FOR EACH ROW EXECUTE FUNCTION refuse_rewriting('a payment is cancelled, never deleted');
CREATE TRIGGER payment_recorded AFTER INSERT OR DELETE OR UPDATE ON payment FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Order', 'order_id', 'provider_reference create_key tender', 'last_checked_at checks asked_at key_failed_at capturing_until');

-- Kept: one row for each payment provider.
CREATE TABLE payment_comparison (
  provider text NOT NULL,
  compared_until timestamp with time zone NOT NULL,
  CONSTRAINT payment_comparison_pkey PRIMARY KEY (provider)
);

-- Kept: the ledger of the shop, which law and their own audit ask for.
CREATE TABLE refund (
  id uuid NOT NULL,
  payment_id uuid NOT NULL,
  amount bigint NOT NULL,
  reason text NOT NULL,
  status text NOT NULL DEFAULT 'REQUESTED',
  provider_reference text,
  key text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  origin text NOT NULL DEFAULT 'SHOP',
  failure_code text,
  order_refund_id uuid,
  last_checked_at timestamp with time zone,
  checks integer NOT NULL DEFAULT 0,
  key_failed_at timestamp with time zone,
  precedes_price boolean NOT NULL DEFAULT false,
  CONSTRAINT refund_pkey PRIMARY KEY (id),
  CONSTRAINT refund_key_key UNIQUE (key),
  CONSTRAINT refund_of_provider UNIQUE (provider_reference, payment_id),
  CONSTRAINT refund_decision FOREIGN KEY (order_refund_id) REFERENCES order_refund(id),
  CONSTRAINT refund_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payment(id),
  CONSTRAINT refund_amount_check CHECK (amount > 0),
  CONSTRAINT refund_origin_check CHECK (origin IN ('SHOP', 'PROVIDER')),
  CONSTRAINT refund_status_check CHECK (status IN ('REQUESTED', 'PENDING', 'SUCCEEDED', 'FAILED', 'CANCELLED'))
);
CREATE INDEX refund_changed ON refund (updated_at);
CREATE INDEX refund_of_decision ON refund (order_refund_id) WHERE (order_refund_id IS NOT NULL);
CREATE INDEX refund_open ON refund (updated_at) WHERE (status IN ('REQUESTED', 'PENDING'));
CREATE INDEX refund_payment ON refund (payment_id);
CREATE CONSTRAINT TRIGGER refund_covered AFTER INSERT ON refund DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (new.status <> ALL (ARRAY['FAILED', 'CANCELLED'])) EXECUTE FUNCTION check_refund();
CREATE TRIGGER refund_kept BEFORE DELETE ON refund FOR EACH ROW EXECUTE FUNCTION refuse_rewriting('a refund fails or is cancelled, it is never deleted');
CREATE TRIGGER refund_recorded AFTER INSERT OR DELETE OR UPDATE ON refund FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Payment', 'payment_id', 'provider_reference key reason', 'last_checked_at checks key_failed_at');
CREATE CONSTRAINT TRIGGER refund_revived AFTER UPDATE OF status, amount, payment_id ON refund DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.status <> ALL (ARRAY['FAILED', 'CANCELLED'])) AND ((old.status IN ('FAILED', 'CANCELLED')) OR new.amount > old.amount OR new.payment_id <> old.payment_id)) EXECUTE FUNCTION check_refund();

-- Deleted each night: bodies of what was worked off, after so many days (KEEP_…_DAYS, 90 unless set); the id of the event stays, so that a repeated one is known. What could not be worked off waits for a person.
CREATE TABLE webhook_inbox (
  provider text NOT NULL,
  event_id text NOT NULL,
  type text NOT NULL,
  object_id text,
  api_version text,
  verified boolean NOT NULL,
  payload jsonb NOT NULL,
  status text NOT NULL DEFAULT 'NEW',
  attempts integer NOT NULL DEFAULT 0,
  error text,
  received_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  id uuid NOT NULL DEFAULT new_id(),
  object_kind text,
  raw bytea,
  processed_at timestamp with time zone,
  CONSTRAINT webhook_inbox_pkey PRIMARY KEY (provider, event_id),
  CONSTRAINT webhook_inbox_id_key UNIQUE (id),
  CONSTRAINT webhook_inbox_object_kind_check CHECK (object_kind IN ('INTENT', 'REFUND', 'DISPUTE')),
  CONSTRAINT webhook_inbox_status_check CHECK (status IN ('NEW', 'DONE', 'IGNORED', 'DEAD'))
);
CREATE INDEX webhook_inbox_received ON webhook_inbox (received_at, id);
CREATE TRIGGER webhook_inbox_recorded AFTER INSERT OR DELETE OR UPDATE ON webhook_inbox FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('WebhookEvent', 'id', 'payload raw error object_id event_id', '');

-- -----------------------------------------------------------------------------
-- orders
-- -----------------------------------------------------------------------------

-- Kept: the ledger of the shop, which law and their own audit ask for.
CREATE TABLE order_event (
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  kind text NOT NULL,
  actor_kind text NOT NULL,
  actor_id uuid,
  data jsonb NOT NULL DEFAULT '{}'::jsonb,
  at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT order_event_pkey PRIMARY KEY (id),
  CONSTRAINT order_event_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT order_event_order_id_fkey FOREIGN KEY (order_id) REFERENCES shop_order(id) ON DELETE CASCADE,
  CONSTRAINT order_event_actor_kind_check CHECK (actor_kind IN ('CUSTOMER', 'STAFF', 'SYSTEM'))
);
CREATE INDEX order_event_order ON order_event (order_id, at);
CREATE TRIGGER order_event_kept BEFORE DELETE ON order_event FOR EACH ROW EXECUTE FUNCTION refuse_rewriting('the timeline is only added to');
CREATE TRIGGER order_event_unchanged BEFORE UPDATE ON order_event FOR EACH ROW WHEN (old.id IS DISTINCT FROM new.id OR old.order_id IS DISTINCT FROM new.order_id OR old.kind IS DISTINCT FROM new.kind OR old.actor_kind IS DISTINCT FROM new.actor_kind OR old.data IS DISTINCT FROM new.data OR old.at IS DISTINCT FROM new.at OR new.actor_id IS NOT NULL) EXECUTE FUNCTION refuse_rewriting('the timeline is only added to');

-- Kept: the ledger of the shop, which law and their own audit ask for.
CREATE TABLE order_line (
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  "position" integer NOT NULL,
  variant_id uuid NOT NULL,
  product_id uuid NOT NULL,
  product_name text NOT NULL,
  product_slug text NOT NULL,
  variant_name text NOT NULL,
  sku text NOT NULL,
  image jsonb,
  quantity integer NOT NULL,
  fulfilled integer NOT NULL DEFAULT 0,
  unit_price bigint NOT NULL,
  total_net bigint NOT NULL,
  total_gross bigint NOT NULL,
  tax_basis_points integer NOT NULL,
  discount bigint NOT NULL DEFAULT 0,
  cancelled integer NOT NULL DEFAULT 0,
  search_text text GENERATED ALWAYS AS (search_fields(VARIADIC ARRAY[((product_name || ' ') || variant_name), sku])) STORED,
  CONSTRAINT order_line_pkey PRIMARY KEY (id),
  CONSTRAINT order_line_order_id_variant_id_key UNIQUE (order_id, variant_id),
  CONSTRAINT order_line_order_id_fkey FOREIGN KEY (order_id) REFERENCES shop_order(id) ON DELETE CASCADE,
  CONSTRAINT order_line_product_id_fkey FOREIGN KEY (product_id) REFERENCES product(id),
  CONSTRAINT order_line_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES variant(id),
  CONSTRAINT order_line_cancelled_check CHECK (cancelled >= 0),
  CONSTRAINT order_line_check CHECK (fulfilled >= 0 AND fulfilled <= quantity),
  CONSTRAINT order_line_discount_check CHECK (discount >= 0),
  CONSTRAINT order_line_left CHECK ((fulfilled + cancelled) <= quantity),
  CONSTRAINT order_line_quantity_check CHECK (quantity > 0),
  CONSTRAINT order_line_total CHECK (total_gross = (quantity * unit_price - discount)),
  CONSTRAINT order_line_total_gross_check CHECK (total_gross >= 0),
  CONSTRAINT order_line_unit_price_check CHECK (unit_price >= 0)
);
CREATE INDEX order_line_search ON order_line USING gin (search_text gin_trgm_ops);
CREATE INDEX order_line_variant ON order_line (variant_id);
CREATE TRIGGER order_line_recorded AFTER INSERT OR DELETE OR UPDATE ON order_line FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Order', 'order_id', '', 'image');
CREATE CONSTRAINT TRIGGER order_line_sums AFTER INSERT OR DELETE OR UPDATE OF order_id, total_gross, total_net, discount ON order_line DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_line_sums();

-- Kept: the ledger of the shop, which law and their own audit ask for.
CREATE TABLE order_refund (
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  amount bigint NOT NULL,
  shipping_amount bigint NOT NULL DEFAULT 0,
  tax bigint NOT NULL DEFAULT 0,
  reason text,
  actor_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  shipping_tax bigint NOT NULL DEFAULT 0,
  charges jsonb NOT NULL DEFAULT '[]'::jsonb,
  charges_amount bigint NOT NULL DEFAULT 0,
  shipping_rates jsonb NOT NULL DEFAULT '[]'::jsonb,
  CONSTRAINT order_refund_pkey PRIMARY KEY (id),
  CONSTRAINT order_refund_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT order_refund_order_id_fkey FOREIGN KEY (order_id) REFERENCES shop_order(id),
  CONSTRAINT order_refund_amount_check CHECK (amount > 0),
  CONSTRAINT order_refund_charges CHECK (charges_amount >= 0 AND (shipping_amount + charges_amount) <= amount),
  CONSTRAINT order_refund_check CHECK (shipping_amount >= 0 AND shipping_amount <= amount),
  CONSTRAINT order_refund_check1 CHECK (tax >= 0 AND tax <= amount),
  CONSTRAINT order_refund_shipping_rates CHECK (rates_fit(shipping_rates, shipping_amount - shipping_tax, shipping_amount)),
  CONSTRAINT order_refund_shipping_tax CHECK (shipping_tax >= 0 AND shipping_tax <= shipping_amount)
);
CREATE INDEX order_refund_order ON order_refund (order_id);
CREATE TRIGGER order_refund_recorded AFTER INSERT OR DELETE OR UPDATE ON order_refund FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Order', 'order_id', 'reason', '');

-- Kept: the ledger of the shop, which law and their own audit ask for.
CREATE TABLE order_refund_line (
  order_refund_id uuid NOT NULL,
  order_line_id uuid NOT NULL,
  quantity integer NOT NULL,
  amount bigint NOT NULL,
  restocked integer NOT NULL DEFAULT 0,
  unshipped integer NOT NULL DEFAULT 0,
  tax bigint NOT NULL DEFAULT 0,
  CONSTRAINT order_refund_line_pkey PRIMARY KEY (order_refund_id, order_line_id),
  CONSTRAINT order_refund_line_order_line_id_fkey FOREIGN KEY (order_line_id) REFERENCES order_line(id),
  CONSTRAINT order_refund_line_order_refund_id_fkey FOREIGN KEY (order_refund_id) REFERENCES order_refund(id),
  CONSTRAINT order_refund_line_amount_check CHECK (amount >= 0),
  CONSTRAINT order_refund_line_check CHECK (restocked >= 0 AND restocked <= quantity),
  CONSTRAINT order_refund_line_check1 CHECK (unshipped >= 0 AND unshipped <= quantity),
  CONSTRAINT order_refund_line_quantity_check CHECK (quantity > 0),
  CONSTRAINT order_refund_line_tax CHECK (tax >= 0 AND tax <= amount)
);
CREATE INDEX order_refund_line_line ON order_refund_line (order_line_id);
CREATE TRIGGER order_refund_line_recorded AFTER INSERT OR DELETE OR UPDATE ON order_refund_line FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('OrderRefund', 'order_refund_id', '', '');

-- Kept: the ledger of the shop, which law and their own audit ask for.
CREATE TABLE shipment (
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  status text NOT NULL DEFAULT 'SHIPPED',
  carrier text,
  tracking_number text,
  tracking_url text,
  shipped_at timestamp with time zone NOT NULL DEFAULT now(),
  delivered_at timestamp with time zone,
  search_text text GENERATED ALWAYS AS (search_fields(VARIADIC ARRAY[('#' || tracking_number)])) STORED,
  CONSTRAINT shipment_pkey PRIMARY KEY (id),
  CONSTRAINT shipment_order_id_fkey FOREIGN KEY (order_id) REFERENCES shop_order(id),
  CONSTRAINT shipment_status_check CHECK (status IN ('SHIPPED', 'DELIVERED', 'RETURNED'))
);
CREATE INDEX shipment_order ON shipment (order_id);
CREATE INDEX shipment_search ON shipment USING gin (search_text gin_trgm_ops);
CREATE TRIGGER shipment_recorded AFTER INSERT OR DELETE OR UPDATE ON shipment FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Order', 'order_id', 'tracking_number tracking_url', '');

-- Kept: the ledger of the shop, which law and their own audit ask for.
CREATE TABLE shipment_line (
  shipment_id uuid NOT NULL,
  order_line_id uuid NOT NULL,
  quantity integer NOT NULL,
  CONSTRAINT shipment_line_pkey PRIMARY KEY (shipment_id, order_line_id),
  CONSTRAINT shipment_line_order_line_id_fkey FOREIGN KEY (order_line_id) REFERENCES order_line(id),
  CONSTRAINT shipment_line_shipment_id_fkey FOREIGN KEY (shipment_id) REFERENCES shipment(id) ON DELETE CASCADE,
  CONSTRAINT shipment_line_quantity_check CHECK (quantity > 0)
);
CREATE TRIGGER shipment_line_recorded AFTER INSERT OR DELETE OR UPDATE ON shipment_line FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Shipment', 'shipment_id', '', '');

-- Kept: the ledger of the shop, which law and their own audit ask for. Whoever ordered and never placed nor paid is forgotten so many days (KEEP_…_DAYS, 90 unless set) after its end (a draft: after its last change, which then ends); number and sums stay.
CREATE TABLE shop_order (
  id uuid NOT NULL,
  number text NOT NULL,
  cart_id uuid,
  user_id uuid,
  status text NOT NULL,
  payment_status text NOT NULL DEFAULT 'PENDING',
  fulfillment_status text NOT NULL DEFAULT 'UNFULFILLED',
  currency character(3) NOT NULL,
  language character(2) NOT NULL,
  email text NOT NULL,
  phone text,
  shipping_address jsonb NOT NULL,
  billing_address jsonb NOT NULL,
  shipping_method_id uuid,
  shipping_method_name text NOT NULL,
  subtotal_net bigint NOT NULL,
  subtotal_gross bigint NOT NULL,
  shipping_net bigint NOT NULL,
  shipping_gross bigint NOT NULL,
  total_net bigint NOT NULL,
  total_gross bigint NOT NULL,
  refunded bigint NOT NULL DEFAULT 0,
  tax_lines jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  placed_at timestamp with time zone,
  expires_at timestamp with time zone,
  payment_method text NOT NULL DEFAULT 'CARD',
  source text NOT NULL DEFAULT 'STOREFRONT',
  discount bigint NOT NULL DEFAULT 0,
  note text,
  close_tried_at timestamp with time zone,
  created_by uuid,
  search_text text GENERATED ALWAYS AS ((((search_fields(VARIADIC ARRAY[('#' || number), email]) || search_phone(phone)) || search_address(shipping_address)) ||
CASE
    WHEN (billing_address = shipping_address) THEN ''
    ELSE search_address(billing_address)
END)) STORED,
  adjustments jsonb NOT NULL DEFAULT '[]'::jsonb,
  charges_net bigint NOT NULL DEFAULT 0,
  charges_gross bigint NOT NULL DEFAULT 0,
  tendered bigint NOT NULL DEFAULT 0,
  shipping_rates jsonb NOT NULL DEFAULT '[]'::jsonb,
  shipping_kind text,
  shipping_days_min integer,
  shipping_days_max integer,
  cheapest_shipping_gross bigint,
  tax_mode text NOT NULL DEFAULT 'TAXED',
  customer_id uuid,
  CONSTRAINT shop_order_pkey PRIMARY KEY (id),
  CONSTRAINT shop_order_number_key UNIQUE (number),
  CONSTRAINT shop_order_cart_id_fkey FOREIGN KEY (cart_id) REFERENCES cart(id),
  CONSTRAINT shop_order_created_by_fkey FOREIGN KEY (created_by) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT shop_order_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id),
  CONSTRAINT shop_order_shipping_method_id_fkey FOREIGN KEY (shipping_method_id) REFERENCES shipping_method(id),
  CONSTRAINT shop_order_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT shop_order_charges CHECK (charges_gross >= 0 AND (charges_gross = 0 AND charges_net = 0 AND adjustments = '[]'::jsonb OR charges_fit(adjustments, charges_net, charges_gross))),
  CONSTRAINT shop_order_cheapest_shipping_gross_check CHECK (cheapest_shipping_gross >= 0),
  CONSTRAINT shop_order_check CHECK ((subtotal_gross + shipping_gross + charges_gross) = total_gross),
  CONSTRAINT shop_order_check1 CHECK ((subtotal_net + shipping_net + charges_net) = total_net),
  CONSTRAINT shop_order_check2 CHECK (refunded <= total_gross),
  CONSTRAINT shop_order_discount_check CHECK (discount >= 0),
  CONSTRAINT shop_order_fulfillment_status_check CHECK (fulfillment_status IN ('UNFULFILLED', 'PARTIALLY_FULFILLED', 'FULFILLED')),
  CONSTRAINT shop_order_of_customer CHECK (customer_id IS NOT NULL OR email = 'removed@removed.invalid'),
  CONSTRAINT shop_order_payment_method_check CHECK (payment_method IN ('CARD', 'CASH_ON_DELIVERY', 'BANK_TRANSFER', 'MANUAL')),
  CONSTRAINT shop_order_payment_status_check CHECK (payment_status IN ('PENDING', 'PROCESSING', 'AUTHORIZED', 'PAID', 'PARTIALLY_REFUNDED', 'REFUNDED', 'CANCELLED')),
  CONSTRAINT shop_order_placed CHECK ((status <> ALL (ARRAY['PLACED', 'PAID', 'FULFILLED', 'COMPLETED'])) OR placed_at IS NOT NULL),
  CONSTRAINT shop_order_refunded_check CHECK (refunded >= 0),
  CONSTRAINT shop_order_shipping_kind_check CHECK (shipping_kind IN ('COURIER', 'LOCKER', 'PICKUP', 'DIGITAL', 'OTHER')),
  CONSTRAINT shop_order_shipping_rates CHECK (rates_fit(shipping_rates, shipping_net, shipping_gross)),
  CONSTRAINT shop_order_source_check CHECK (source IN ('STOREFRONT', 'STAFF', 'EXCHANGE')),
  CONSTRAINT shop_order_status CHECK (status IN ('DRAFT', 'PENDING_PAYMENT', 'PLACED', 'PAID', 'FULFILLED', 'COMPLETED', 'CANCELLED', 'EXPIRED', 'REFUNDED', 'REVIEW')),
  CONSTRAINT shop_order_tax_mode_check CHECK (tax_mode IN ('TAXED', 'NOT_REGISTERED')),
  CONSTRAINT shop_order_tendered_check CHECK (tendered >= 0),
  CONSTRAINT shop_order_total_gross_check CHECK (total_gross >= 0),
  CONSTRAINT shop_order_without_tax CHECK (tax_mode = 'TAXED' OR total_net = total_gross AND subtotal_net = subtotal_gross AND shipping_net = shipping_gross AND charges_net = charges_gross)
);
CREATE INDEX shop_order_came_to_nothing ON shop_order (updated_at) WHERE ((status IN ('EXPIRED', 'CANCELLED')) AND (placed_at IS NULL) AND (email <> 'removed@removed.invalid'));
CREATE INDEX shop_order_created ON shop_order (created_at, id);
CREATE INDEX shop_order_customer ON shop_order (customer_id, COALESCE(placed_at, created_at), id);
CREATE INDEX shop_order_due ON shop_order (expires_at) WHERE (status = 'PENDING_PAYMENT');
CREATE UNIQUE INDEX shop_order_live_cart ON shop_order (cart_id) WHERE (status IN ('PENDING_PAYMENT', 'PLACED', 'PAID', 'FULFILLED', 'COMPLETED'));
CREATE INDEX shop_order_placed_at ON shop_order (COALESCE(placed_at, created_at), id);
CREATE INDEX shop_order_search ON shop_order USING gin (search_text gin_trgm_ops);
CREATE INDEX shop_order_total ON shop_order (total_gross, id);
CREATE INDEX shop_order_updated ON shop_order (updated_at, id);
CREATE INDEX shop_order_user ON shop_order (user_id, COALESCE(placed_at, created_at), id) WHERE (user_id IS NOT NULL);
CREATE TRIGGER shop_order_customer BEFORE INSERT ON shop_order FOR EACH ROW WHEN (new.customer_id IS NULL AND new.email <> 'removed@removed.invalid') EXECUTE FUNCTION customer_of_new_order();
CREATE TRIGGER shop_order_kept BEFORE DELETE ON shop_order FOR EACH ROW EXECUTE FUNCTION refuse_rewriting('an order is cancelled, never deleted');
CREATE CONSTRAINT TRIGGER shop_order_money AFTER INSERT ON shop_order DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.status IN ('PLACED', 'PAID', 'FULFILLED', 'COMPLETED')) AND new.total_gross > 0) EXECUTE FUNCTION check_order_money();
CREATE CONSTRAINT TRIGGER shop_order_money_kept AFTER UPDATE OF status, total_gross ON shop_order DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.status IN ('PLACED', 'PAID', 'FULFILLED', 'COMPLETED')) AND new.total_gross > 0 AND (old.status IS DISTINCT FROM new.status OR old.total_gross IS DISTINCT FROM new.total_gross)) EXECUTE FUNCTION check_order_money();
CREATE TRIGGER shop_order_move BEFORE UPDATE OF status ON shop_order FOR EACH ROW WHEN (old.status <> new.status) EXECUTE FUNCTION check_order_move();
CREATE TRIGGER shop_order_placed_once BEFORE UPDATE OF placed_at ON shop_order FOR EACH ROW WHEN (old.placed_at IS NOT NULL AND new.placed_at IS DISTINCT FROM old.placed_at) EXECUTE FUNCTION refuse_rewriting('an order is placed once');
CREATE TRIGGER shop_order_recorded AFTER INSERT OR DELETE OR UPDATE ON shop_order FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Order', 'id', 'email phone shipping_address billing_address note', 'close_tried_at');
CREATE CONSTRAINT TRIGGER shop_order_sums AFTER INSERT ON shop_order DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_order_sums();
CREATE CONSTRAINT TRIGGER shop_order_sums_kept AFTER UPDATE OF subtotal_gross, subtotal_net, discount ON shop_order DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (old.subtotal_gross IS DISTINCT FROM new.subtotal_gross OR old.subtotal_net IS DISTINCT FROM new.subtotal_net OR old.discount IS DISTINCT FROM new.discount) EXECUTE FUNCTION check_order_sums();
CREATE TRIGGER shop_order_tax AFTER INSERT ON shop_order FOR EACH ROW EXECUTE FUNCTION check_tax_lines();
CREATE TRIGGER shop_order_tax_kept AFTER UPDATE OF tax_lines, total_net, total_gross ON shop_order FOR EACH ROW WHEN (old.tax_lines IS DISTINCT FROM new.tax_lines OR old.total_net IS DISTINCT FROM new.total_net OR old.total_gross IS DISTINCT FROM new.total_gross) EXECUTE FUNCTION check_tax_lines();

-- -----------------------------------------------------------------------------
-- identity
-- -----------------------------------------------------------------------------

-- Kept as long as the account.
CREATE TABLE app_user (
  id uuid NOT NULL,
  email text NOT NULL,
  password_hash text NOT NULL,
  first_name text NOT NULL,
  last_name text NOT NULL,
  phone text,
  role text NOT NULL DEFAULT 'CUSTOMER',
  language character(2) NOT NULL DEFAULT 'ro'::bpchar,
  marketing_opt_in boolean NOT NULL DEFAULT false,
  marketing_opt_in_at timestamp with time zone,
  email_verified_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  search_text text GENERATED ALWAYS AS ((search_fields(VARIADIC ARRAY[((first_name || ' ') || last_name), email]) || search_phone(phone))) STORED,
  locked_at timestamp(3) with time zone,
  asks_for_factor boolean NOT NULL DEFAULT false,
  CONSTRAINT app_user_pkey PRIMARY KEY (id),
  CONSTRAINT app_user_owner_open CHECK (role <> 'OWNER' OR locked_at IS NULL),
  CONSTRAINT app_user_role_check CHECK (role IN ('CUSTOMER', 'SUPPORT', 'MANAGER', 'ADMIN', 'OWNER', 'STAFF'))
);
CREATE INDEX app_user_created ON app_user (created_at, id);
CREATE UNIQUE INDEX app_user_email ON app_user (lower(email));
CREATE INDEX app_user_name ON app_user (plain_text(((last_name || ' ') || first_name)), id);
CREATE UNIQUE INDEX app_user_one_owner ON app_user (role) WHERE (role = 'OWNER');
CREATE INDEX app_user_search ON app_user USING gin (search_text gin_trgm_ops);
CREATE INDEX app_user_updated ON app_user (updated_at, id);
CREATE CONSTRAINT TRIGGER app_user_owner_stays AFTER DELETE OR UPDATE OF role ON app_user DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (old.role = 'OWNER') EXECUTE FUNCTION check_owner();
CREATE TRIGGER app_user_recorded AFTER INSERT OR DELETE OR UPDATE ON app_user FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('User', 'id', 'email password_hash first_name last_name phone', '');
CREATE TRIGGER customer_of_account AFTER UPDATE OF email, first_name, last_name, phone, language, marketing_opt_in, role, locked_at, updated_at ON app_user FOR EACH ROW WHEN (old.email IS DISTINCT FROM new.email OR old.first_name IS DISTINCT FROM new.first_name OR old.last_name IS DISTINCT FROM new.last_name OR old.phone IS DISTINCT FROM new.phone OR old.language IS DISTINCT FROM new.language OR old.marketing_opt_in IS DISTINCT FROM new.marketing_opt_in OR old.role IS DISTINCT FROM new.role OR old.locked_at IS DISTINCT FROM new.locked_at OR old.updated_at IS DISTINCT FROM new.updated_at) EXECUTE FUNCTION customer_of_account();
CREATE TRIGGER customer_of_gone_account BEFORE DELETE ON app_user FOR EACH ROW EXECUTE FUNCTION customer_of_gone_account();
CREATE TRIGGER customer_of_new_account AFTER INSERT ON app_user FOR EACH ROW EXECUTE FUNCTION customer_of_account();
CREATE TRIGGER role_changed AFTER UPDATE OF role, locked_at ON app_user FOR EACH ROW WHEN (old.role IS DISTINCT FROM new.role OR old.locked_at IS DISTINCT FROM new.locked_at) EXECUTE FUNCTION tell_session_ended();
CREATE TRIGGER staff_of_account AFTER UPDATE OF role ON app_user FOR EACH ROW WHEN (old.role IS DISTINCT FROM new.role) EXECUTE FUNCTION staff_of_account();
CREATE TRIGGER staff_of_new_account AFTER INSERT ON app_user FOR EACH ROW WHEN (new.role <> 'CUSTOMER') EXECUTE FUNCTION staff_of_account();

-- That of an account is kept as long as it. Deleted each night: guests whose orders all came to nothing and were forgotten.
CREATE TABLE customer (
  id uuid NOT NULL,
  user_id uuid,
  email text NOT NULL,
  email_key text NOT NULL GENERATED ALWAYS AS (email_key(email)) STORED,
  first_name text NOT NULL,
  last_name text NOT NULL,
  phone text,
  language character(2) NOT NULL,
  marketing_opt_in boolean NOT NULL DEFAULT false,
  is_staff boolean NOT NULL DEFAULT false,
  tags text[] NOT NULL DEFAULT '{}'::text[],
  status text NOT NULL DEFAULT 'ACTIVE',
  source text NOT NULL,
  merged_into uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  search_text text GENERATED ALWAYS AS ((search_fields(VARIADIC ARRAY[((first_name || ' ') || last_name), email]) || search_phone(phone))) STORED,
  CONSTRAINT customer_pkey PRIMARY KEY (id),
  CONSTRAINT customer_user_id_key UNIQUE (user_id),
  CONSTRAINT customer_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES customer(id),
  CONSTRAINT customer_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT customer_merged_is_guest CHECK (merged_into IS NULL OR user_id IS NULL AND merged_into <> id),
  CONSTRAINT customer_of_own_account CHECK (user_id = id),
  CONSTRAINT customer_source_check CHECK (source IN ('ACCOUNT', 'ORDER', 'STAFF')),
  CONSTRAINT customer_status_check CHECK (status IN ('ACTIVE', 'LOCKED', 'ERASED'))
);
CREATE INDEX customer_created ON customer (created_at, id);
CREATE INDEX customer_email ON customer (email_key, id);
CREATE UNIQUE INDEX customer_guest ON customer (email_key) WHERE ((user_id IS NULL) AND (merged_into IS NULL) AND (status <> 'ERASED'));
CREATE INDEX customer_locked ON customer (email_key) WHERE (status = 'LOCKED');
CREATE INDEX customer_merged ON customer (merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX customer_name ON customer (plain_text(((last_name || ' ') || first_name)), id);
CREATE INDEX customer_search ON customer USING gin (search_text gin_trgm_ops);
CREATE INDEX customer_tagged ON customer USING gin (tags) WHERE (tags <> '{}'::text[]);
CREATE INDEX customer_updated ON customer (updated_at, id);
CREATE TRIGGER customer_recorded AFTER INSERT OR DELETE OR UPDATE ON customer FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Customer', 'id', 'email first_name last_name phone', 'user_id email_key is_staff');

-- Kept as long as the account.
CREATE TABLE customer_note (
  id uuid NOT NULL,
  customer_id uuid NOT NULL,
  body text NOT NULL,
  author_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT customer_note_pkey PRIMARY KEY (id),
  CONSTRAINT customer_note_author_id_fkey FOREIGN KEY (author_id) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT customer_note_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id) ON DELETE CASCADE,
  CONSTRAINT customer_note_body_check CHECK (length(body) >= 1 AND length(body) <= 2000)
);
CREATE INDEX customer_note_author ON customer_note (author_id) WHERE (author_id IS NOT NULL);
CREATE INDEX customer_note_of ON customer_note (customer_id, created_at, id);
CREATE TRIGGER customer_note_recorded AFTER INSERT OR DELETE OR UPDATE ON customer_note FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Customer', 'customer_id', 'body', '');

-- Deleted each night: a day after its end.
CREATE TABLE one_time_token (
  id uuid NOT NULL,
  hash bytea NOT NULL,
  user_id uuid NOT NULL,
  purpose text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  mailbox text,
  replaced text,
  CONSTRAINT one_time_token_pkey PRIMARY KEY (id),
  CONSTRAINT one_time_token_hash_key UNIQUE (hash),
  CONSTRAINT one_time_token_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE,
  CONSTRAINT one_time_token_mailbox_check CHECK ((mailbox IS NULL) = (purpose IN ('PASSWORD_RESET', 'SECOND_FACTOR'))),
  CONSTRAINT one_time_token_purpose_check CHECK (purpose IN ('PASSWORD_RESET', 'EMAIL_VERIFY', 'EMAIL_CHANGE', 'SECOND_FACTOR')),
  CONSTRAINT one_time_token_replaced_check CHECK (replaced IS NULL OR purpose = 'EMAIL_CHANGE')
);
CREATE INDEX one_time_token_user ON one_time_token (user_id);

-- Deleted each night: after a day.
CREATE TABLE rate_limit (
  key text NOT NULL,
  tokens double precision NOT NULL,
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT rate_limit_pkey PRIMARY KEY (key)
);

-- Kept as long as the account.
CREATE TABLE recovery_code (
  user_id uuid NOT NULL,
  code_hash bytea NOT NULL,
  used_at timestamp(3) with time zone,
  CONSTRAINT recovery_code_pkey PRIMARY KEY (user_id, code_hash),
  CONSTRAINT recovery_code_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE
);
CREATE TRIGGER recovery_code_recorded AFTER INSERT OR DELETE ON recovery_code FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('User', 'user_id', 'code_hash', '');

-- Kept as long as the account.
CREATE TABLE saved_address (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  label text,
  address jsonb NOT NULL,
  is_default_shipping boolean NOT NULL DEFAULT false,
  is_default_billing boolean NOT NULL DEFAULT false,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  search_text text GENERATED ALWAYS AS (search_address(address)) STORED,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT saved_address_pkey PRIMARY KEY (id),
  CONSTRAINT saved_address_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX saved_address_billing ON saved_address (user_id) WHERE is_default_billing;
CREATE INDEX saved_address_search ON saved_address USING gin (search_text gin_trgm_ops);
CREATE UNIQUE INDEX saved_address_shipping ON saved_address (user_id) WHERE is_default_shipping;
CREATE INDEX saved_address_user ON saved_address (user_id);
CREATE TRIGGER saved_address_recorded AFTER INSERT OR DELETE OR UPDATE ON saved_address FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('User', 'user_id', 'label address', '');

-- Deleted each night: 30 days after it was answered or ran out.
CREATE TABLE staff_invitation (
  id uuid NOT NULL,
  email text NOT NULL,
  role_id uuid NOT NULL,
  language character(2) NOT NULL,
  token_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  invited_by uuid,
  expires_at timestamp(3) with time zone NOT NULL,
  accepted_at timestamp(3) with time zone,
  revoked_at timestamp(3) with time zone,
  asked_again_at timestamp(3) with time zone,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  CONSTRAINT staff_invitation_pkey PRIMARY KEY (id),
  CONSTRAINT staff_invitation_token_hash_key UNIQUE (token_hash),
  CONSTRAINT staff_invitation_token_id_key UNIQUE (token_id),
  CONSTRAINT staff_invitation_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT staff_invitation_role_id_fkey FOREIGN KEY (role_id) REFERENCES staff_role(id) ON DELETE CASCADE,
  CONSTRAINT staff_invitation_closed_once CHECK (accepted_at IS NULL OR revoked_at IS NULL)
);
CREATE INDEX staff_invitation_invited_by ON staff_invitation (invited_by) WHERE (invited_by IS NOT NULL);
CREATE UNIQUE INDEX staff_invitation_open ON staff_invitation (lower(email)) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));
CREATE INDEX staff_invitation_role ON staff_invitation (role_id);
CREATE TRIGGER staff_invitation_recorded AFTER INSERT OR DELETE OR UPDATE ON staff_invitation FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('StaffInvitation', 'id', 'email token_id token_hash', '');

-- Kept as long as the account.
CREATE TABLE staff_member (
  user_id uuid NOT NULL,
  role_id uuid NOT NULL,
  locked_at timestamp(3) with time zone,
  locked_by uuid,
  last_seen_at timestamp(3) with time zone,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  CONSTRAINT staff_member_pkey PRIMARY KEY (user_id),
  CONSTRAINT staff_member_locked_by_fkey FOREIGN KEY (locked_by) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT staff_member_role_id_fkey FOREIGN KEY (role_id) REFERENCES staff_role(id),
  CONSTRAINT staff_member_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE
);
CREATE INDEX staff_member_locked_by ON staff_member (locked_by) WHERE (locked_by IS NOT NULL);
CREATE INDEX staff_member_role ON staff_member (role_id);
CREATE TRIGGER account_of_staff AFTER INSERT OR DELETE OR UPDATE OF role_id, locked_at ON staff_member FOR EACH ROW EXECUTE FUNCTION account_of_staff();
CREATE TRIGGER staff_member_recorded AFTER INSERT OR DELETE OR UPDATE ON staff_member FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('StaffMember', 'user_id', '', 'last_seen_at');

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE staff_role (
  id uuid NOT NULL,
  code text,
  name text NOT NULL,
  permissions text[] NOT NULL DEFAULT '{}'::text[],
  version integer NOT NULL DEFAULT 1,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  CONSTRAINT staff_role_pkey PRIMARY KEY (id),
  CONSTRAINT staff_role_code_key UNIQUE (code),
  CONSTRAINT staff_role_built_in CHECK (code IS NULL OR permissions = '{}'::text[]),
  CONSTRAINT staff_role_code_check CHECK (code IN ('SUPPORT', 'MANAGER', 'ADMIN', 'OWNER')),
  CONSTRAINT staff_role_name_check CHECK (name = btrim(name) AND length(name) >= 1 AND length(name) <= 60)
);
CREATE UNIQUE INDEX staff_role_name ON staff_role (lower(name));
CREATE TRIGGER role_permissions_changed AFTER UPDATE OF permissions ON staff_role FOR EACH ROW WHEN (old.permissions IS DISTINCT FROM new.permissions) EXECUTE FUNCTION tell_role_changed();
CREATE TRIGGER staff_role_recorded AFTER INSERT OR DELETE OR UPDATE ON staff_role FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('StaffRole', 'id', '', '');

-- Deleted each night: 30 days after its end.
CREATE TABLE user_session (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  refresh_hash bytea NOT NULL,
  previous_hash bytea,
  rotated_at timestamp with time zone NOT NULL DEFAULT now(),
  expires_at timestamp with time zone NOT NULL,
  revoked_at timestamp with time zone,
  user_agent text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  network text,
  CONSTRAINT user_session_pkey PRIMARY KEY (id),
  CONSTRAINT user_session_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE
);
CREATE INDEX user_session_user ON user_session (user_id);
CREATE TRIGGER session_deleted AFTER DELETE ON user_session FOR EACH ROW WHEN (old.revoked_at IS NULL AND old.expires_at > now()) EXECUTE FUNCTION tell_session_ended();
CREATE TRIGGER session_revoked AFTER UPDATE OF revoked_at ON user_session FOR EACH ROW WHEN (old.revoked_at IS NULL AND new.revoked_at IS NOT NULL) EXECUTE FUNCTION tell_session_ended();
CREATE TRIGGER user_session_recorded AFTER INSERT OR UPDATE OF revoked_at ON user_session FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('User', 'user_id', 'refresh_hash previous_hash user_agent network', 'rotated_at expires_at');

-- Kept as long as the account.
CREATE TABLE user_totp (
  user_id uuid NOT NULL,
  ciphertext bytea NOT NULL,
  nonce bytea NOT NULL,
  key_id text NOT NULL,
  confirmed_at timestamp(3) with time zone,
  last_step bigint NOT NULL DEFAULT 0,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  CONSTRAINT user_totp_pkey PRIMARY KEY (user_id),
  CONSTRAINT user_totp_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE
);
CREATE TRIGGER user_totp_account AFTER DELETE OR UPDATE OF confirmed_at ON user_totp FOR EACH ROW EXECUTE FUNCTION account_asks_for_factor();
CREATE TRIGGER user_totp_recorded AFTER INSERT OR DELETE OR UPDATE ON user_totp FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('User', 'user_id', 'ciphertext nonce key_id', 'last_step');

-- -----------------------------------------------------------------------------
-- longJobs
-- -----------------------------------------------------------------------------

-- Deleted each night: 30 days after their end; their files a day after it.
CREATE TABLE long_job (
  id uuid NOT NULL,
  kind text NOT NULL,
  status text NOT NULL DEFAULT 'QUEUED',
  title text,
  input jsonb NOT NULL,
  cursor jsonb,
  done integer NOT NULL DEFAULT 0,
  total integer,
  error_count integer NOT NULL DEFAULT 0,
  parts integer NOT NULL DEFAULT 0,
  failure text,
  result_name text,
  started_by uuid,
  cancelled_by uuid,
  request_id text NOT NULL,
  run_token uuid,
  attempts integer NOT NULL DEFAULT 0,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  started_at timestamp with time zone,
  heartbeat_at timestamp with time zone,
  finished_at timestamp with time zone,
  expires_at timestamp with time zone,
  recording jsonb,
  CONSTRAINT long_job_pkey PRIMARY KEY (id),
  CONSTRAINT long_job_cancelled_by_fkey FOREIGN KEY (cancelled_by) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT long_job_started_by_fkey FOREIGN KEY (started_by) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT long_job_attempts_check CHECK (attempts >= 0),
  CONSTRAINT long_job_done_check CHECK (done >= 0),
  CONSTRAINT long_job_error_count_check CHECK (error_count >= 0),
  CONSTRAINT long_job_finished CHECK ((status IN ('CANCELLED', 'SUCCEEDED', 'FAILED')) = (finished_at IS NOT NULL)),
  CONSTRAINT long_job_parts_check CHECK (parts >= 0),
  CONSTRAINT long_job_run CHECK (run_token IS NULL OR heartbeat_at IS NOT NULL AND finished_at IS NULL),
  CONSTRAINT long_job_status_check CHECK (status IN ('QUEUED', 'RUNNING', 'CANCELLING', 'CANCELLED', 'SUCCEEDED', 'FAILED')),
  CONSTRAINT long_job_total_check CHECK (total >= 0)
);
CREATE INDEX long_job_age ON long_job (created_at, id);
CREATE INDEX long_job_files ON long_job (expires_at) WHERE (parts > 0);
CREATE INDEX long_job_open ON long_job (created_at) WHERE (finished_at IS NULL);
CREATE INDEX long_job_starter ON long_job (started_by, created_at, id);
CREATE TRIGGER long_job_recorded AFTER INSERT OR UPDATE OF cancelled_by ON long_job FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Job', 'id', 'title input cursor failure result_name', 'request_id run_token heartbeat_at parts attempts done recording');

-- Deleted when it is undone, and with its job.
CREATE TABLE long_job_change (
  job_id uuid NOT NULL,
  row_id uuid NOT NULL,
  before jsonb NOT NULL,
  CONSTRAINT long_job_change_pkey PRIMARY KEY (job_id, row_id),
  CONSTRAINT long_job_change_job_id_fkey FOREIGN KEY (job_id) REFERENCES long_job(id) ON DELETE CASCADE
);

-- Deleted with their job.
CREATE TABLE long_job_error (
  id uuid NOT NULL,
  job_id uuid NOT NULL,
  line integer NOT NULL,
  field text,
  code text NOT NULL,
  message text NOT NULL,
  value text,
  CONSTRAINT long_job_error_pkey PRIMARY KEY (id),
  CONSTRAINT long_job_error_job_id_fkey FOREIGN KEY (job_id) REFERENCES long_job(id) ON DELETE CASCADE
);
CREATE INDEX long_job_error_row ON long_job_error (job_id, line, id);

-- -----------------------------------------------------------------------------
-- imports
-- -----------------------------------------------------------------------------

-- Deleted each night: two years after their last use. They hold no rows.
CREATE TABLE import_mapping (
  kind text NOT NULL,
  shape text NOT NULL,
  mapping jsonb NOT NULL,
  decimal_sign text NOT NULL,
  used_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT import_mapping_pkey PRIMARY KEY (kind, shape)
);

-- Deleted three days after they came.
CREATE TABLE import_row (
  import_id uuid NOT NULL,
  line integer NOT NULL,
  cells jsonb NOT NULL,
  outcome text,
  subject text,
  errors jsonb,
  CONSTRAINT import_row_pkey PRIMARY KEY (import_id, line),
  CONSTRAINT import_row_import_id_fkey FOREIGN KEY (import_id) REFERENCES import_run(id) ON DELETE CASCADE,
  CONSTRAINT import_row_cells_check CHECK (jsonb_typeof(cells) = 'array'),
  CONSTRAINT import_row_errors CHECK (((outcome IN ('WRONG', 'REFUSED')) IS TRUE) = (errors IS NOT NULL)),
  CONSTRAINT import_row_errors_check CHECK (errors IS NULL OR jsonb_typeof(errors) = 'array'),
  CONSTRAINT import_row_outcome_check CHECK (outcome IN ('NEW', 'CHANGED', 'UNCHANGED', 'WRONG', 'APPLIED', 'REFUSED'))
);
CREATE INDEX import_row_subject ON import_row (import_id, subject, line) WHERE (subject IS NOT NULL);
CREATE INDEX import_row_wrong ON import_row (import_id, line) WHERE (errors IS NOT NULL);

-- Those that were applied are kept: who imported which file. Deleted each night: others, 30 days after they came. The file goes after three days.
CREATE TABLE import_run (
  id uuid NOT NULL,
  kind text NOT NULL,
  filename text NOT NULL,
  created_by uuid,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  request_id text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  token_hash bytea,
  upload_until timestamp with time zone NOT NULL,
  received_at timestamp with time zone,
  file_key text,
  file_hash bytea,
  format text,
  encoding text,
  separator text,
  decimal_sign text NOT NULL DEFAULT '.',
  sheets text[] NOT NULL DEFAULT '{}'::text[],
  sheet text,
  header_line integer,
  header text[] NOT NULL DEFAULT '{}'::text[],
  mapping jsonb NOT NULL DEFAULT '{}'::jsonb,
  row_count integer NOT NULL DEFAULT 0,
  check_job_id uuid,
  apply_job_id uuid,
  expires_at timestamp with time zone NOT NULL,
  emptied_at timestamp with time zone,
  new_rows integer NOT NULL DEFAULT 0,
  changed_rows integer NOT NULL DEFAULT 0,
  unchanged_rows integer NOT NULL DEFAULT 0,
  wrong_rows integer NOT NULL DEFAULT 0,
  repeated_rows integer NOT NULL DEFAULT 0,
  amount bigint NOT NULL DEFAULT 0,
  applied_rows integer NOT NULL DEFAULT 0,
  refused_rows integer NOT NULL DEFAULT 0,
  CONSTRAINT import_run_pkey PRIMARY KEY (id),
  CONSTRAINT import_run_token_hash_key UNIQUE (token_hash),
  CONSTRAINT import_run_created_by_fkey FOREIGN KEY (created_by) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT import_run_amount_check CHECK (amount >= 0),
  CONSTRAINT import_run_applied CHECK (apply_job_id IS NULL OR check_job_id IS NOT NULL),
  CONSTRAINT import_run_applied_rows_check CHECK (applied_rows >= 0),
  CONSTRAINT import_run_changed_rows_check CHECK (changed_rows >= 0),
  CONSTRAINT import_run_decimal_sign_check CHECK (decimal_sign IN ('.', ',')),
  CONSTRAINT import_run_format_check CHECK (format IN ('CSV', 'XLSX', 'JSON')),
  CONSTRAINT import_run_mapping_check CHECK (jsonb_typeof(mapping) = 'object'),
  CONSTRAINT import_run_new_rows_check CHECK (new_rows >= 0),
  CONSTRAINT import_run_received CHECK ((received_at IS NULL) = (format IS NULL)),
  CONSTRAINT import_run_refused_rows_check CHECK (refused_rows >= 0),
  CONSTRAINT import_run_repeated_rows_check CHECK (repeated_rows >= 0),
  CONSTRAINT import_run_row_count_check CHECK (row_count >= 0),
  CONSTRAINT import_run_rows CHECK ((applied_rows + refused_rows) <= (new_rows + changed_rows)),
  CONSTRAINT import_run_unchanged_rows_check CHECK (unchanged_rows >= 0),
  CONSTRAINT import_run_wrong_rows_check CHECK (wrong_rows >= 0)
);
CREATE INDEX import_run_age ON import_run (created_at, id);
CREATE INDEX import_run_author ON import_run (created_by, created_at, id);
CREATE INDEX import_run_full ON import_run (expires_at) WHERE (emptied_at IS NULL);
CREATE TRIGGER import_run_recorded AFTER INSERT OR DELETE OR UPDATE ON import_run FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Import', 'id', 'filename file_key file_hash token_hash sheets sheet header mapping', 'request_id');

-- -----------------------------------------------------------------------------
-- savedViews
-- -----------------------------------------------------------------------------

-- Deleted with the view or the account.
CREATE TABLE default_view (
  user_id uuid NOT NULL,
  list text NOT NULL,
  view_id uuid NOT NULL,
  CONSTRAINT default_view_pkey PRIMARY KEY (user_id, list),
  CONSTRAINT default_view_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE CASCADE,
  CONSTRAINT default_view_view_id_fkey FOREIGN KEY (view_id) REFERENCES saved_view(id) ON DELETE CASCADE
);
CREATE INDEX default_view_view_id_idx ON default_view (view_id);
CREATE TRIGGER default_view_recorded AFTER INSERT OR DELETE OR UPDATE ON default_view FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('SavedView', 'view_id', '', '');

-- Kept until staff deletes them; one of a single person ends with the account.
CREATE TABLE saved_view (
  id uuid NOT NULL,
  list text NOT NULL,
  owner_id uuid,
  name text NOT NULL,
  address text NOT NULL,
  "position" integer NOT NULL,
  created_by uuid,
  version integer NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT saved_view_pkey PRIMARY KEY (id),
  CONSTRAINT saved_view_created_by_fkey FOREIGN KEY (created_by) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT saved_view_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES app_user(id) ON DELETE CASCADE,
  CONSTRAINT saved_view_name_check CHECK (name <> ''),
  CONSTRAINT saved_view_version_check CHECK (version >= 0)
);
CREATE INDEX saved_view_created_by_idx ON saved_view (created_by);
CREATE INDEX saved_view_list_owner_id_idx ON saved_view (list, owner_id);
CREATE INDEX saved_view_owner_id_idx ON saved_view (owner_id);
CREATE TRIGGER saved_view_recorded AFTER INSERT OR DELETE OR UPDATE ON saved_view FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('SavedView', 'id', 'name address', '');

-- -----------------------------------------------------------------------------
-- routing
-- -----------------------------------------------------------------------------

-- Deleted each night: 30 days after it was asked for last. At most 1,000 paths, nothing about people.
CREATE TABLE missing_path (
  path text NOT NULL,
  hits bigint NOT NULL,
  first_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  last_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  CONSTRAINT missing_path_pkey PRIMARY KEY (path),
  CONSTRAINT missing_path_hits_check CHECK (hits > 0),
  CONSTRAINT missing_path_path_check CHECK (length(path) <= 300)
);

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE redirect (
  id uuid NOT NULL,
  from_path text NOT NULL,
  is_prefix boolean NOT NULL DEFAULT false,
  target_kind text,
  target_id uuid,
  to_path text,
  code integer NOT NULL DEFAULT 301,
  hits bigint NOT NULL DEFAULT 0,
  last_hit_at timestamp(3) with time zone,
  active boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  CONSTRAINT redirect_pkey PRIMARY KEY (id),
  CONSTRAINT redirect_from UNIQUE (from_path),
  CONSTRAINT redirect_code_check CHECK (code IN (301, 302, 410)),
  CONSTRAINT redirect_from_path_check CHECK (from_path ~~ '/_%' AND length(from_path) <= 300),
  CONSTRAINT redirect_one_target CHECK (num_nonnulls(target_id, to_path) =
CASE code
    WHEN 410 THEN 0
    ELSE 1
END),
  CONSTRAINT redirect_target CHECK ((target_kind IS NULL) = (target_id IS NULL)),
  CONSTRAINT redirect_target_kind_check CHECK (target_kind IN ('PRODUCT', 'CATEGORY', 'PAGE')),
  CONSTRAINT redirect_to_path_check CHECK (to_path ~~ '/%' AND length(to_path) <= 300)
);
CREATE INDEX redirect_newest ON redirect (created_at, id);
CREATE TRIGGER redirect_recorded AFTER INSERT OR DELETE OR UPDATE ON redirect FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Redirect', 'id', '', 'hits last_hit_at');

-- Kept: what the shop is and sells; staff removes it.
CREATE TABLE slug (
  kind text NOT NULL,
  language text NOT NULL,
  slug text NOT NULL,
  entity_id uuid NOT NULL,
  is_current boolean NOT NULL,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  CONSTRAINT slug_pkey PRIMARY KEY (kind, language, slug),
  CONSTRAINT slug_kind_check CHECK (kind IN ('PRODUCT', 'CATEGORY', 'PAGE')),
  CONSTRAINT slug_language_check CHECK (language = '*' OR language ~ '^[a-z]{2}$')
);
CREATE UNIQUE INDEX slug_current ON slug (entity_id, language) WHERE is_current;
CREATE INDEX slug_of_entity ON slug (entity_id);

-- -----------------------------------------------------------------------------
-- content
-- -----------------------------------------------------------------------------

-- Kept: there are two.
CREATE TABLE menu (
  id uuid NOT NULL,
  code text NOT NULL,
  entries jsonb NOT NULL DEFAULT '[]'::jsonb,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  CONSTRAINT menu_pkey PRIMARY KEY (id),
  CONSTRAINT menu_code UNIQUE (code),
  CONSTRAINT menu_code_check CHECK (code IN ('HEADER', 'FOOTER')),
  CONSTRAINT menu_entries_check CHECK (jsonb_typeof(entries) = 'array' AND jsonb_array_length(entries) <= 60),
  CONSTRAINT menu_version_check CHECK (version >= 1)
);
CREATE TRIGGER menu_recorded AFTER INSERT OR DELETE OR UPDATE ON menu FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Menu', 'id', '', '');

-- Kept: staff archive it.
CREATE TABLE page (
  id uuid NOT NULL,
  key text,
  kind text NOT NULL,
  slugs jsonb NOT NULL DEFAULT '{}'::jsonb,
  draft jsonb,
  published_id uuid,
  scheduled_id uuid,
  publish_at timestamp(3) with time zone,
  start_text boolean NOT NULL DEFAULT false,
  archived_at timestamp(3) with time zone,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  CONSTRAINT page_pkey PRIMARY KEY (id),
  CONSTRAINT page_key UNIQUE (key),
  CONSTRAINT page_published FOREIGN KEY (id, published_id) REFERENCES page_version(page_id, id),
  CONSTRAINT page_scheduled FOREIGN KEY (id, scheduled_id) REFERENCES page_version(page_id, id),
  CONSTRAINT page_draft_check CHECK (jsonb_typeof(draft) = 'object'),
  CONSTRAINT page_key_check CHECK (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(key) <= 60),
  CONSTRAINT page_kind_check CHECK (kind IN ('HOME', 'PAGE', 'LEGAL')),
  CONSTRAINT page_plan CHECK ((scheduled_id IS NULL) = (publish_at IS NULL)),
  CONSTRAINT page_required CHECK (kind = 'PAGE' OR archived_at IS NULL),
  CONSTRAINT page_slugs_check CHECK (jsonb_typeof(slugs) = 'object'),
  CONSTRAINT page_version_check CHECK (version >= 1)
);
CREATE INDEX page_due ON page (publish_at) WHERE (publish_at IS NOT NULL);
CREATE UNIQUE INDEX page_home ON page (kind) WHERE (kind = 'HOME');
CREATE TRIGGER page_recorded AFTER INSERT OR DELETE OR UPDATE ON page FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Page', 'id', 'draft', '');

-- Deleted when the page is published, and each night once it has ended.
CREATE TABLE page_preview (
  token_hash bytea NOT NULL,
  page_id uuid NOT NULL,
  expires_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT page_preview_pkey PRIMARY KEY (token_hash),
  CONSTRAINT page_preview_page_id_fkey FOREIGN KEY (page_id) REFERENCES page(id),
  CONSTRAINT page_preview_token_hash_check CHECK (length(token_hash) = 32)
);
CREATE INDEX page_preview_ended ON page_preview (expires_at);
CREATE INDEX page_preview_page ON page_preview (page_id);
CREATE TRIGGER page_preview_recorded AFTER INSERT OR DELETE OR UPDATE ON page_preview FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Page', 'page_id', 'token_hash', '');

-- Kept: what was published stays, so that it can be said what buyers were told.
CREATE TABLE page_version (
  id uuid NOT NULL,
  page_id uuid NOT NULL,
  number integer NOT NULL,
  content jsonb NOT NULL,
  note text,
  created_by uuid,
  shown_from timestamp(3) with time zone NOT NULL,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  CONSTRAINT page_version_pkey PRIMARY KEY (id),
  CONSTRAINT page_version_number UNIQUE (page_id, number),
  CONSTRAINT page_version_of_page UNIQUE (page_id, id),
  CONSTRAINT page_version_page_id_fkey FOREIGN KEY (page_id) REFERENCES page(id),
  CONSTRAINT page_version_content_check CHECK (jsonb_typeof(content) = 'object'),
  CONSTRAINT page_version_note_check CHECK (length(note) <= 300),
  CONSTRAINT page_version_number_check CHECK (number >= 1)
);
CREATE TRIGGER page_version_kept BEFORE DELETE OR UPDATE ON page_version FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER page_version_recorded AFTER INSERT OR DELETE OR UPDATE ON page_version FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Page', 'page_id', 'content', '');

-- -----------------------------------------------------------------------------
-- checkout
-- -----------------------------------------------------------------------------

-- Deleted each night: when its limits no longer count it.
CREATE TABLE checkout_attempt (
  id uuid NOT NULL,
  cart_id uuid NOT NULL,
  cart_version integer NOT NULL,
  network bytea NOT NULL,
  email text NOT NULL,
  phone text,
  user_id uuid,
  payment_method text NOT NULL,
  units integer NOT NULL,
  value bigint NOT NULL,
  placed boolean NOT NULL DEFAULT false,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  wide_network bytea,
  CONSTRAINT checkout_attempt_pkey PRIMARY KEY (id),
  CONSTRAINT checkout_attempt_cart_id_fkey FOREIGN KEY (cart_id) REFERENCES cart(id) ON DELETE CASCADE,
  CONSTRAINT checkout_attempt_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT checkout_attempt_units_check CHECK (units > 0),
  CONSTRAINT checkout_attempt_value_check CHECK (value >= 0)
);
CREATE INDEX checkout_attempt_age ON checkout_attempt (created_at);
CREATE INDEX checkout_attempt_cart ON checkout_attempt (cart_id, cart_version);
CREATE INDEX checkout_attempt_email ON checkout_attempt (email);
CREATE INDEX checkout_attempt_network ON checkout_attempt (network, created_at);
CREATE INDEX checkout_attempt_phone ON checkout_attempt (phone) WHERE (phone IS NOT NULL);
CREATE INDEX checkout_attempt_user ON checkout_attempt (user_id) WHERE (user_id IS NOT NULL);
CREATE INDEX checkout_attempt_wide_network ON checkout_attempt (wide_network, created_at) WHERE (wide_network IS NOT NULL);

-- Deleted each night: 30 days after its end, be it lifted or over; the timeline of its order keeps by whom.
CREATE TABLE checkout_block (
  id uuid NOT NULL,
  kind text NOT NULL,
  network bytea,
  contact text,
  order_id uuid,
  reason text,
  created_by uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  expires_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  ended_how text,
  ended_by uuid,
  CONSTRAINT checkout_block_pkey PRIMARY KEY (id),
  CONSTRAINT checkout_block_created_by_fkey FOREIGN KEY (created_by) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT checkout_block_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT checkout_block_order_id_fkey FOREIGN KEY (order_id) REFERENCES shop_order(id) ON DELETE SET NULL,
  CONSTRAINT checkout_block_check CHECK ((kind IN ('NETWORK', 'WIDE_NETWORK')) = (network IS NOT NULL) AND (network IS NULL) = (contact IS NOT NULL)),
  CONSTRAINT checkout_block_end CHECK ((ended_at IS NULL) = (ended_how IS NULL) AND ended_at <= expires_at),
  CONSTRAINT checkout_block_ended_how_check CHECK (ended_how IN ('LIFTED', 'REPLACED', 'EXPIRED')),
  CONSTRAINT checkout_block_kind_check CHECK (kind IN ('NETWORK', 'WIDE_NETWORK', 'EMAIL', 'PHONE'))
);
CREATE UNIQUE INDEX checkout_block_contact ON checkout_block (kind, contact) WHERE ((contact IS NOT NULL) AND (ended_at IS NULL));
CREATE UNIQUE INDEX checkout_block_network ON checkout_block (network) WHERE ((network IS NOT NULL) AND (ended_at IS NULL));
CREATE TRIGGER checkout_block_recorded AFTER INSERT OR DELETE OR UPDATE ON checkout_block FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('CheckoutBlock', 'id', 'network contact reason', '');

-- -----------------------------------------------------------------------------
-- orderEditing
-- -----------------------------------------------------------------------------

-- Kept: the ledger of the shop, which law and their own audit ask for.
CREATE TABLE order_edit (
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  status text NOT NULL,
  plan jsonb NOT NULL,
  difference bigint NOT NULL,
  actor_id uuid,
  dropped_by uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  expires_at timestamp with time zone,
  decided_at timestamp with time zone,
  close_tried_at timestamp with time zone,
  CONSTRAINT order_edit_pkey PRIMARY KEY (id),
  CONSTRAINT order_edit_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT order_edit_dropped_by_fkey FOREIGN KEY (dropped_by) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT order_edit_order_id_fkey FOREIGN KEY (order_id) REFERENCES shop_order(id),
  CONSTRAINT order_edit_status_check CHECK (status IN ('AWAITING_PAYMENT', 'APPLIED', 'CANCELLED', 'EXPIRED'))
);
CREATE INDEX order_edit_due ON order_edit (expires_at) WHERE (status = 'AWAITING_PAYMENT');
CREATE UNIQUE INDEX order_edit_open ON order_edit (order_id) WHERE (status = 'AWAITING_PAYMENT');
CREATE INDEX order_edit_order ON order_edit (order_id);
CREATE TRIGGER order_edit_recorded AFTER INSERT OR DELETE OR UPDATE ON order_edit FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Order', 'order_id', 'plan', 'close_tried_at');

-- -----------------------------------------------------------------------------
-- returns
-- -----------------------------------------------------------------------------

-- Kept: the ledger of the shop, which law and their own audit ask for.
CREATE TABLE order_return (
  id uuid NOT NULL,
  number text NOT NULL DEFAULT ('R' || nextval('return_number'::regclass)),
  order_id uuid NOT NULL,
  status text NOT NULL DEFAULT 'REQUESTED',
  resolution text NOT NULL,
  reason text NOT NULL,
  comment text,
  staff_note text,
  order_refund_id uuid,
  exchange_order_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  search_text text GENERATED ALWAYS AS (search_fields(VARIADIC ARRAY[('#' || number)])) STORED,
  CONSTRAINT order_return_pkey PRIMARY KEY (id),
  CONSTRAINT order_return_number_key UNIQUE (number),
  CONSTRAINT order_return_exchange_order_id_fkey FOREIGN KEY (exchange_order_id) REFERENCES shop_order(id),
  CONSTRAINT order_return_order_id_fkey FOREIGN KEY (order_id) REFERENCES shop_order(id),
  CONSTRAINT order_return_order_refund_id_fkey FOREIGN KEY (order_refund_id) REFERENCES order_refund(id),
  CONSTRAINT order_return_reason_check CHECK (reason IN ('DAMAGED', 'WRONG_ITEM', 'NOT_AS_DESCRIBED', 'DOES_NOT_FIT', 'CHANGED_MIND', 'OTHER')),
  CONSTRAINT order_return_resolution_check CHECK (resolution IN ('REFUND', 'EXCHANGE')),
  CONSTRAINT order_return_status_check CHECK (status IN ('REQUESTED', 'APPROVED', 'REJECTED', 'CANCELLED', 'RECEIVED', 'REFUNDED', 'EXCHANGED'))
);
CREATE INDEX order_return_created ON order_return (created_at, id);
CREATE INDEX order_return_exchange ON order_return (exchange_order_id) WHERE (exchange_order_id IS NOT NULL);
CREATE INDEX order_return_order ON order_return (order_id);
CREATE INDEX order_return_search ON order_return USING gin (search_text gin_trgm_ops);
CREATE TRIGGER order_return_recorded AFTER INSERT OR DELETE OR UPDATE ON order_return FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Order', 'order_id', 'comment staff_note reason', '');

-- Kept: the ledger of the shop, which law and their own audit ask for.
CREATE TABLE order_return_line (
  id uuid NOT NULL,
  return_id uuid NOT NULL,
  order_line_id uuid NOT NULL,
  quantity integer NOT NULL,
  received integer NOT NULL DEFAULT 0,
  restocked integer NOT NULL DEFAULT 0,
  exchange_variant_id uuid,
  traded bigint NOT NULL DEFAULT 0,
  exchanged integer NOT NULL DEFAULT 0,
  CONSTRAINT order_return_line_pkey PRIMARY KEY (id),
  CONSTRAINT order_return_line_return_id_order_line_id_key UNIQUE (return_id, order_line_id),
  CONSTRAINT order_return_line_exchange_variant_id_fkey FOREIGN KEY (exchange_variant_id) REFERENCES variant(id),
  CONSTRAINT order_return_line_order_line_id_fkey FOREIGN KEY (order_line_id) REFERENCES order_line(id),
  CONSTRAINT order_return_line_return_id_fkey FOREIGN KEY (return_id) REFERENCES order_return(id),
  CONSTRAINT order_return_line_check CHECK (received >= 0 AND received <= quantity),
  CONSTRAINT order_return_line_check1 CHECK (restocked >= 0 AND restocked <= received),
  CONSTRAINT order_return_line_exchanged CHECK (exchanged >= 0 AND exchanged <= received),
  CONSTRAINT order_return_line_quantity_check CHECK (quantity > 0),
  CONSTRAINT order_return_line_traded_check CHECK (traded >= 0)
);
CREATE INDEX order_return_line_line ON order_return_line (order_line_id);
CREATE TRIGGER order_return_line_recorded AFTER INSERT OR DELETE OR UPDATE ON order_return_line FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Return', 'return_id', '', '');

-- Deleted each night: a day after its end, unless it belongs to a return; what the buyer sent goes as soon as its image is made.
CREATE TABLE return_photo (
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  return_id uuid,
  token_hash bytea NOT NULL,
  storage_key text,
  width integer,
  height integer,
  expires_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  original_key text,
  status text NOT NULL DEFAULT 'READY',
  failure text,
  attempts integer NOT NULL DEFAULT 0,
  queued_at timestamp with time zone NOT NULL DEFAULT now(),
  written_keys text[] NOT NULL DEFAULT '{}'::text[],
  discarded_at timestamp with time zone,
  CONSTRAINT return_photo_pkey PRIMARY KEY (id),
  CONSTRAINT return_photo_token_hash_key UNIQUE (token_hash),
  CONSTRAINT return_photo_order_id_fkey FOREIGN KEY (order_id) REFERENCES shop_order(id),
  CONSTRAINT return_photo_return_id_fkey FOREIGN KEY (return_id) REFERENCES order_return(id),
  CONSTRAINT return_photo_check CHECK ((status = 'FAILED') = (failure IS NOT NULL)),
  CONSTRAINT return_photo_check1 CHECK (status = 'READY' OR original_key IS NOT NULL),
  CONSTRAINT return_photo_failure_check CHECK (failure IN ('DAMAGED', 'FILE_MISSING', 'UNEXPECTED')),
  CONSTRAINT return_photo_status_check CHECK (status IN ('PROCESSING', 'READY', 'FAILED'))
);
CREATE INDEX return_photo_in_work ON return_photo (queued_at) WHERE (original_key IS NOT NULL);
CREATE INDEX return_photo_return ON return_photo (return_id);
CREATE TRIGGER return_photo_recorded AFTER INSERT OR DELETE OR UPDATE ON return_photo FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Order', 'order_id', 'token_hash storage_key original_key', 'widths attempts queued_at');

-- -----------------------------------------------------------------------------
-- invoicing
-- -----------------------------------------------------------------------------

-- Kept: the ledger of the shop, which law and their own audit ask for.
CREATE TABLE invoice (
  id uuid NOT NULL,
  series text NOT NULL,
  number integer NOT NULL,
  kind text NOT NULL,
  order_id uuid NOT NULL,
  source_key text NOT NULL,
  content jsonb NOT NULL,
  total_gross bigint NOT NULL,
  currency character(3) NOT NULL,
  issued_at timestamp with time zone NOT NULL DEFAULT now(),
  printed_number text NOT NULL,
  search_text text GENERATED ALWAYS AS (search_fields(VARIADIC ARRAY[('#' || printed_number)])) STORED,
  CONSTRAINT invoice_pkey PRIMARY KEY (id),
  CONSTRAINT invoice_printed_number_key UNIQUE (printed_number),
  CONSTRAINT invoice_series_number_key UNIQUE (series, number),
  CONSTRAINT invoice_source_key_key UNIQUE (source_key),
  CONSTRAINT invoice_order_id_fkey FOREIGN KEY (order_id) REFERENCES shop_order(id),
  CONSTRAINT invoice_series_fkey FOREIGN KEY (series) REFERENCES invoice_series(code),
  CONSTRAINT invoice_kind_check CHECK (kind IN ('INVOICE', 'CREDIT_NOTE')),
  CONSTRAINT invoice_number_check CHECK (number > 0)
);
CREATE INDEX invoice_order ON invoice (order_id);
CREATE INDEX invoice_search ON invoice USING gin (search_text gin_trgm_ops);
CREATE TRIGGER invoice_append_only BEFORE DELETE OR UPDATE ON invoice FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE CONSTRAINT TRIGGER invoice_counted AFTER INSERT ON invoice DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_invoice_counted();
CREATE TRIGGER invoice_no_gap BEFORE INSERT ON invoice FOR EACH ROW EXECUTE FUNCTION refuse_invoice_gap();
CREATE TRIGGER invoice_set_printed_number BEFORE INSERT ON invoice FOR EACH ROW WHEN (new.printed_number IS NULL) EXECUTE FUNCTION set_printed_number();

-- Kept: the ledger of the shop, which law and their own audit ask for.
CREATE TABLE invoice_series (
  code text NOT NULL,
  last_number integer NOT NULL DEFAULT 0,
  CONSTRAINT invoice_series_pkey PRIMARY KEY (code),
  CONSTRAINT invoice_series_last_number_check CHECK (last_number >= 0)
);
CREATE CONSTRAINT TRIGGER invoice_series_spent AFTER INSERT OR UPDATE ON invoice_series DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_spent_number();

-- -----------------------------------------------------------------------------
-- metadata
-- -----------------------------------------------------------------------------

-- Kept as long as what it is about. Deleted each night: of an order or cart whose buyer was forgotten, and of an account or cart that is gone.
CREATE TABLE metadata (
  entity_id uuid NOT NULL,
  entity_type text NOT NULL,
  staff_values jsonb NOT NULL DEFAULT '{}'::jsonb,
  public_values jsonb NOT NULL DEFAULT '{}'::jsonb,
  version integer NOT NULL DEFAULT 0,
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_by uuid,
  CONSTRAINT metadata_pkey PRIMARY KEY (entity_id),
  CONSTRAINT metadata_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT metadata_public_values_check CHECK (jsonb_typeof(public_values) = 'object'),
  CONSTRAINT metadata_staff_values_check CHECK (jsonb_typeof(staff_values) = 'object'),
  CONSTRAINT metadata_version_check CHECK (version >= 0)
);
CREATE TRIGGER metadata_recorded AFTER INSERT OR DELETE OR UPDATE ON metadata FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('entity_type', 'entity_id', 'staff_values public_values', '');

-- -----------------------------------------------------------------------------
-- customFields
-- -----------------------------------------------------------------------------

-- Kept as long as what it is about. Deleted each night: of an order or cart whose buyer was forgotten, and of an account or cart that is gone.
CREATE TABLE custom_field_values (
  entity_id uuid NOT NULL,
  entity_type text NOT NULL,
  field_values jsonb NOT NULL DEFAULT '{}'::jsonb,
  version integer NOT NULL DEFAULT 0,
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_by uuid,
  CONSTRAINT custom_field_values_pkey PRIMARY KEY (entity_id),
  CONSTRAINT custom_field_values_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES app_user(id) ON DELETE SET NULL,
  CONSTRAINT custom_field_values_field_values_check CHECK (jsonb_typeof(field_values) = 'object'),
  CONSTRAINT custom_field_values_version_check CHECK (version >= 0)
);
CREATE TRIGGER custom_field_values_recorded AFTER INSERT OR DELETE OR UPDATE ON custom_field_values FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('entity_type', 'entity_id', 'field_values', '');

-- -----------------------------------------------------------------------------
-- notifications
-- -----------------------------------------------------------------------------

-- That and to whom a mail of an order was sent is kept with the order, as the audit and the staff ask for it. Deleted each night: its text, and mails of no order as a whole, so many days (KEEP_…_DAYS, 90 unless set) after they were sent, given up or bounced; what waits is given up after five days. Links that open something are made when a mail is sent and stored nowhere.
CREATE TABLE email (
  id uuid NOT NULL,
  dedupe_key text NOT NULL,
  recipient text NOT NULL,
  template text NOT NULL,
  language character(2) NOT NULL,
  model jsonb NOT NULL,
  status text NOT NULL DEFAULT 'QUEUED',
  attempts integer NOT NULL DEFAULT 0,
  lookups integer NOT NULL DEFAULT 0,
  message_id text,
  error text,
  next_attempt_at timestamp with time zone NOT NULL DEFAULT now(),
  created_at timestamp(3) with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  template_version text,
  cancel_key text,
  not_before timestamp with time zone,
  cancelled_at timestamp with time zone,
  CONSTRAINT email_pkey PRIMARY KEY (id),
  CONSTRAINT email_dedupe_key_key UNIQUE (dedupe_key),
  CONSTRAINT email_scheduled_has_time CHECK (status <> 'SCHEDULED' OR not_before IS NOT NULL),
  CONSTRAINT email_status_check CHECK (status IN ('SCHEDULED', 'QUEUED', 'SENDING', 'SENT', 'UNKNOWN', 'FAILED', 'BOUNCED', 'CANCELLED'))
);
CREATE INDEX email_cancel_key ON email (cancel_key) WHERE (cancel_key IS NOT NULL);
CREATE INDEX email_created ON email (created_at, id);
CREATE INDEX email_message ON email (message_id) WHERE (message_id IS NOT NULL);
CREATE INDEX email_of_no_order ON email (created_at) WHERE (dedupe_key !~~ 'order:%');
CREATE INDEX email_of_order ON email (split_part(dedupe_key, ':', 2)) WHERE (dedupe_key ~~ 'order:%');
CREATE INDEX email_open ON email (next_attempt_at) WHERE (status IN ('SCHEDULED', 'QUEUED', 'SENDING', 'UNKNOWN'));
CREATE INDEX email_recipient ON email (counted_email(recipient), created_at);
CREATE INDEX email_with_text ON email (created_at) WHERE (model <> '{}'::jsonb);
CREATE TRIGGER email_recorded AFTER INSERT OR UPDATE OF status ON email FOR EACH ROW WHEN (current_setting('vitrine.recording', true) <> '') EXECUTE FUNCTION record_change('Email', 'id', 'recipient model dedupe_key cancel_key message_id error', 'attempts lookups next_attempt_at');

-- -----------------------------------------------------------------------------
-- audit
-- -----------------------------------------------------------------------------

-- Deleted with its entry.
CREATE TABLE audit_change (
  id uuid NOT NULL DEFAULT new_id(),
  entry_id uuid NOT NULL,
  record text NOT NULL,
  kind text NOT NULL,
  entity_type text NOT NULL,
  entity_id text,
  changes jsonb NOT NULL,
  record_id text,
  CONSTRAINT audit_change_pkey PRIMARY KEY (id),
  CONSTRAINT audit_change_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES audit_entry(id) ON DELETE CASCADE,
  CONSTRAINT audit_change_kind_check CHECK (kind IN ('CREATED', 'CHANGED', 'DELETED', 'REQUESTED'))
);
CREATE INDEX audit_change_of_entity ON audit_change (entity_type, entity_id, entry_id);
CREATE INDEX audit_change_of_entry ON audit_change (entry_id);
CREATE INDEX audit_change_of_record ON audit_change (record_id, entry_id) WHERE (record_id IS NOT NULL);
CREATE TRIGGER audit_change_kept BEFORE DELETE ON audit_change FOR EACH ROW WHEN (COALESCE(current_setting('vitrine.retention', true), '') <> 'on') EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_change_not_emptied BEFORE TRUNCATE ON audit_change FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_change_unchanged BEFORE UPDATE ON audit_change FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Deleted each night: so many days (KEEP_AUDIT_DAYS, five years unless set) after it was written. Values of people and secrets are not in it.
CREATE TABLE audit_entry (
  id uuid NOT NULL,
  at timestamp(3) with time zone NOT NULL DEFAULT now(),
  actor_kind text NOT NULL,
  actor_id uuid,
  operation text NOT NULL,
  request_id text NOT NULL,
  CONSTRAINT audit_entry_pkey PRIMARY KEY (id),
  CONSTRAINT audit_entry_actor CHECK ((actor_kind = 'STAFF') = (actor_id IS NOT NULL)),
  CONSTRAINT audit_entry_actor_kind_check CHECK (actor_kind IN ('STAFF', 'SYSTEM'))
);
CREATE INDEX audit_entry_by_actor ON audit_entry (actor_id, at, id);
CREATE INDEX audit_entry_by_operation ON audit_entry (operation, at, id);
CREATE INDEX audit_entry_by_request ON audit_entry (request_id);
CREATE INDEX audit_entry_time ON audit_entry (at, id);
CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry FOR EACH ROW WHEN (COALESCE(current_setting('vitrine.retention', true), '') <> 'on') EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_not_emptied BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- -----------------------------------------------------------------------------
-- setup
-- -----------------------------------------------------------------------------

-- Deleted when the shop is set up, with the next link, and each night once it opens nothing.
CREATE TABLE setup_token (
  token_hash bytea NOT NULL,
  expires_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT setup_token_pkey PRIMARY KEY (token_hash),
  CONSTRAINT setup_token_hash_check CHECK (octet_length(token_hash) = 32)
);

-- -----------------------------------------------------------------------------
-- integrity
-- -----------------------------------------------------------------------------

-- Kept: the ledger of the shop, which law and their own audit ask for.
CREATE TABLE integrity_check (
  id uuid NOT NULL,
  checked_at timestamp with time zone NOT NULL DEFAULT now(),
  violations integer NOT NULL,
  report jsonb NOT NULL,
  CONSTRAINT integrity_check_pkey PRIMARY KEY (id)
);
CREATE INDEX integrity_check_newest ON integrity_check (checked_at DESC);
CREATE TRIGGER integrity_check_append_only BEFORE DELETE OR UPDATE ON integrity_check FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- -----------------------------------------------------------------------------
-- platform
-- -----------------------------------------------------------------------------

-- Events that the audit asks for are kept, as their definition says; they hold ids and few details. Deleted each night: all others, so many days (KEEP_…_DAYS, 90 unless set) after they were passed on.
CREATE TABLE outbox (
  id uuid NOT NULL,
  kind text NOT NULL,
  aggregate_id uuid NOT NULL,
  dedupe_key text NOT NULL,
  payload jsonb NOT NULL DEFAULT '{}'::jsonb,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  published_at timestamp with time zone,
  is_kept boolean NOT NULL DEFAULT true,
  CONSTRAINT outbox_pkey PRIMARY KEY (id),
  CONSTRAINT outbox_dedupe_key_key UNIQUE (dedupe_key)
);
CREATE INDEX outbox_passing ON outbox (published_at) WHERE (NOT is_kept);
CREATE INDEX outbox_unpublished ON outbox (created_at) WHERE (published_at IS NULL);

-- Deleted each night: after 90 days.
CREATE TABLE request_key (
  actor text NOT NULL,
  operation text NOT NULL,
  key text NOT NULL,
  body_hash bytea NOT NULL,
  status text NOT NULL DEFAULT 'RUNNING',
  response jsonb,
  order_id uuid,
  taken_at timestamp with time zone NOT NULL DEFAULT now(),
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT request_key_pkey PRIMARY KEY (actor, operation, key),
  CONSTRAINT request_key_order_id_fkey FOREIGN KEY (order_id) REFERENCES shop_order(id),
  CONSTRAINT request_key_status_check CHECK (status IN ('RUNNING', 'DONE'))
);
CREATE INDEX request_key_age ON request_key (created_at);

-- -----------------------------------------------------------------------------
-- the inbox of a shop without a mail service
-- -----------------------------------------------------------------------------

-- Deleted each night: after 30 days; empty in production.
CREATE TABLE dev_inbox (
  id uuid NOT NULL,
  message_key text NOT NULL,
  sender text NOT NULL,
  recipient text NOT NULL,
  subject text NOT NULL,
  html text NOT NULL,
  text text NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT dev_inbox_pkey PRIMARY KEY (id)
);
CREATE INDEX dev_inbox_received ON dev_inbox (received_at DESC);

-- -----------------------------------------------------------------------------
-- the test payment provider
-- -----------------------------------------------------------------------------

-- Kept: the test provider, which no real shop uses.
CREATE TABLE test_provider_dispute (
  id text NOT NULL,
  intent_id text NOT NULL,
  amount bigint NOT NULL,
  reason text NOT NULL,
  status text NOT NULL DEFAULT 'NEEDS_RESPONSE',
  evidence_due_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT test_provider_dispute_pkey PRIMARY KEY (id),
  CONSTRAINT test_provider_dispute_intent_id_fkey FOREIGN KEY (intent_id) REFERENCES test_provider_intent(id)
);

-- Kept: the test provider, which no real shop uses.
CREATE TABLE test_provider_intent (
  id text NOT NULL,
  idempotency_key text NOT NULL,
  client_secret text NOT NULL,
  amount bigint NOT NULL,
  currency character(3) NOT NULL,
  metadata jsonb NOT NULL,
  status text NOT NULL DEFAULT 'requires_payment_method',
  failure_code text,
  refunded bigint NOT NULL DEFAULT 0,
  settles_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  capture_method text NOT NULL DEFAULT 'AUTOMATIC',
  trouble text,
  received bigint NOT NULL DEFAULT 0,
  CONSTRAINT test_provider_intent_pkey PRIMARY KEY (id),
  CONSTRAINT test_provider_intent_client_secret_key UNIQUE (client_secret),
  CONSTRAINT test_provider_intent_idempotency_key_key UNIQUE (idempotency_key),
  CONSTRAINT test_provider_intent_check CHECK (refunded >= 0 AND refunded <= amount)
);
CREATE INDEX test_provider_intent_created ON test_provider_intent (created_at);

-- Kept: the test provider, which no real shop uses.
CREATE TABLE test_provider_refund (
  id text NOT NULL,
  idempotency_key text NOT NULL,
  intent_id text NOT NULL,
  amount bigint NOT NULL,
  status text NOT NULL DEFAULT 'succeeded',
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  refund_id text,
  failure_code text,
  CONSTRAINT test_provider_refund_pkey PRIMARY KEY (id),
  CONSTRAINT test_provider_refund_idempotency_key_key UNIQUE (idempotency_key),
  CONSTRAINT test_provider_refund_intent_id_fkey FOREIGN KEY (intent_id) REFERENCES test_provider_intent(id)
);

-- -----------------------------------------------------------------------------
-- TypeORM
-- -----------------------------------------------------------------------------

-- Stays.
CREATE TABLE migration (
  id integer NOT NULL DEFAULT nextval('migration_id_seq'::regclass),
  "timestamp" bigint NOT NULL,
  name character varying NOT NULL,
  CONSTRAINT "PK_3043fc6b8af7c99b8b98830094f" PRIMARY KEY (id)
);

-- Stays.
CREATE TABLE typeorm_metadata (

);

-- -----------------------------------------------------------------------------
-- functions
-- -----------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION public.account_asks_for_factor()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        BEGIN
          UPDATE app_user u SET asks_for_factor = EXISTS (
            SELECT FROM user_totp f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL)
          WHERE u.id = coalesce(NEW.user_id, OLD.user_id);
          RETURN NULL;
        END $function$;

CREATE OR REPLACE FUNCTION public.account_of_staff()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        UPDATE app_user SET role = 'CUSTOMER', locked_at = NULL, updated_at = now()
          WHERE id = OLD.user_id AND (role <> 'CUSTOMER' OR locked_at IS NOT NULL);
        PERFORM pg_notify('vitrine_sessions', OLD.user_id::text);
        RETURN NULL;
      END IF;
      UPDATE app_user u SET role = coalesce(r.code, 'STAFF'), locked_at = NEW.locked_at, updated_at = now()
        FROM staff_role r WHERE u.id = NEW.user_id AND r.id = NEW.role_id
          AND (u.role <> coalesce(r.code, 'STAFF') OR u.locked_at IS DISTINCT FROM NEW.locked_at);
      PERFORM pg_notify('vitrine_sessions', NEW.user_id::text);
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION public.apply_movements()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    DECLARE shelf record;
    BEGIN
      FOR shelf IN
        SELECT variant_id, location_id, sum(delta_on_hand)::int AS hand, sum(delta_reserved)::int AS held
        FROM moved GROUP BY variant_id, location_id ORDER BY variant_id, location_id
      LOOP
        UPDATE stock_level SET on_hand = on_hand + shelf.hand, reserved = reserved + shelf.held
        WHERE variant_id = shelf.variant_id AND location_id = shelf.location_id;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'variant % has no shelf at location %', shelf.variant_id, shelf.location_id
            USING ERRCODE = 'foreign_key_violation', TABLE = 'stock_level';
        END IF;
      END LOOP;
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION public.assert_held(subject uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
    DECLARE wrong record;
    BEGIN
      SELECT r.status, r.quantity, m.held INTO wrong
      FROM reservation r, LATERAL (
        SELECT coalesce(sum(delta_reserved), 0) AS held,
          coalesce(bool_or(variant_id <> r.variant_id OR location_id <> r.location_id), false) AS elsewhere
        FROM stock_movement WHERE reservation_id = r.id AND kind IN ('RESERVE', 'RELEASE', 'SALE')
      ) m
      WHERE r.id = subject AND (m.elsewhere OR m.held <> CASE r.status WHEN 'ACTIVE' THEN r.quantity ELSE 0 END);
      IF FOUND THEN
        RAISE EXCEPTION 'reservation % is % for %, but its movements hold %', subject, wrong.status, wrong.quantity, wrong.held
          USING ERRCODE = 'check_violation', TABLE = 'reservation', CONSTRAINT = 'reservation_held';
      END IF;
    END $function$;

CREATE OR REPLACE FUNCTION public.assert_order_money(subject uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
    DECLARE wrong record;
    BEGIN
      SELECT o.number, o.status INTO wrong FROM shop_order o
      WHERE o.id = subject AND o.status IN ('PLACED', 'PAID', 'FULFILLED', 'COMPLETED') AND o.total_gross > 0
        AND NOT EXISTS (SELECT FROM payment p WHERE p.order_id = o.id AND (p.purpose <> 'TENDER' OR o.tendered >= o.total_gross) AND (p.status = 'CAPTURED' OR o.status <> 'PAID'
          AND (p.status = 'AUTHORIZED' OR p.method = 'CASH_ON_DELIVERY' AND p.status <> 'CANCELLED')));
      IF FOUND THEN
        RAISE EXCEPTION 'order % is % without its money', wrong.number, wrong.status
          USING ERRCODE = 'check_violation', TABLE = 'shop_order', CONSTRAINT = 'shop_order_money';
      END IF;
    END $function$;

CREATE OR REPLACE FUNCTION public.assert_order_sums(subject uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
    DECLARE wrong record;
    BEGIN
      SELECT o.number, l.gross, l.net, l.discount INTO wrong
      FROM shop_order o, LATERAL (
        SELECT coalesce(sum(total_gross), 0) AS gross, coalesce(sum(total_net), 0) AS net, coalesce(sum(discount), 0) AS discount
        FROM order_line WHERE order_id = o.id
      ) l
      WHERE o.id = subject AND (o.subtotal_gross, o.subtotal_net, o.discount) <> (l.gross, l.net, l.discount);
      IF FOUND THEN
        RAISE EXCEPTION 'order %: its lines add up to % (net %, discount %), which it does not say', wrong.number, wrong.gross, wrong.net, wrong.discount
          USING ERRCODE = 'check_violation', TABLE = 'shop_order', CONSTRAINT = 'shop_order_sums';
      END IF;
    END $function$;

CREATE OR REPLACE FUNCTION public.charges_fit(adjustments jsonb, net bigint, gross bigint)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
        SELECT coalesce(sum((a ->> 'net')::bigint), 0) = net AND coalesce(sum((a ->> 'amount')::bigint), 0) = gross
          AND coalesce(bool_and((SELECT coalesce(sum((r ->> 'net')::bigint), 0) = (a ->> 'net')::bigint
            AND coalesce(sum((r ->> 'amount')::bigint), 0) = (a ->> 'amount')::bigint FROM jsonb_array_elements(a -> 'rates') AS r)), true)
        FROM jsonb_array_elements(adjustments) AS a WHERE a ->> 'kind' = 'CHARGE'
      $function$;

CREATE OR REPLACE FUNCTION public.check_invoice_counted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      IF NEW.number > (SELECT last_number FROM invoice_series WHERE code = NEW.series) THEN
        RAISE EXCEPTION 'invoice % of series % was never counted', NEW.number, NEW.series
          USING ERRCODE = 'check_violation', TABLE = 'invoice', CONSTRAINT = 'invoice_counted';
      END IF;
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION public.check_line_sums()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      IF TG_OP <> 'INSERT' THEN PERFORM assert_order_sums(OLD.order_id); END IF;
      IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE' AND NEW.order_id <> OLD.order_id THEN PERFORM assert_order_sums(NEW.order_id); END IF;
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION public.check_movement()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN PERFORM assert_held(NEW.reservation_id); RETURN NULL; END $function$;

CREATE OR REPLACE FUNCTION public.check_order_money()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN PERFORM assert_order_money(NEW.id); RETURN NULL; END $function$;

CREATE OR REPLACE FUNCTION public.check_order_move()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      IF NEW.status <> ALL (CASE OLD.status
        WHEN 'DRAFT' THEN ARRAY['PENDING_PAYMENT', 'PLACED', 'PAID', 'CANCELLED']
        WHEN 'PENDING_PAYMENT' THEN ARRAY['PLACED', 'PAID', 'CANCELLED', 'EXPIRED', 'REVIEW']
        WHEN 'PLACED' THEN ARRAY['PAID', 'FULFILLED', 'CANCELLED', 'REVIEW']
        WHEN 'PAID' THEN ARRAY['FULFILLED', 'CANCELLED', 'REFUNDED']
        WHEN 'FULFILLED' THEN ARRAY['COMPLETED', 'CANCELLED', 'REFUNDED']
        WHEN 'COMPLETED' THEN ARRAY['CANCELLED', 'REFUNDED']
        WHEN 'EXPIRED' THEN ARRAY['PAID', 'PLACED', 'REVIEW']
        WHEN 'REVIEW' THEN ARRAY['PAID', 'PLACED', 'CANCELLED']
        ELSE ARRAY[]::text[] END)
      THEN
        RAISE EXCEPTION 'order %: % cannot become %', OLD.number, OLD.status, NEW.status
          USING ERRCODE = 'check_violation', TABLE = 'shop_order', CONSTRAINT = 'shop_order_move';
      END IF;
      RETURN NEW;
    END $function$;

CREATE OR REPLACE FUNCTION public.check_order_sums()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      PERFORM assert_order_sums(NEW.id);
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION public.check_owner()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      IF NOT EXISTS (SELECT FROM app_user WHERE role = 'OWNER') THEN
        RAISE EXCEPTION 'the shop would be left without an owner'
          USING ERRCODE = 'check_violation', TABLE = 'app_user', CONSTRAINT = 'app_user_owner_stays', HINT = 'Hand ownership on first.';
      END IF;
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION public.check_payment_money()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      IF EXISTS (SELECT FROM shop_order WHERE id = NEW.order_id AND status IN ('PLACED', 'PAID')) THEN
        PERFORM assert_order_money(NEW.order_id);
      END IF;
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION public.check_refund()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    DECLARE came_in bigint; goes_back bigint;
    BEGIN
      SELECT coalesce(captured_amount, 0) INTO came_in FROM payment WHERE id = NEW.payment_id FOR NO KEY UPDATE;
      SELECT coalesce(sum(amount), 0) INTO goes_back FROM refund
      WHERE payment_id = NEW.payment_id AND status NOT IN ('FAILED', 'CANCELLED');
      IF goes_back > came_in THEN
        RAISE EXCEPTION 'payment %: % would go back of % that came in', NEW.payment_id, goes_back, came_in
          USING ERRCODE = 'check_violation', TABLE = 'refund', CONSTRAINT = 'refund_covered';
      END IF;
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION public.check_reservation()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN PERFORM assert_held(NEW.id); RETURN NULL; END $function$;

CREATE OR REPLACE FUNCTION public.check_tax_lines()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      IF NOT tax_lines_fit(NEW.tax_lines, NEW.total_net, NEW.total_gross) THEN
        RAISE EXCEPTION 'order %: its tax lines do not add up to its total', NEW.number
          USING ERRCODE = 'check_violation', TABLE = 'shop_order', CONSTRAINT = 'shop_order_tax';
      END IF;
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION public.counted_email(address text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT CASE WHEN split_part(lower(address), '@', 2) IN ('gmail.com', 'googlemail.com')
      THEN replace(split_part(split_part(lower(address), '@', 1), '+', 1), '.', '') || '@gmail.com'
      ELSE split_part(split_part(lower(address), '@', 1), '+', 1) || '@' || split_part(lower(address), '@', 2) END
  $function$;

CREATE OR REPLACE FUNCTION public.counted_phone(phone text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT CASE WHEN length(digits) >= 6 THEN right(digits, 9) END FROM (SELECT regexp_replace(phone, '\D', '', 'g') AS digits) d
  $function$;

CREATE OR REPLACE FUNCTION public.current_audit_entry()
 RETURNS uuid
 LANGUAGE plpgsql
AS $function$
    DECLARE act jsonb := current_setting('vitrine.recording')::jsonb;
    BEGIN
      INSERT INTO audit_entry (id, actor_kind, actor_id, operation, request_id)
        VALUES ((act ->> 'id')::uuid, act ->> 'actorKind', (act ->> 'actorId')::uuid, act ->> 'operation', act ->> 'requestId')
        ON CONFLICT (id) DO NOTHING;
      RETURN (act ->> 'id')::uuid;
    END
  $function$;

CREATE OR REPLACE FUNCTION public.customer_of_account()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      INSERT INTO customer (id, user_id, email, first_name, last_name, phone, language, marketing_opt_in, is_staff, status, source, created_at, updated_at)
        VALUES (NEW.id, NEW.id, NEW.email, NEW.first_name, NEW.last_name, NEW.phone, NEW.language, NEW.marketing_opt_in,
          NEW.role <> 'CUSTOMER', CASE WHEN NEW.locked_at IS NULL THEN 'ACTIVE' ELSE 'LOCKED' END, 'ACCOUNT', NEW.created_at, NEW.updated_at)
        ON CONFLICT (id) DO UPDATE SET email = EXCLUDED.email, first_name = EXCLUDED.first_name, last_name = EXCLUDED.last_name,
          phone = EXCLUDED.phone, language = EXCLUDED.language, marketing_opt_in = EXCLUDED.marketing_opt_in,
          is_staff = EXCLUDED.is_staff, status = EXCLUDED.status, updated_at = EXCLUDED.updated_at, version = customer.version + 1;
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION public.customer_of_gone_account()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      UPDATE customer SET user_id = NULL, status = 'ERASED', email = 'removed@removed.invalid', first_name = '', last_name = '',
        phone = NULL, marketing_opt_in = false, tags = '{}', version = version + 1, updated_at = now() WHERE id = OLD.id;
      RETURN OLD;
    END $function$;

CREATE OR REPLACE FUNCTION public.customer_of_new_order()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      NEW.customer_id := customer_of_order(NEW.user_id, NEW.email, NEW.billing_address, NEW.phone, NEW.language, false);
      RETURN NEW;
    END $function$;

CREATE OR REPLACE FUNCTION public.customer_of_order(account uuid, mail text, address jsonb, telephone text, lang text, is_checkout boolean)
 RETURNS uuid
 LANGUAGE plpgsql
AS $function$
    DECLARE
      found_id uuid;
      is_locked boolean := false;
    BEGIN
      IF account IS NOT NULL THEN
        SELECT id, locked_at IS NOT NULL INTO found_id, is_locked FROM app_user WHERE id = account FOR SHARE;
      ELSE
        INSERT INTO customer AS c (id, email, first_name, last_name, phone, language, source)
          VALUES (new_id(), btrim(mail), coalesce(address ->> 'firstName', ''), coalesce(address ->> 'lastName', ''), telephone, lang, 'ORDER')
          ON CONFLICT (email_key) WHERE user_id IS NULL AND merged_into IS NULL AND status <> 'ERASED'
          DO UPDATE SET phone = coalesce(c.phone, EXCLUDED.phone)
          RETURNING id, status = 'LOCKED' INTO found_id, is_locked;
      END IF;
      IF is_checkout AND (is_locked OR EXISTS (SELECT FROM customer WHERE email_key = email_key(mail) AND status = 'LOCKED')) THEN
        RAISE EXCEPTION 'the customer is locked' USING ERRCODE = 'check_violation', TABLE = 'shop_order', CONSTRAINT = 'shop_order_customer_open';
      END IF;
      RETURN found_id;
    END $function$;

CREATE OR REPLACE FUNCTION public.delete_old_audit_entries(days integer, most integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 SET "vitrine.retention" TO 'on'
AS $function$
    DELETE FROM audit_entry WHERE id IN (
      SELECT id FROM audit_entry WHERE at < now() - make_interval(days => days)
      ORDER BY at, id LIMIT most FOR UPDATE SKIP LOCKED) RETURNING id
  $function$;

CREATE OR REPLACE FUNCTION public.email_key(email text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN lower(NORMALIZE(btrim(email), NFC));

CREATE OR REPLACE FUNCTION public.forget_media_uses()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      DELETE FROM media_use WHERE owner_id = OLD.id;
      RETURN NULL;
    END
  $function$;

CREATE OR REPLACE FUNCTION public.keep_media_use()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        INSERT INTO media_use (media_id, owner_type, owner_id, field) VALUES (NEW.media_id, 'PRODUCT', NEW.product_id, 'IMAGES')
          ON CONFLICT DO NOTHING;
        RETURN NULL;
      END IF;
      DELETE FROM media_use WHERE media_id = OLD.media_id AND owner_type = 'PRODUCT' AND owner_id = OLD.product_id AND field = 'IMAGES'
        AND NOT EXISTS (SELECT FROM product_image WHERE product_id = OLD.product_id AND media_id = OLD.media_id);
      RETURN NULL;
    END
  $function$;

CREATE OR REPLACE FUNCTION public.keep_slug()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        DELETE FROM slug WHERE entity_id = OLD.id;
        RETURN NULL;
      END IF;
      UPDATE slug SET is_current = false
        WHERE entity_id = NEW.id AND language = '*' AND is_current AND slug <> NEW.slug;
      INSERT INTO slug (kind, language, slug, entity_id, is_current) VALUES (TG_ARGV[0], '*', NEW.slug, NEW.id, true)
        ON CONFLICT (kind, language, slug) DO UPDATE SET entity_id = EXCLUDED.entity_id, is_current = true;
      RETURN NULL;
    END
  $function$;

CREATE OR REPLACE FUNCTION public.keep_tax_rate()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    DECLARE
      today date := ((now() - interval '5 minutes') AT TIME ZONE
        coalesce((SELECT value ->> 'timeZone' FROM shop_setting WHERE key = 'regional'), 'UTC'))::date;
    BEGIN
      IF TG_OP = 'DELETE' THEN
        IF coalesce(lower(OLD.validity) < today, true) THEN
          RAISE EXCEPTION 'The tax rate % has begun: it is not deleted', OLD.id
            USING ERRCODE = 'check_violation', TABLE = 'tax_rate', CONSTRAINT = 'tax_rate_begun';
        END IF;
        RETURN OLD;
      END IF;
      IF coalesce(lower(OLD.validity) <= today, true) AND (
        (NEW.country_code, NEW.tax_class, NEW.rate_basis_points) IS DISTINCT FROM (OLD.country_code, OLD.tax_class, OLD.rate_basis_points)
        OR lower(NEW.validity) IS DISTINCT FROM lower(OLD.validity)
        OR upper(NEW.validity) IS DISTINCT FROM upper(OLD.validity)
          AND least(upper(OLD.validity), upper(NEW.validity)) < today
      ) THEN
        RAISE EXCEPTION 'The tax rate % has begun: only its end changes', OLD.id
          USING ERRCODE = 'check_violation', TABLE = 'tax_rate', CONSTRAINT = 'tax_rate_begun';
      END IF;
      RETURN NEW;
    END
  $function$;

CREATE OR REPLACE FUNCTION public.localized_text(localized jsonb, language text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT coalesce(nullif(localized ->> language, ''),
      (SELECT value FROM jsonb_each_text(localized) WHERE value <> '' ORDER BY key LIMIT 1), '')
  $function$;

CREATE OR REPLACE FUNCTION public.localized_values(localized jsonb)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT coalesce(array_agg(value ORDER BY key), '{}') FROM jsonb_each_text(localized)
  $function$;

CREATE OR REPLACE FUNCTION public.localized_words(localized jsonb)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT coalesce(string_agg(value, ' ' ORDER BY key), '') FROM jsonb_each_text(localized)
  $function$;

CREATE OR REPLACE FUNCTION public.move_categories_below()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        UPDATE category SET path = NEW.path || path[cardinality(OLD.path) + 1 : cardinality(path)]
        WHERE path @> ARRAY[NEW.id] AND id <> NEW.id;
        RETURN NULL;
      END $function$;

CREATE OR REPLACE FUNCTION public.new_id()
 RETURNS uuid
 LANGUAGE sql
 PARALLEL SAFE
AS $function$
    SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
      PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid
  $function$;

CREATE OR REPLACE FUNCTION public.plain_text(value text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$ SELECT lower(public.unaccent('public.unaccent', value)) $function$;

CREATE OR REPLACE FUNCTION public.product_like(term text)
 RETURNS TABLE(id uuid, likeness real)
 LANGUAGE sql
 STABLE ROWS 20
 SET "pg_trgm.word_similarity_threshold" TO '0.45'
AS $function$ SELECT p.id, word_similarity(term, p.name_text) FROM product p WHERE term <% p.name_text $function$;

CREATE OR REPLACE FUNCTION public.rates_fit(rates jsonb, net bigint, gross bigint)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
        SELECT coalesce(sum((r ->> 'amount')::bigint), 0) = gross
          AND coalesce(sum(coalesce((r ->> 'net')::bigint, (r ->> 'amount')::bigint - (r ->> 'tax')::bigint)), 0) = net
        FROM jsonb_array_elements(rates) AS r
      $function$;

CREATE OR REPLACE FUNCTION public.record_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    DECLARE
      was jsonb := to_jsonb(OLD);
      becomes jsonb := to_jsonb(NEW);
      present jsonb := coalesce(becomes, was);
      type text := TG_ARGV[0];
      hidden text[] := string_to_array(TG_ARGV[2], ' ');
      ignored text[] := string_to_array(TG_ARGV[3], ' ') || TG_ARGV[1]
        || '{id,entity_type,version,created_at,updated_at,updated_by,search_text}';
      found jsonb;
    BEGIN
      -- What plugins and staff note about goods is nobody's; about orders and people it may be somebody's.
      IF type = 'entity_type' THEN
        type := present ->> 'entity_type';
        IF type IN ('Product', 'ProductVariant', 'Category') THEN hidden := '{}'; END IF;
      END IF;
      SELECT jsonb_object_agg(key, CASE WHEN key = ANY (hidden) THEN '[]'
          ELSE jsonb_build_array(recorded_value(was -> key), recorded_value(becomes -> key)) END)
        INTO found FROM jsonb_object_keys(present) AS key
        WHERE coalesce(was -> key, 'null') <> coalesce(becomes -> key, 'null') AND key <> ALL (ignored);
      IF found IS NULL AND TG_OP = 'UPDATE' THEN RETURN NULL; END IF;
      INSERT INTO audit_change (entry_id, record, kind, entity_type, entity_id, changes, record_id)
        VALUES (current_audit_entry(), TG_TABLE_NAME,
          CASE TG_OP WHEN 'INSERT' THEN 'CREATED' WHEN 'UPDATE' THEN 'CHANGED' ELSE 'DELETED' END,
          type, present ->> TG_ARGV[1], coalesce(found, '{}'), present ->> 'id');
      RETURN NULL;
    END
  $function$;

CREATE OR REPLACE FUNCTION public.record_request(record text, entity_type text, entity_id text)
 RETURNS void
 LANGUAGE sql
AS $function$
    INSERT INTO audit_change (entry_id, record, kind, entity_type, entity_id, changes, record_id)
    VALUES (current_audit_entry(), record, 'REQUESTED', entity_type, entity_id, '{}', entity_id)
  $function$;

CREATE OR REPLACE FUNCTION public.recorded_value(value jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT CASE
      WHEN value IS NULL THEN 'null'
      WHEN length(value::text) <= 2000 THEN value
      ELSE jsonb_build_object('sha256', encode(sha256(convert_to(value::text, 'UTF8')), 'hex'), 'length', length(value::text))
    END
  $function$;

CREATE OR REPLACE FUNCTION public.refuse_archived_tax_class()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    DECLARE archived timestamptz;
    BEGIN
      SELECT archived_at INTO archived FROM tax_class WHERE code = NEW.tax_class FOR SHARE;
      IF archived IS NOT NULL THEN
        RAISE EXCEPTION 'The tax class % was archived', NEW.tax_class
          USING ERRCODE = 'check_violation', TABLE = 'product', CONSTRAINT = 'product_tax_class_open';
      END IF;
      RETURN NEW;
    END
  $function$;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $function$;

CREATE OR REPLACE FUNCTION public.refuse_change_of_version()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      RAISE EXCEPTION 'What was published stays as it was' USING ERRCODE = 'check_violation', CONSTRAINT = 'page_version_kept';
    END
  $function$;

CREATE OR REPLACE FUNCTION public.refuse_invoice_gap()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM invoice WHERE series = NEW.series) THEN
        RAISE EXCEPTION 'invoice % of series % would leave a gap', NEW.number, NEW.series
          USING ERRCODE = 'check_violation', TABLE = 'invoice', CONSTRAINT = 'invoice_no_gap';
      END IF;
      RETURN NEW;
    END $function$;

CREATE OR REPLACE FUNCTION public.refuse_rewriting()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      RAISE EXCEPTION '% is written once: %', TG_TABLE_NAME, TG_ARGV[0]
        USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
    END $function$;

CREATE OR REPLACE FUNCTION public.refuse_spent_number()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      IF (SELECT last_number FROM invoice_series WHERE code = NEW.code)
         <> (SELECT coalesce(max(number), 0) FROM invoice WHERE series = NEW.code) THEN
        RAISE EXCEPTION 'series % counted a number that no invoice has', NEW.code
          USING ERRCODE = 'check_violation', TABLE = 'invoice_series', CONSTRAINT = 'invoice_series_spent';
      END IF;
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION public.refuse_unexplained_stock()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      RAISE EXCEPTION 'stock_level changes only by inserting into stock_movement'
        USING ERRCODE = 'restrict_violation', TABLE = 'stock_level', HINT = 'Insert a movement of kind ADJUST with a reason.';
    END $function$;

CREATE OR REPLACE FUNCTION public.search_address(address jsonb)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT public.search_fields(concat_ws(' ', address ->> 'firstName', address ->> 'lastName'), address ->> 'company', address ->> 'line1',
      address ->> 'line2', address ->> 'city', address ->> 'region', address ->> 'postalCode') || public.search_phone(address ->> 'phone')
  $function$;

CREATE OR REPLACE FUNCTION public.search_compact(plain text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
    SELECT regexp_replace(plain, '(?<=[[:alnum:]])[-\u2010-\u2015./''\u2018\u2019]+(?=[[:alnum:]])', '', 'g')
  $function$;

CREATE OR REPLACE FUNCTION public.search_digits(phone text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
    SELECT CASE WHEN d.international THEN ltrim(regexp_replace(ltrim(d.digits, '0'),
        '^(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|2[1-689][0-9]|3[578][0-9]|42[0-9]|5[09][0-9]|6[7-9][0-9]|8[035789][0-9]|9[679][0-9])', ''), '0') ELSE ltrim(d.digits, '0') END
    FROM (SELECT n.digits, phone ~ '^[^0-9]*[+]' OR n.digits ~ '^00[1-9]' AS international
      FROM (SELECT regexp_replace(replace(phone, '(0)', ''), '[^0-9]', '', 'g') AS digits) n) d
  $function$;

CREATE OR REPLACE FUNCTION public.search_fields(VARIADIC fields text[])
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
    DECLARE
      plain text := coalesce(public.search_plain(array_to_string(fields, chr(1))), '');
      compact text := public.search_compact(plain);
      spaced text := plain;
    BEGIN
      IF plain = '' THEN RETURN ''; END IF;
      IF compact <> plain OR plain LIKE '%#%' THEN
        spaced := plain || ' ' || compact || ' ' || regexp_replace(plain, '[-\u2010-\u2015./''\u2018\u2019#]+', ' ', 'g');
      END IF;
      RETURN ' ' || translate(spaced || CASE WHEN compact LIKE '% %' THEN chr(1) || replace(compact, ' ', '') ELSE '' END, chr(1), ' ');
    END $function$;

CREATE OR REPLACE FUNCTION public.search_patterns(term text)
 RETURNS TABLE(pattern text, words integer)
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE ROWS 2
AS $function$
    DECLARE
      plain text := public.search_plain(left(term, 100));
      found text := substring(plain from '^(?:(?:comanda|order|commande|factura|invoice|facture|retur|return|retour|awb)(?:[.:]\s*|\s+))?(?:(?:nr|no|n[°º]|num|numar|numarul|numero|number)(?:[.:]\s*|\s+))?#?\s*([a-z]{0,4}-?[0-9][a-z0-9-]*)$');
      wanted text[] := '{}';
      whole boolean;
    BEGIN
      IF found <> plain THEN
        plain := '#' || found;
      ELSE
        whole := plain ~ '^((tel|telefon|phone|mobil|mobile)[.:]?\s*)?[-+0-9()./\s]+$';
        found := CASE WHEN whole THEN substring(plain from '[+(0-9].*$')
          ELSE substring(plain from '(?:[+]|(?<![[:alnum:]])0)[-0-9()./\s]{7,20}[0-9]') END;
        IF length(regexp_replace(found, '[^0-9]', '', 'g')) >= (CASE WHEN whole THEN 7 ELSE 9 END) THEN
          wanted := ARRAY['%' || public.search_digits(found) || '%'];
          plain := CASE WHEN whole THEN '' ELSE replace(plain, found, ' ') END;
        END IF;
      END IF;
      RETURN QUERY WITH word AS (
        SELECT CASE WHEN core ~ '^[[:alnum:]]{1,2}$' THEN '% ' ELSE '%' END
          || regexp_replace(public.search_compact(core), '([\\%_])', '\\\1', 'g') || '%' AS pattern
        FROM (SELECT CASE WHEN w ~ '[[:alnum:]]' THEN btrim(w, '().,:;"''!?*«»„“”‘’') ELSE w END AS core
          FROM regexp_split_to_table(regexp_replace(plain, '[,;|]+(?=[[:alnum:]])', ' ', 'g'), '\s+') w WHERE w NOT IN ('', '#') LIMIT 8) w
        UNION SELECT unnest(wanted)
      )
      SELECT word.pattern, (count(*) OVER ())::int FROM word;
    END $function$;

CREATE OR REPLACE FUNCTION public.search_phone(phone text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT coalesce((SELECT ' 0' || n.local || CASE WHEN n.whole = n.local THEN '' ELSE ' ' || n.whole END
      || CASE WHEN n.whole ~ '^36' THEN ' 06' || n.local WHEN n.whole ~ '^(7|370)' THEN ' 8' || n.local ELSE '' END
    FROM (SELECT public.search_digits(phone) AS local,
      ltrim(regexp_replace(replace(phone, '(0)', ''), '[^0-9]', '', 'g'), '0') AS whole) n WHERE n.local <> ''), '')
  $function$;

CREATE OR REPLACE FUNCTION public.search_plain(value text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
    SELECT btrim(regexp_replace(public.plain_text(regexp_replace(normalize(value, NFKD),
      '[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]', '', 'g')), '\s+', ' ', 'g'))
  $function$;

CREATE OR REPLACE FUNCTION public.set_category_path()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      DECLARE above uuid[] := '{}';
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtextextended('category tree', 7244));
        IF NEW.parent_id IS NOT NULL THEN
          SELECT path INTO above FROM category WHERE id = NEW.parent_id;
          IF NOT FOUND THEN
            RAISE EXCEPTION 'There is no category %', NEW.parent_id
              USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'category_parent_id_fkey';
          END IF;
          IF NEW.id = ANY(above) THEN
            RAISE EXCEPTION 'A category cannot lie below itself'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'category_cycle';
          END IF;
        END IF;
        NEW.path := above || NEW.id;
        RETURN NEW;
      END $function$;

CREATE OR REPLACE FUNCTION public.set_printed_number()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        BEGIN
          NEW.printed_number := NEW.series || '-' || lpad(NEW.number::text, greatest(6, length(NEW.number::text)), '0');
          RETURN NEW;
        END $function$;

CREATE OR REPLACE FUNCTION public.set_product_name_sort()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      NEW.name_sort := public.plain_text(public.localized_text(NEW.name,
        (SELECT value #>> '{}' FROM public.shop_setting WHERE key = 'default_language')));
      RETURN NEW;
    END $function$;

CREATE OR REPLACE FUNCTION public.staff_of_account()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      IF NEW.role = 'CUSTOMER' THEN
        DELETE FROM staff_member WHERE user_id = NEW.id;
      ELSIF NEW.role <> 'STAFF' THEN
        INSERT INTO staff_member (user_id, role_id) SELECT NEW.id, id FROM staff_role WHERE code = NEW.role
          ON CONFLICT (user_id) DO UPDATE
          SET role_id = EXCLUDED.role_id, version = staff_member.version + 1, updated_at = now()
          WHERE staff_member.role_id <> EXCLUDED.role_id;
      ELSIF NOT EXISTS (SELECT FROM staff_member m JOIN staff_role r ON r.id = m.role_id
          WHERE m.user_id = NEW.id AND r.code IS NULL) THEN
        RAISE EXCEPTION 'account % has no role of the shop''s own', NEW.id
          USING ERRCODE = 'check_violation', TABLE = 'app_user', CONSTRAINT = 'app_user_role_of_staff';
      END IF;
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION public.take_image_into_library()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      INSERT INTO media (id, kind, storage_key, original_key, filename, content_type, status, failure, width, height, widths, attempts, queued_at, alt)
        VALUES (NEW.id, 'IMAGE', NEW.storage_key, NEW.original_key, substring(NEW.storage_key from '[^/]+$'), 'image/' || CASE lower(substring(NEW.storage_key from '[^.]+$')) WHEN 'jpg' THEN 'jpeg' ELSE lower(substring(NEW.storage_key from '[^.]+$')) END,
          NEW.status, NEW.failure, NEW.width, NEW.height, NEW.widths, NEW.attempts, NEW.queued_at, NEW.alt)
        ON CONFLICT (storage_key) DO UPDATE SET deleted_at = NULL;
      SELECT id INTO NEW.media_id FROM media WHERE storage_key = NEW.storage_key;
      RETURN NEW;
    END
  $function$;

CREATE OR REPLACE FUNCTION public.tax_lines_fit(lines jsonb, net bigint, gross bigint)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT coalesce(sum((line ->> 'net')::bigint), 0) = net
      AND coalesce(sum((line ->> 'net')::bigint + (line ->> 'tax')::bigint), 0) = gross
    FROM jsonb_array_elements(lines) AS line
  $function$;

CREATE OR REPLACE FUNCTION public.tell_role_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      PERFORM pg_notify('vitrine_sessions', user_id::text) FROM staff_member WHERE role_id = NEW.id;
      RETURN NULL;
    END $function$;

CREATE OR REPLACE FUNCTION public.tell_session_ended()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      BEGIN
        PERFORM pg_notify('vitrine_sessions', OLD.id::text);
        RETURN NULL;
      END $function$;
