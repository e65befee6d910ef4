import { OrderEditEntity } from './order-edit.entity.js';
import type { EditPlan } from './edit-plan.js';
import { statement, t, rowOf } from '../../platform/database/database.js';
import { sqlList } from '../../platform/database/sql-list.js';
import { EDITABLE_STATUSES } from '../orders/index.js';
import { IS_OPEN_PAYMENT, PaymentEntity } from '../payments/index.js';

const EDIT = `e.id, e.order_id AS "orderId", e.status, e.plan, e.difference, e.actor_id AS "actorId", e.dropped_by AS "droppedBy",
  e.created_at AS "createdAt", e.expires_at AS "expiresAt", e.decided_at AS "decidedAt"`;

export const customerExists = statement('orderEditing.customer-exists', {
  params: { customerId: t.uuid },
  row: { userId: t.uuid.orNull },
  sql: `SELECT user_id AS "userId" FROM customer WHERE id = :customerId AND status <> 'ERASED' AND merged_into IS NULL`,
});

export const editById = statement('orderEditing.edit', {
  params: { editId: t.uuid.orNull },
  row: rowOf(OrderEditEntity),
  sql: `SELECT ${EDIT} FROM order_edit e WHERE e.id = :editId`,
});
export const openEdit = statement('orderEditing.open-edit', {
  params: { orderId: t.uuid },
  row: rowOf(OrderEditEntity),
  sql: `SELECT ${EDIT} FROM order_edit e WHERE e.order_id = :orderId AND e.status = 'AWAITING_PAYMENT'`,
});
export const editsByOrder = statement('orderEditing.edits', {
  params: { ids: t.uuids },
  row: { ...rowOf(OrderEditEntity), currency: t.text },
  sql: `SELECT ${EDIT}, o.currency FROM order_edit e JOIN shop_order o ON o.id = e.order_id
   WHERE e.order_id = ANY(:ids::uuid[]) ORDER BY e.order_id, e.created_at, e.id`,
});
export const insertEdit = statement('orderEditing.insert-edit', {
  params: {
    id: t.uuid,
    orderId: t.uuid,
    status: t.text,
    plan: t.json<EditPlan>(),
    difference: t.int,
    actorId: t.uuid,
    expiresAt: t.timestamp.orNull,
  },
  row: {
    id: t.uuid,
    orderId: t.uuid,
    status: t.text,
    plan: t.json<unknown>(),
    difference: t.int,
    actorId: t.uuid,
    droppedBy: t.uuid,
    createdAt: t.timestamp,
    expiresAt: t.timestamp,
    decidedAt: t.timestamp,
  },
  sql: `INSERT INTO order_edit AS e (id, order_id, status, plan, difference, actor_id, expires_at, decided_at)
   VALUES (:id, :orderId, :status, :plan, :difference, :actorId, :expiresAt, CASE WHEN :status <> 'AWAITING_PAYMENT' THEN now() END) RETURNING ${EDIT}`,
});
/** Returns no row when a concurrent transaction decided the edit. */
export const decideEdit = statement('orderEditing.decide-edit', {
  params: { editId: t.uuid, status: t.text },
  sql: `UPDATE order_edit SET status = :status, decided_at = now() WHERE id = :editId AND status = 'AWAITING_PAYMENT'`,
});
export const takeBackEdit = statement('orderEditing.take-back-edit', {
  params: { editId: t.uuid, actorId: t.uuid },
  sql: `UPDATE order_edit SET dropped_by = :actorId WHERE id = :editId AND status = 'AWAITING_PAYMENT'`,
});
export const prolongEdit = statement('orderEditing.prolong-edit', {
  params: { editId: t.uuid, until: t.timestamp },
  sql: `UPDATE order_edit SET expires_at = :until WHERE id = :editId AND status = 'AWAITING_PAYMENT'`,
});
/**
 * Claims edits that cannot be paid any more: expired, cancelled by staff, or of an order that may not be edited any
 * more.
 */
export const claimExpiredEdits = statement('orderEditing.claim-expired-edits', {
  params: { closeTriedAt: t.timestamp, most: t.int },
  row: { id: t.uuid, isLongExpired: t.boolean.orNull },
  sql: `UPDATE order_edit SET close_tried_at = :closeTriedAt WHERE id IN (
     SELECT e.id FROM order_edit e JOIN shop_order o ON o.id = e.order_id
     WHERE e.status = 'AWAITING_PAYMENT' AND (e.expires_at <= :closeTriedAt OR e.dropped_by IS NOT NULL OR o.status NOT IN ${sqlList(EDITABLE_STATUSES)})
     ORDER BY e.close_tried_at NULLS FIRST, e.expires_at LIMIT :most FOR NO KEY UPDATE OF e SKIP LOCKED)
   RETURNING id, expires_at < :closeTriedAt::timestamptz - interval '1 day' AS "isLongExpired"`,
});
export const paymentOfEdit = statement('orderEditing.payment-of-edit', {
  params: { editId: t.uuid },
  row: { id: t.uuid },
  sql: 'SELECT id FROM payment WHERE order_edit_id = :editId ORDER BY attempt DESC LIMIT 1',
});
export const openPayment = statement('orderEditing.open-payment', {
  params: { orderId: t.uuid },
  row: rowOf(PaymentEntity, ['id', 'provider', 'method']),
  sql: `SELECT id, provider, method FROM payment WHERE order_id = :orderId AND status ${IS_OPEN_PAYMENT} AND purpose <> 'TENDER'`,
});
