import { statement, t } from '../../platform/database/database.js';
import type { AdditionalDataCopier } from '../cart/index.js';

const toCart = statement('metadata.add-to-cart', {
  params: { from: t.uuid, into: t.uuid },
  sql: `INSERT INTO metadata (entity_id, entity_type, staff_values, public_values, version, updated_at)
   SELECT :into, entity_type, staff_values, public_values, 1, updated_at FROM metadata WHERE entity_id = :from
   ON CONFLICT (entity_id) DO UPDATE SET
     staff_values = CASE WHEN excluded.updated_at > metadata.updated_at THEN metadata.staff_values || excluded.staff_values
       ELSE excluded.staff_values || metadata.staff_values END,
     public_values = CASE WHEN excluded.updated_at > metadata.updated_at THEN metadata.public_values || excluded.public_values
       ELSE excluded.public_values || metadata.public_values END,
     version = metadata.version + 1, updated_at = greatest(excluded.updated_at, metadata.updated_at)`,
});
const toOrder = statement('metadata.copy-to-order', {
  params: { cartId: t.uuid, orderId: t.uuid },
  sql: `INSERT INTO metadata (entity_id, entity_type, staff_values, public_values, version)
   SELECT :orderId, 'Order', staff_values, public_values, 1 FROM metadata
   WHERE entity_id = :cartId AND (staff_values <> '{}' OR public_values <> '{}')`,
});

/** The metadata of a cart goes on with its order, all of it, and with the cart that it is merged into. */
export const metadataOfCarts: AdditionalDataCopier = {
  toCart: async (tx, carts) => void (await tx.count(toCart, carts)),
  toOrder: async (tx, copy) => void (await tx.count(toOrder, copy)),
};
