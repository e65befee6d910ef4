import { columnsOf, rowOf, statement } from '../../../platform/database/database.js';
import { ShippingMethodEntity } from '../reference.entity.js';

/** In the order in which buyers see them; those too that are not offered. */
export const allShippingMethods = statement('pricing.shipping-methods', {
  row: rowOf(ShippingMethodEntity),
  sql: `SELECT ${columnsOf(ShippingMethodEntity)} FROM shipping_method ORDER BY position, code`,
});
