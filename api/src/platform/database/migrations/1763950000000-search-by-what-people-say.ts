import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The one fold of searched text and of what is searched for. */
const FOLD = /* sql */ `
  -- Small letters without accents, whichever way Unicode spells them, and without signs that nobody sees.
  CREATE FUNCTION search_plain(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT btrim(regexp_replace(public.plain_text(regexp_replace(normalize(value, NFKD),
      '[\\u0300-\\u036f\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\ufeff]', '', 'g')), '\\s+', ' ', 'g'))
  $$;

  -- Without the signs inside words that people leave out or write as a space: LL-CANA-01, Cluj-Napoca, O'Neill, 077.190.
  CREATE FUNCTION search_compact(plain text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT regexp_replace(plain, '(?<=[[:alnum:]])[-\\u2010-\\u2015./''\\u2018\\u2019]+(?=[[:alnum:]])', '', 'g')
  $$;

  -- Fields as they are searched: as they stand, without signs in words, with spaces instead, and each as one word. All fields at
  -- once, apart by a sign that no text has: each step is one call, and an order has twenty fields.
  CREATE FUNCTION search_fields(VARIADIC fields text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
    DECLARE
      plain text := coalesce(public.search_plain(array_to_string(fields, chr(1))), '');
      compact text := public.search_compact(plain);
      spaced text := plain;
    BEGIN
      IF plain = '' THEN RETURN ''; END IF;
      IF compact <> plain OR plain LIKE '%#%' THEN
        spaced := plain || ' ' || compact || ' ' || regexp_replace(plain, '[-\\u2010-\\u2015./''\\u2018\\u2019#]+', ' ', 'g');
      END IF;
      RETURN ' ' || translate(spaced || CASE WHEN compact LIKE '% %' THEN chr(1) || replace(compact, ' ', '') ELSE '' END, chr(1), ' ');
    END $$;

  -- A telephone number's significant digits: without 00 or +, the code of the country (no code begins another) and leading zeros.
  CREATE FUNCTION search_digits(phone text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT CASE WHEN d.international THEN ltrim(regexp_replace(ltrim(d.digits, '0'),
        '^(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|2[1-689][0-9]|3[578][0-9]|42[0-9]|5[09][0-9]|6[7-9][0-9]|8[035789][0-9]|9[679][0-9])', ''), '0') ELSE ltrim(d.digits, '0') END
    FROM (SELECT n.digits, phone ~ '^[^0-9]*[+]' OR n.digits ~ '^00[1-9]' AS international
      FROM (SELECT regexp_replace(replace(phone, '(0)', ''), '[^0-9]', '', 'g') AS digits) n) d
  $$;

  -- The ways to dial it, so that each spelling, with or without its country, is a part of one of them.
  CREATE FUNCTION search_phone(phone text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce((SELECT ' 0' || n.local || CASE WHEN n.whole = n.local THEN '' ELSE ' ' || n.whole END
      || CASE WHEN n.whole ~ '^36' THEN ' 06' || n.local WHEN n.whole ~ '^(7|370)' THEN ' 8' || n.local ELSE '' END
    FROM (SELECT public.search_digits(phone) AS local,
      ltrim(regexp_replace(replace(phone, '(0)', ''), '[^0-9]', '', 'g'), '0') AS whole) n WHERE n.local <> ''), '')
  $$;

  CREATE FUNCTION search_address(address jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT public.search_fields(concat_ws(' ', address ->> 'firstName', address ->> 'lastName'), address ->> 'company', address ->> 'line1',
      address ->> 'line2', address ->> 'city', address ->> 'region', address ->> 'postalCode') || public.search_phone(address ->> 'phone')
  $$;
`;

