import type { MigrationInterface, QueryRunner } from 'typeorm';
import { recorded } from '../../audit/recorded-table.js';

/**
 * Everybody who has an account or has ordered. Table customer: the row of an account has the account's id and follows it
 * by a trigger; any other row is a guest, known by the e-mail of orders or added by staff. shop_order.customer_id: whose
 * order it is. Table customer_note: what staff write down about a customer.
 *
 * A process of the version before writes orders without customer_id: a trigger finds the customer for them.
 */
export class Customers1764350000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(ACCOUNTS);
    await runner.query(ORDERS);
    await runner.query(MOVE_OVER);
    await runner.query(
      recorded({
        ...{ table: 'customer', entity: 'Customer', by: 'id' },
        hidden: ['email', 'first_name', 'last_name', 'phone'],
        ignored: ['user_id', 'email_key', 'is_staff'],
      }),
    );
    await runner.query(
      recorded({ table: 'customer_note', entity: 'Customer', by: 'customer_id', hidden: ['body'] }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      DROP TRIGGER shop_order_customer ON shop_order;
      ALTER TABLE shop_order DROP CONSTRAINT shop_order_of_customer, DROP COLUMN customer_id;
      DROP FUNCTION customer_of_new_order();
      DROP FUNCTION customer_of_order(uuid, text, jsonb, text, text, boolean);
      DROP TRIGGER customer_of_account ON app_user;
      DROP TRIGGER customer_of_new_account ON app_user;
      DROP TRIGGER customer_of_gone_account ON app_user;
      DROP FUNCTION customer_of_account();
      DROP FUNCTION customer_of_gone_account();
      DROP TABLE customer_note;
      DROP TABLE customer;
      DROP FUNCTION email_key(text);
    `);
  }
}

const TABLES = /* sql */ `
  -- Two spellings of an address are the same mailbox; dots and what follows a plus are kept.
  CREATE FUNCTION email_key(email text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN lower(normalize(btrim(email), NFC));

  CREATE TABLE customer (
    id uuid PRIMARY KEY,
    user_id uuid UNIQUE REFERENCES app_user (id) ON DELETE SET NULL,
    email text NOT NULL,
    email_key text NOT NULL GENERATED ALWAYS AS (email_key(email)) STORED,
    first_name text NOT NULL,
    last_name text NOT NULL,
    phone text,
    language char(2) NOT NULL,
    marketing_opt_in boolean NOT NULL DEFAULT false,
    is_staff boolean NOT NULL DEFAULT false,
    tags text[] NOT NULL DEFAULT '{}',
    status text NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'LOCKED', 'ERASED')),
    source text NOT NULL CHECK (source IN ('ACCOUNT', 'ORDER', 'STAFF')),
    merged_into uuid REFERENCES customer (id),
    version int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    search_text text GENERATED ALWAYS AS (search_fields(VARIADIC ARRAY[first_name || ' ' || last_name, email]) || search_phone(phone)) STORED,
    CONSTRAINT customer_of_own_account CHECK (user_id = id),
    CONSTRAINT customer_merged_is_guest CHECK (merged_into IS NULL OR user_id IS NULL AND merged_into <> id)
  );
  CREATE UNIQUE INDEX customer_guest ON customer (email_key)
    WHERE user_id IS NULL AND merged_into IS NULL AND status <> 'ERASED';
  CREATE INDEX customer_locked ON customer (email_key) WHERE status = 'LOCKED';
  CREATE INDEX customer_created ON customer (created_at, id);
  CREATE INDEX customer_updated ON customer (updated_at, id);
  CREATE INDEX customer_name ON customer (plain_text(last_name || ' ' || first_name), id);
  CREATE INDEX customer_email ON customer (email_key, id);
  CREATE INDEX customer_search ON customer USING gin (search_text gin_trgm_ops);
  CREATE INDEX customer_tagged ON customer USING gin (tags) WHERE tags <> '{}';
  CREATE INDEX customer_merged ON customer (merged_into) WHERE merged_into IS NOT NULL;

  CREATE TABLE customer_note (
    id uuid PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    body text NOT NULL CHECK (length(body) BETWEEN 1 AND 2000),
    author_id uuid REFERENCES app_user (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX customer_note_of ON customer_note (customer_id, created_at, id);
  CREATE INDEX customer_note_author ON customer_note (author_id) WHERE author_id IS NOT NULL;
`;

const ACCOUNTS = /* sql */ `
  -- The row of an account follows it, whoever writes the account. Locks: the account first, then its row here.
  CREATE FUNCTION customer_of_account() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO customer (id, user_id, email, first_name, last_name, phone, language, marketing_opt_in, is_staff, status, source, created_at, updated_at)
        VALUES (NEW.id, NEW.id, NEW.email, NEW.first_name, NEW.last_name, NEW.phone, NEW.language, NEW.marketing_opt_in,
          NEW.role <> 'CUSTOMER', CASE WHEN NEW.locked_at IS NULL THEN 'ACTIVE' ELSE 'LOCKED' END, 'ACCOUNT', NEW.created_at, NEW.updated_at)
        ON CONFLICT (id) DO UPDATE SET email = EXCLUDED.email, first_name = EXCLUDED.first_name, last_name = EXCLUDED.last_name,
          phone = EXCLUDED.phone, language = EXCLUDED.language, marketing_opt_in = EXCLUDED.marketing_opt_in,
          is_staff = EXCLUDED.is_staff, status = EXCLUDED.status, updated_at = EXCLUDED.updated_at, version = customer.version + 1;
      RETURN NULL;
    END $$;
  CREATE TRIGGER customer_of_new_account AFTER INSERT ON app_user FOR EACH ROW EXECUTE FUNCTION customer_of_account();
  CREATE TRIGGER customer_of_account
    AFTER UPDATE OF email, first_name, last_name, phone, language, marketing_opt_in, role, locked_at, updated_at ON app_user
    FOR EACH ROW WHEN ((OLD.email, OLD.first_name, OLD.last_name, OLD.phone, OLD.language, OLD.marketing_opt_in, OLD.role, OLD.locked_at, OLD.updated_at)
      IS DISTINCT FROM (NEW.email, NEW.first_name, NEW.last_name, NEW.phone, NEW.language, NEW.marketing_opt_in, NEW.role, NEW.locked_at, NEW.updated_at))
    EXECUTE FUNCTION customer_of_account();

  -- Orders and their sums stay with a row that names nobody.
  CREATE FUNCTION customer_of_gone_account() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE customer SET user_id = NULL, status = 'ERASED', email = 'removed@removed.invalid', first_name = '', last_name = '',
        phone = NULL, marketing_opt_in = false, tags = '{}', version = version + 1, updated_at = now() WHERE id = OLD.id;
      RETURN OLD;
    END $$;
  CREATE TRIGGER customer_of_gone_account BEFORE DELETE ON app_user FOR EACH ROW EXECUTE FUNCTION customer_of_gone_account();
`;

const ORDERS = /* sql */ `
  ALTER TABLE shop_order ADD COLUMN customer_id uuid REFERENCES customer (id);

  /*
   * Whose order it is: of the account, or of the guest with this e-mail, who is added where nobody knows them yet. It runs
   * in the statement that writes the order, so it costs no statement more.
   *
   * Locks: the account FOR SHARE, or the guest's row FOR UPDATE, both until the order is committed. So of an order and a
   * lock, merge or erasure of the same customer one waits for the other: an order that comes second is refused, or is
   * that of a new guest; one that came first is there for the other to find. A guest's second order waits for the first.
   *
   * A checkout is refused for a locked account and for every e-mail of somebody who is locked; staff may write an order
   * for them all the same.
   */
  CREATE FUNCTION customer_of_order(account uuid, mail text, address jsonb, telephone text, lang text, is_checkout boolean)
    RETURNS uuid LANGUAGE plpgsql AS $$
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
    END $$;

  CREATE FUNCTION customer_of_new_order() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.customer_id := customer_of_order(NEW.user_id, NEW.email, NEW.billing_address, NEW.phone, NEW.language, false);
      RETURN NEW;
    END $$;
`;

const MOVE_OVER = /* sql */ `
  INSERT INTO customer (id, user_id, email, first_name, last_name, phone, language, marketing_opt_in, is_staff, status, source, created_at, updated_at)
    SELECT id, id, email, first_name, last_name, phone, language, marketing_opt_in, role <> 'CUSTOMER',
      CASE WHEN locked_at IS NULL THEN 'ACTIVE' ELSE 'LOCKED' END, 'ACCOUNT', created_at, updated_at FROM app_user;
  -- A guest is called as in the latest order, and known since the first one.
  INSERT INTO customer (id, email, first_name, last_name, phone, language, source, created_at, updated_at)
    SELECT new_id(), btrim(email), coalesce(billing_address ->> 'firstName', ''), coalesce(billing_address ->> 'lastName', ''), phone, language, 'ORDER',
      first_at, first_at
    FROM (SELECT DISTINCT ON (email_key(email)) *, min(created_at) OVER (PARTITION BY email_key(email)) AS first_at
      FROM shop_order WHERE user_id IS NULL AND email <> 'removed@removed.invalid' ORDER BY email_key(email), created_at DESC, id) AS latest;
  UPDATE shop_order SET customer_id = user_id WHERE user_id IS NOT NULL;
  UPDATE shop_order o SET customer_id = c.id FROM customer c
    WHERE o.user_id IS NULL AND o.email <> 'removed@removed.invalid' AND c.user_id IS NULL AND c.email_key = email_key(o.email);
  ALTER TABLE shop_order ADD CONSTRAINT shop_order_of_customer CHECK (customer_id IS NOT NULL OR email = 'removed@removed.invalid');
  CREATE INDEX shop_order_customer ON shop_order (customer_id, coalesce(placed_at, created_at), id);
  CREATE TRIGGER shop_order_customer BEFORE INSERT ON shop_order FOR EACH ROW
    WHEN (NEW.customer_id IS NULL AND NEW.email <> 'removed@removed.invalid') EXECUTE FUNCTION customer_of_new_order();
`;
