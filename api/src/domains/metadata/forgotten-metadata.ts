import { statement } from '../../platform/database/database.js';
import { DAYS, OLD_ROWS_BATCH, olderThanDays, type OldRows } from '../../platform/jobs/old-rows.js';
import { forgottenCart } from '../cart/index.js';
import { FORGOTTEN_EMAIL } from '../orders/index.js';

/*
 * Metadata may name people: that of an order whose buyer was forgotten is deleted in the same night, as this runs after
 * the orders' own part of it, and that of an account or cart that is gone with it. Locks: the rows of the metadata alone, those
 * that staff is writing are left for the next night.
 */
const ofForgotten = statement('metadata.delete-of-forgotten', {
  params: DAYS,
  sql: `DELETE FROM metadata WHERE entity_id IN (
     SELECT m.entity_id FROM metadata m
     WHERE ${olderThanDays('m.updated_at')} AND (
       m.entity_type = 'Order' AND EXISTS (SELECT 1 FROM shop_order o WHERE o.id = m.entity_id AND o.email = '${FORGOTTEN_EMAIL}')
       OR m.entity_type = 'Cart' AND ${forgottenCart('m.entity_id')}
       OR m.entity_type = 'Customer' AND NOT EXISTS (SELECT 1 FROM customer u WHERE u.id = m.entity_id AND u.status <> 'ERASED')
       OR m.entity_type = 'Category' AND NOT EXISTS (SELECT 1 FROM category c WHERE c.id = m.entity_id))
     LIMIT ${OLD_ROWS_BATCH} FOR UPDATE OF m SKIP LOCKED)`,
});

/** Deletes the metadata of people whom the shop no longer knows. */
export const forgottenMetadata: readonly OldRows[] = [{ statement: ofForgotten, days: 0 }];
