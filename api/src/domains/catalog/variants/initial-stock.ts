import { newId } from '../../../kernel/ids.js';
import { statement, type Tx, t } from '../../../platform/database/database.js';

/** The location that every shop has from the start; created by a migration. */
export const MAIN_LOCATION = '01930000-0000-7000-8000-000000000001';

const receive = statement('catalog.initial-stock', {
  params: { variants: t.uuids, variantIds: t.uuids, stocks: t.ints, locationId: t.uuid },
  sql: `WITH wanted AS (SELECT * FROM unnest(:variants::uuid[], :variantIds::uuid[], :stocks::int[]) AS w(movement_id, variant_id, quantity)),
   levels AS (
     INSERT INTO stock_level (variant_id, location_id) SELECT variant_id, :locationId FROM wanted RETURNING variant_id, location_id
   )
   INSERT INTO stock_movement (id, variant_id, location_id, delta_on_hand, delta_reserved, kind, reason)
   SELECT w.movement_id, l.variant_id, l.location_id, w.quantity, 0, 'RECEIVE', 'Initial stock'
   FROM levels l JOIN wanted w ON w.variant_id = l.variant_id WHERE w.quantity > 0`,
});

/** Creates an empty stock level at the main location for new variants, and the movement that fills it. */
export async function receiveInitialStock(
  tx: Tx,
  variants: readonly { id: string; stock: number }[],
): Promise<void> {
  await tx.count(receive, {
    variants: variants.map(() => newId()),
    variantIds: variants.map(({ id }) => id),
    stocks: variants.map(({ stock }) => stock),
    locationId: MAIN_LOCATION,
  });
}
