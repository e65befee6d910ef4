import { statement } from '../../platform/database/database.js';
import { DAYS, OLD_ROWS_BATCH, olderThanDays, type OldRows } from '../../platform/jobs/old-rows.js';
import { forgottenCart } from '../cart/index.js';
import { FORGOTTEN_EMAIL } from '../orders/index.js';

/*
 * Values may name people: those of an order whose buyer was forgotten are deleted in the same night, as this runs after
 * the orders' own part of it, and those of an account or cart that is gone with it. Locks: the rows of the values alone, those
 * that staff is writing are left for the next night.
 */
const ofForgotten = statement('customFields.delete-of-forgotten', {
  params: DAYS,
  sql: `DELETE FROM custom_field_values WHERE entity_id IN (
     SELECT v.entity_id FROM custom_field_values v
     WHERE ${olderThanDays('v.updated_at')} AND (
       v.entity_type = 'Order' AND EXISTS (SELECT 1 FROM shop_order o WHERE o.id = v.entity_id AND o.email = '${FORGOTTEN_EMAIL}')
       OR v.entity_type = 'Cart' AND ${forgottenCart('v.entity_id')}
       OR v.entity_type = 'Customer' AND NOT EXISTS (SELECT 1 FROM customer u WHERE u.id = v.entity_id AND u.status <> 'ERASED')
       OR v.entity_type = 'Category' AND NOT EXISTS (SELECT 1 FROM category c WHERE c.id = v.entity_id))
     LIMIT ${OLD_ROWS_BATCH} FOR UPDATE OF v SKIP LOCKED)`,
});

/** Deletes the declared fields of people whom the shop no longer knows. */
export const forgottenCustomFields: readonly OldRows[] = [{ statement: ofForgotten, days: 0 }];
