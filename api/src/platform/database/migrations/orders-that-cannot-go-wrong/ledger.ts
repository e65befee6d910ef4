/**
 * A movement is the change: the ledger alone writes what is on a shelf.
 *
 * Only the trigger on stock_movement updates stock_level.on_hand and .reserved; anything else that tries is refused, also
 * by hand. The CHECK on stock_level stays the last word: a movement that would oversell fails with its whole statement.
 */
export const LEDGER_UP = /* sql */ `
  -- Shelf by shelf in (variant, location) order, which is the order of locks everywhere; a statement for one row keeps
  -- its index plan however many rows came with the statement that was planned first.
  CREATE FUNCTION apply_movements() RETURNS trigger LANGUAGE plpgsql AS $$
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
    END $$;
  CREATE TRIGGER stock_movement_apply AFTER INSERT ON stock_movement
    REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION apply_movements();

  -- pg_trigger_depth() is 0 for a statement of anybody's own and 1 inside the trigger above: nothing that a statement
  -- could set pretends it, and the ledger's own updates do not even call the function.
  CREATE FUNCTION refuse_unexplained_stock() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'stock_level changes only by inserting into stock_movement'
        USING ERRCODE = 'restrict_violation', TABLE = 'stock_level', HINT = 'Insert a movement of kind ADJUST with a reason.';
    END $$;
  CREATE TRIGGER stock_level_explained BEFORE UPDATE OF on_hand, reserved ON stock_level
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_unexplained_stock();
  CREATE TRIGGER stock_level_born_empty BEFORE INSERT ON stock_level
    FOR EACH ROW WHEN (NEW.on_hand <> 0 OR NEW.reserved <> 0) EXECUTE FUNCTION refuse_unexplained_stock();

  -- What each kind of movement may say. Nothing is held without a reservation that says for whom.
  ALTER TABLE stock_movement
    ADD CONSTRAINT stock_movement_shape CHECK (CASE kind
      WHEN 'RESERVE' THEN delta_on_hand = 0 AND delta_reserved > 0
      WHEN 'RELEASE' THEN delta_on_hand = 0 AND delta_reserved < 0
      WHEN 'SALE' THEN delta_on_hand < 0 AND delta_reserved = CASE WHEN reservation_id IS NULL THEN 0 ELSE delta_on_hand END
      WHEN 'RECEIVE' THEN delta_on_hand > 0 AND delta_reserved = 0
      WHEN 'RETURN' THEN delta_on_hand > 0 AND delta_reserved = 0
      ELSE delta_reserved = 0 END),
    ADD CONSTRAINT stock_movement_held CHECK (delta_reserved = 0 OR reservation_id IS NOT NULL);

  -- A live reservation is held by its movements, unit for unit and on its own shelf; any other holds nothing. Asked of
  -- one reservation at a time, however many a shelf has: with the trigger above, what a shelf has reserved is then what
  -- its live reservations hold. Deferred, because a hold and its movement may come in two statements.
  CREATE FUNCTION assert_held(subject uuid) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE wrong record;
    BEGIN
      SELECT r.state, r.quantity, m.held INTO wrong
      FROM reservation r, LATERAL (
        SELECT coalesce(sum(delta_reserved), 0) AS held,
          coalesce(bool_or(variant_id <> r.variant_id OR location_id <> r.location_id), false) AS elsewhere
        FROM stock_movement WHERE reservation_id = r.id AND kind IN ('RESERVE', 'RELEASE', 'SALE')
      ) m
      WHERE r.id = subject AND (m.elsewhere OR m.held <> CASE r.state WHEN 'ACTIVE' THEN r.quantity ELSE 0 END);
      IF FOUND THEN
        RAISE EXCEPTION 'reservation % is % for %, but its movements hold %', subject, wrong.state, wrong.quantity, wrong.held
          USING ERRCODE = 'check_violation', TABLE = 'reservation', CONSTRAINT = 'reservation_held';
      END IF;
    END $$;
  CREATE FUNCTION check_reservation() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM assert_held(NEW.id); RETURN NULL; END $$;
  CREATE FUNCTION check_movement() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM assert_held(NEW.reservation_id); RETURN NULL; END $$;
  CREATE CONSTRAINT TRIGGER reservation_held AFTER INSERT OR UPDATE OF state, quantity, variant_id, location_id ON reservation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_reservation();
  CREATE CONSTRAINT TRIGGER movement_held AFTER INSERT ON stock_movement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.delta_reserved <> 0) EXECUTE FUNCTION check_movement();
`;

export const LEDGER_DOWN = /* sql */ `
  DROP TRIGGER reservation_held ON reservation;
  DROP TRIGGER movement_held ON stock_movement;
  DROP FUNCTION check_reservation();
  DROP FUNCTION check_movement();
  DROP FUNCTION assert_held(uuid);
  ALTER TABLE stock_movement DROP CONSTRAINT stock_movement_shape, DROP CONSTRAINT stock_movement_held;
  DROP TRIGGER stock_level_explained ON stock_level;
  DROP TRIGGER stock_level_born_empty ON stock_level;
  DROP TRIGGER stock_movement_apply ON stock_movement;
  DROP FUNCTION refuse_unexplained_stock();
  DROP FUNCTION apply_movements();
`;
