import { statement } from '../../platform/database/database.js';
import { sqlList } from '../../platform/database/sql-list.js';
import { EDITABLE_STATUSES } from '../orders/index.js';
import { IS_OPEN_PAYMENT } from '../payments/index.js';

const EDIT = `e.id, e.order_id AS "orderId", e.status, e.plan, e.difference, e.actor_id AS "actorId", e.dropped_by AS "droppedBy",
  e.created_at AS "createdAt", e.expires_at AS "expiresAt", e.decided_at AS "decidedAt"`;

export const customerExists = statement(
  'orderEditing.customer-exists',
  'SELECT id FROM app_user WHERE id = $1',
);

export const editById = statement('orderEditing.edit', `SELECT ${EDIT} FROM order_edit e WHERE e.id = $1`);
export const openEdit = statement(
  'orderEditing.open-edit',
  `SELECT ${EDIT} FROM order_edit e WHERE e.order_id = $1 AND e.status = 'AWAITING_PAYMENT'`,
);
export const editsByOrder = statement(
  'orderEditing.edits',
  `SELECT ${EDIT}, o.currency FROM order_edit e JOIN shop_order o ON o.id = e.order_id
   WHERE e.order_id = ANY($1::uuid[]) ORDER BY e.order_id, e.created_at, e.id`,
);
export const insertEdit = statement(
  'orderEditing.insert-edit',
  `INSERT INTO order_edit AS e (id, order_id, status, plan, difference, actor_id, expires_at, decided_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $3 <> 'AWAITING_PAYMENT' THEN now() END) RETURNING ${EDIT}`,
);
/** Returns no row when a concurrent transaction decided the edit. */
export const decideEdit = statement(
  'orderEditing.decide-edit',
  `UPDATE order_edit SET status = $2, decided_at = now() WHERE id = $1 AND status = 'AWAITING_PAYMENT'`,
);
export const takeBackEdit = statement(
  'orderEditing.take-back-edit',
  `UPDATE order_edit SET dropped_by = $2 WHERE id = $1 AND status = 'AWAITING_PAYMENT'`,
);
export const prolongEdit = statement(
  'orderEditing.prolong-edit',
  `UPDATE order_edit SET expires_at = $2 WHERE id = $1 AND status = 'AWAITING_PAYMENT'`,
);
/**
 * Claims edits that cannot be paid any more: expired, cancelled by staff, or of an order that may not be edited any
 * more.
 */
export const claimDueEdits = statement(
  'orderEditing.claim-due-edits',
  `UPDATE order_edit SET close_tried_at = $1 WHERE id IN (
     SELECT e.id FROM order_edit e JOIN shop_order o ON o.id = e.order_id
     WHERE e.status = 'AWAITING_PAYMENT' AND (e.expires_at <= $1 OR e.dropped_by IS NOT NULL OR o.status NOT IN ${sqlList(EDITABLE_STATUSES)})
     ORDER BY e.close_tried_at NULLS FIRST, e.expires_at LIMIT $2 FOR NO KEY UPDATE OF e SKIP LOCKED)
   RETURNING id, expires_at < $1::timestamptz - interval '1 day' AS "isLongDue"`,
);
export const paymentOfEdit = statement(
  'orderEditing.payment-of-edit',
  'SELECT id FROM payment WHERE order_edit_id = $1 ORDER BY attempt DESC LIMIT 1',
);
export const openPayment = statement(
  'orderEditing.open-payment',
  `SELECT id, provider, method FROM payment WHERE order_id = $1 AND status ${IS_OPEN_PAYMENT}`,
);