const TERM = /* sql */ `
  -- What to look for, one LIKE pattern for each word: all of them must be found. A number with its sign ("#1001", "nr. 1001",
  -- "order no. 1001") begins with # as numbers do in the text; a telephone number is one word, however it is spaced.
  -- Words of one or two letters must begin a word: there are too many of them inside others.
  CREATE FUNCTION search_patterns(term text) RETURNS TABLE (pattern text, words int) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE ROWS 2 AS $$
    DECLARE
      plain text := public.search_plain(left(term, 100));
      found text := substring(plain from '^(?:(?:comanda|order|commande|factura|invoice|facture|retur|return|retour|awb)(?:[.:]\\s*|\\s+))?(?:(?:nr|no|n[°º]|num|numar|numarul|numero|number)(?:[.:]\\s*|\\s+))?#?\\s*([a-z]{0,4}-?[0-9][a-z0-9-]*)$');
      wanted text[] := '{}';
      whole boolean;
    BEGIN
      IF found <> plain THEN
        plain := '#' || found;
      ELSE
        whole := plain ~ '^((tel|telefon|phone|mobil|mobile)[.:]?\\s*)?[-+0-9()./\\s]+$';
        found := CASE WHEN whole THEN substring(plain from '[+(0-9].*$')
          ELSE substring(plain from '(?:[+]|(?<![[:alnum:]])0)[-0-9()./\\s]{7,20}[0-9]') END;
        IF length(regexp_replace(found, '[^0-9]', '', 'g')) >= (CASE WHEN whole THEN 7 ELSE 9 END) THEN
          wanted := ARRAY['%' || public.search_digits(found) || '%'];
          plain := CASE WHEN whole THEN '' ELSE replace(plain, found, ' ') END;
        END IF;
      END IF;
      RETURN QUERY WITH word AS (
        SELECT CASE WHEN core ~ '^[[:alnum:]]{1,2}$' THEN '% ' ELSE '%' END
          || regexp_replace(public.search_compact(core), '([\\\\%_])', '\\\\\\1', 'g') || '%' AS pattern
        FROM (SELECT CASE WHEN w ~ '[[:alnum:]]' THEN btrim(w, '().,:;"''!?*«»„“”‘’') ELSE w END AS core
          FROM regexp_split_to_table(regexp_replace(plain, '[,;|]+(?=[[:alnum:]])', ' ', 'g'), '\\s+') w WHERE w NOT IN ('', '#') LIMIT 8) w
        UNION SELECT unnest(wanted)
      )
      SELECT word.pattern, (count(*) OVER ())::int FROM word;
    END $$;
`;

const TEXTS = /* sql */ `
  DROP INDEX app_user_search;
  ALTER TABLE app_user DROP COLUMN search_text;
  ALTER TABLE app_user ADD COLUMN search_text text GENERATED ALWAYS AS (
    search_fields(first_name || ' ' || last_name, email) || search_phone(phone)) STORED;
  CREATE INDEX app_user_search ON app_user USING gin (search_text gin_trgm_ops);

  ALTER TABLE saved_address ADD COLUMN search_text text GENERATED ALWAYS AS (search_address(address)) STORED;
  CREATE INDEX saved_address_search ON saved_address USING gin (search_text gin_trgm_ops);

  DROP INDEX shop_order_search;
  ALTER TABLE shop_order DROP COLUMN search_text;
  ALTER TABLE shop_order ADD COLUMN search_text text GENERATED ALWAYS AS (
    search_fields('#' || number, email) || search_phone(phone) || search_address(shipping_address)
    || CASE WHEN billing_address = shipping_address THEN '' ELSE search_address(billing_address) END) STORED;
  CREATE INDEX shop_order_search ON shop_order USING gin (search_text gin_trgm_ops);

  ALTER TABLE order_line ADD COLUMN search_text text GENERATED ALWAYS AS (
    search_fields(product_name || ' ' || variant_name, sku)) STORED;
  CREATE INDEX order_line_search ON order_line USING gin (search_text gin_trgm_ops);

  ALTER TABLE shipment ADD COLUMN search_text text GENERATED ALWAYS AS (search_fields('#' || tracking_number)) STORED;
  CREATE INDEX shipment_search ON shipment USING gin (search_text gin_trgm_ops);

  ALTER TABLE invoice ADD COLUMN search_text text GENERATED ALWAYS AS (
    search_fields('#' || series || '-' || lpad(number::text, 6, '0'))) STORED;
  CREATE INDEX invoice_search ON invoice USING gin (search_text gin_trgm_ops);

  ALTER TABLE order_return ADD COLUMN search_text text GENERATED ALWAYS AS (search_fields('#' || number)) STORED;
  CREATE INDEX order_return_search ON order_return USING gin (search_text gin_trgm_ops);

  DROP INDEX variant_sku_part;
  ALTER TABLE variant ADD COLUMN search_text text GENERATED ALWAYS AS (
    search_fields(sku, barcode, name ->> 'ro', name ->> 'en', name ->> 'fr')) STORED;
  CREATE INDEX variant_search ON variant USING gin (search_text gin_trgm_ops);
  ALTER TABLE product ADD COLUMN search_text text GENERATED ALWAYS AS (
    search_fields(name ->> 'ro', name ->> 'en', name ->> 'fr')) STORED;
  CREATE INDEX product_search_text ON product USING gin (search_text gin_trgm_ops);
`;

