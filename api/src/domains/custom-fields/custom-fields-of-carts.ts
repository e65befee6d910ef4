import { statement, t } from '../../platform/database/database.js';
import type { AdditionalDataCopier } from '../cart/index.js';

const toCart = statement('customFields.add-to-cart', {
  params: { from: t.uuid, into: t.uuid },
  sql: `INSERT INTO custom_field_values (entity_id, entity_type, field_values, version, updated_at)
   SELECT :into, entity_type, field_values, 1, updated_at FROM custom_field_values WHERE entity_id = :from
   ON CONFLICT (entity_id) DO UPDATE SET
     field_values = CASE WHEN excluded.updated_at > custom_field_values.updated_at
       THEN custom_field_values.field_values || excluded.field_values
       ELSE excluded.field_values || custom_field_values.field_values END,
     version = custom_field_values.version + 1, updated_at = greatest(excluded.updated_at, custom_field_values.updated_at)`,
});
const toOrder = statement('customFields.copy-to-order', {
  params: { cartId: t.uuid, orderId: t.uuid, names: t.texts },
  sql: `INSERT INTO custom_field_values (entity_id, entity_type, field_values, version)
   SELECT :orderId, 'Order', jsonb_object_agg(f.key, f.value), 1
   FROM custom_field_values v, jsonb_each(v.field_values) f
   WHERE v.entity_id = :cartId AND f.key = ANY (:names::text[]) HAVING count(*) > 0`,
});

/** The fields of a cart go on with the cart that it is merged into, and these of them with its order. */
export function customFieldsOfCarts(copied: readonly string[]): AdditionalDataCopier {
  return {
    toCart: async (tx, carts) => void (await tx.count(toCart, carts)),
    async toOrder(tx, copy) {
      if (copied.length > 0) await tx.count(toOrder, { ...copy, names: [...copied] });
    },
  };
}
