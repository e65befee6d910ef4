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
`;

export const LEDGER_DOWN = /* sql */ `
  DROP TRIGGER stock_level_explained ON stock_level;
  DROP TRIGGER stock_level_born_empty ON stock_level;
  DROP TRIGGER stock_movement_apply ON stock_movement;
  DROP FUNCTION refuse_unexplained_stock();
  DROP FUNCTION apply_movements();
`;
