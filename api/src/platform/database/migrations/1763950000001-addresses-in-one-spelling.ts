import type { MigrationInterface, QueryRunner } from 'typeorm';

const COUNTIES =
  'alba:AB arad:AR arges:AG bacau:BC bihor:BH bistritanasaud:BN botosani:BT braila:BR brasov:BV bucuresti:B bucharest:B buzau:BZ ' +
  'calarasi:CL carasseverin:CS cluj:CJ constanta:CT covasna:CV dambovita:DB dolj:DJ galati:GL giurgiu:GR gorj:GJ harghita:HR ' +
  'hunedoara:HD ialomita:IL iasi:IS ilfov:IF maramures:MM mehedinti:MH mures:MS neamt:NT olt:OT prahova:PH salaj:SJ satumare:SM ' +
  'sibiu:SB suceava:SV teleorman:TR timis:TM tulcea:TL valcea:VL vaslui:VS vrancea:VN';

/*
 * What is certain in addresses that are there: the county of Romania that was written in words, the sector of Bucharest that the
 * postal code tells, and telephone numbers that can be read in one way only. Everything else stays as it was typed.
 */
const UP = /* sql */ `
  CREATE FUNCTION pg_temp.one_phone(typed text, country text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN typed ~ '^[+][0-9 ().-]{8,24}$' AND typed !~ '[(]0[)]' THEN '+' || regexp_replace(typed, '[^0-9]', '', 'g')
      WHEN country = 'RO' AND regexp_replace(typed, '[ ().-]', '', 'g') ~ '^0[237][0-9]{8}$'
        THEN '+40' || substr(regexp_replace(typed, '[ ().-]', '', 'g'), 2)
      ELSE typed END
  $$;
  CREATE FUNCTION pg_temp.one_address(a jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT p.a || CASE WHEN p.county IS NULL THEN '{}' ELSE jsonb_build_object('region', p.county) END
      || CASE WHEN p.county = 'RO-B' AND p.a ->> 'postalCode' ~ '^0[1-6][0-9]{4}$' AND public.search_plain(p.a ->> 'city') ~ '^(municipiul )?bucuresti$'
           THEN jsonb_build_object('city', 'SECTOR' || substr(p.a ->> 'postalCode', 2, 1)) ELSE '{}' END
      || CASE WHEN p.a ->> 'phone' IS NULL THEN '{}' ELSE jsonb_build_object('phone', pg_temp.one_phone(p.a ->> 'phone', p.a ->> 'countryCode')) END
    FROM (SELECT a, CASE WHEN a ->> 'countryCode' = 'RO' THEN (SELECT 'RO-' || split_part(pair, ':', 2)
        FROM unnest(string_to_array('${COUNTIES}', ' ')) pair
        WHERE split_part(pair, ':', 1) = regexp_replace(regexp_replace(public.search_plain(a ->> 'region'), '^(judetul|judet|jud[.]?|municipiul) ', ''), '[^a-z]', '', 'g')
        LIMIT 1) END AS county) p
  $$;
  UPDATE app_user SET phone = pg_temp.one_phone(phone, 'RO') WHERE phone IS NOT NULL AND phone IS DISTINCT FROM pg_temp.one_phone(phone, 'RO');
  UPDATE saved_address SET address = pg_temp.one_address(address) WHERE address IS DISTINCT FROM pg_temp.one_address(address);
  UPDATE stock_location SET address = pg_temp.one_address(address) WHERE address IS NOT NULL AND address IS DISTINCT FROM pg_temp.one_address(address);
  UPDATE cart SET phone = pg_temp.one_phone(phone, coalesce(shipping_address ->> 'countryCode', 'RO')),
    shipping_address = CASE WHEN shipping_address IS NOT NULL THEN pg_temp.one_address(shipping_address) END,
    billing_address = CASE WHEN billing_address IS NOT NULL THEN pg_temp.one_address(billing_address) END
    WHERE status = 'ACTIVE' AND (phone IS NOT NULL OR shipping_address IS NOT NULL);
  UPDATE shop_order SET phone = pg_temp.one_phone(phone, shipping_address ->> 'countryCode'),
    shipping_address = pg_temp.one_address(shipping_address), billing_address = pg_temp.one_address(billing_address)
    WHERE (phone, shipping_address, billing_address) IS DISTINCT FROM
      (pg_temp.one_phone(phone, shipping_address ->> 'countryCode'), pg_temp.one_address(shipping_address), pg_temp.one_address(billing_address));
  DROP FUNCTION pg_temp.one_address(jsonb);
  DROP FUNCTION pg_temp.one_phone(text, text);
`;

export class AddressesInOneSpelling1763950000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  /** Codes and numbers are as good a text as what was typed: nothing is taken back. */
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