const CARDS = /* sql */ `
  -- What the list card (list-card.ts) writes from now on for each product, added to the products that are there.
  CREATE FUNCTION pg_temp.search_vector(value text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('simple', regexp_replace(coalesce(public.plain_text(value), ''), '[^[:alnum:]]+', ' ', 'g'))
  $$;
  UPDATE product p SET search = p.search || setweight(pg_temp.search_vector(
      (SELECT string_agg(concat_ws(' ', regexp_replace(v.sku, '[^[:alnum:]]+', '', 'g'), v.barcode), ' ') FROM variant v
       WHERE v.product_id = p.id AND v.deleted_at IS NULL)), 'A')
    || setweight(pg_temp.search_vector(
      (SELECT string_agg(concat_ws(' ', c.name ->> 'ro', c.name ->> 'en', c.name ->> 'fr'), ' ') FROM category c WHERE c.id = ANY(p.own_category_ids))), 'B')
    || setweight(pg_temp.search_vector(
      (SELECT string_agg(concat_ws(' ', c.name ->> 'ro', c.name ->> 'en', c.name ->> 'fr'), ' ') FROM category c WHERE c.id = ANY(p.category_ids))), 'D');
  DROP FUNCTION pg_temp.search_vector(text);
`;

const DOWN = /* sql */ `
  ALTER TABLE product DROP COLUMN search_text;
  ALTER TABLE variant DROP COLUMN search_text;
  CREATE INDEX variant_sku_part ON variant USING gin (plain_text(sku) gin_trgm_ops);
  ALTER TABLE order_return DROP COLUMN search_text;
  ALTER TABLE invoice DROP COLUMN search_text;
  ALTER TABLE shipment DROP COLUMN search_text;
  ALTER TABLE order_line DROP COLUMN search_text;
  ALTER TABLE saved_address DROP COLUMN search_text;
  ALTER TABLE shop_order DROP COLUMN search_text;
  ALTER TABLE shop_order ADD COLUMN search_text text GENERATED ALWAYS AS (plain_text(number || ' ' || email || ' '
    || coalesce(shipping_address ->> 'firstName', '') || ' ' || coalesce(shipping_address ->> 'lastName', ''))) STORED;
  CREATE INDEX shop_order_search ON shop_order USING gin (search_text gin_trgm_ops);
  ALTER TABLE app_user DROP COLUMN search_text;
  ALTER TABLE app_user ADD COLUMN search_text text GENERATED ALWAYS AS (plain_text(first_name || ' ' || last_name || ' ' || email)) STORED;
  CREATE INDEX app_user_search ON app_user USING gin (search_text gin_trgm_ops);
  DROP FUNCTION search_patterns(text), search_address(jsonb), search_phone(text), search_digits(text),
    search_fields(text[]), search_compact(text), search_plain(text);
`;

export class SearchByWhatPeopleSay1763950000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [FOLD, TERM, TEXTS, CARDS]) await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
